import type { ReactNode } from 'react'
import type { ClarificationView } from '@/lib/clarification/queries.ts'
import type { Act } from '@/lib/clarification/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { Disclosure } from '../../../ui/disclosure.tsx'
import { Section } from '../../../ui/section.tsx'
import { CloseForm, InsufficientForm, MeetForm, RecordForm, ShowForm } from './act-forms.tsx'
import { ReplyForm } from './reply-form.tsx'

/** What is to be done next stands open; what may be done besides is a click away. */
export const Doing = ({ request }: { request: ClarificationView }) => {
  const { id, may, questions, more, state, asked, acts } = request
  const can = (act: Act) => may.includes(act)
  const replies = acts.filter(({ act }) => act === 'replied').length
  const isNext = state === 'waiting' || state === 'unanswered' || state === 'insufficient'
  const replyForm = <ReplyForm key={replies} id={id} questions={questions} more={more} again={replies > 0} />
  const besides: { name: string; form: ReactNode }[] = [
    ...(can('replied') && !isNext ? [{ name: 'Reply once more', form: replyForm }] : []),
    ...(can('insufficient') ? [{ name: 'The reply is not enough', form: <InsufficientForm id={id} /> }] : []),
    ...(can('shown') ? [{ name: 'Show it to all participants', form: <ShowForm id={id} /> }] : []),
    ...(can('closed') ? [{ name: 'Close it', form: <CloseForm id={id} /> }] : []),
  ]
  return <>
    {can('replied') && isNext && <Section title="Your reply" hint="It cannot be changed afterwards; a further one can follow.">{replyForm}</Section>}
    {can('meeting_called') && <Section title="A meeting"><MeetForm id={id} asked={DESIGNATION[asked]} /></Section>}
    {can('meeting_held') && <Section title="The meeting" hint="Either side records it."><RecordForm id={id} /></Section>}
    {besides.length > 0 && (
      <Section title="What you can do">
        <div className="space-y-3">{besides.map(({ name, form }) => <Disclosure key={name} summary={name}><div className="pt-3">{form}</div></Disclosure>)}</div>
      </Section>
    )}
  </>
}
