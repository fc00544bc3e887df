import type { ClarificationView } from '@/lib/clarification/queries.ts'
import { ACT_LABEL, answerInWords, timelinessInWords, type Act } from '@/lib/clarification/rules.ts'
import { OUTCOME_LABEL, QUESTION_LABEL, type ClosingOutcome, type Question } from '@/lib/clarification/words.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { KeyValues } from '../../../ui/key-values.tsx'
import type { StatusKind } from '../../../ui/status-mark.tsx'
import { Timeline } from '../../../ui/timeline.tsx'

type Acted = ClarificationView['acts'][number]
const MARK: Record<Act, StatusKind> = { replied: 'ok', insufficient: 'discrepancy', meeting_called: 'pending', meeting_held: 'ok', shown: 'none', closed: 'withdrawn' }

const labelOf = (name: string, more: string | null): string => (name === 'more' ? (more ?? 'More') : (QUESTION_LABEL[name as Question] ?? name))

const Said = ({ act: { act, content }, more }: { act: Acted; more: string | null }) => {
  const { words, outcome, ...answers } = content
  return <>
    {act === 'replied' && <KeyValues items={Object.entries(answers).map(([name, answer]) => ({
      label: labelOf(name, more), value: typeof answer === 'string' ? <span className="whitespace-pre-line">{answer}</span> : <span className="text-ink-2">{answerInWords(answer)}</span>,
    }))} />}
    {typeof outcome === 'string' && <p>{OUTCOME_LABEL[outcome as ClosingOutcome]}.</p>}
    {typeof words === 'string' && <p className="max-w-text whitespace-pre-line text-ink-2">{words}</p>}
  </>
}

/** The whole exchange, oldest first: nothing of it is ever taken away. */
export const Acts = ({ request: { acts, asking, asked, at, dueAt, byName, more } }: { request: ClarificationView }) => (
  <Timeline label="What was done, oldest first" items={[
    { at: formatDateTime(at), by: byName, title: `${DESIGNATION[asking]} asked ${DESIGNATION[asked]}`, mark: 'pending', current: acts.length === 0 },
    ...acts.map((act, index) => ({
      at: formatDateTime(act.at), by: act.byName, mark: MARK[act.act], current: index === acts.length - 1,
      title: `${DESIGNATION[act.participant]} ${ACT_LABEL[act.act]}${act.act === 'replied' && acts.findIndex((one) => one.act === 'replied') === index ? `, ${timelinessInWords(act.at, dueAt)}` : ''}`,
      children: <Said act={act} more={more} />,
    })),
  ]} />
)
