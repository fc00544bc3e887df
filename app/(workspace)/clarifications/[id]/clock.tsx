import { EntryLink } from '@/app/entry-link.tsx'
import { LEAF_LABEL } from '@/app/log-words.ts'
import type { getClarification } from '@/lib/clarification/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import type { Place } from '@/lib/proof/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { KeyValues } from '../../../ui/key-values.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { clockInWords } from '../../clarification-words.ts'

type Request = Awaited<ReturnType<typeof getClarification>>

export const Clock = ({ request, now }: { request: Request; now: Date }) => {
  const { clock: { what, startedAt, dueAt }, outages } = request
  return (
    <Sheet title={what === 'reply' ? 'The reply' : 'The meeting'}>
      <p className="font-serif text-xl leading-snug first-letter:uppercase">{clockInWords(request, now)}</p>
      <KeyValues stacked className="mt-3" items={[
        { label: what === 'reply' ? 'Asked' : 'Called', value: <time dateTime={startedAt}>{formatDateTime(startedAt)}</time> },
        { label: 'Due', value: <time dateTime={dueAt}>{formatDateTime(dueAt)}</time> },
      ]} />
      <p className="mt-3 text-sm text-ink-3">Elapsed hours, counted through weekends and changes of the clock.</p>
      {outages.map(({ from, to }) => (
        <p key={from} className="mt-2 text-sm text-ink-2">The register was down from {formatDateTime(from)} to {formatDateTime(to)}. The clock did not stop.</p>
      ))}
    </Sheet>
  )
}

export const Readers = ({ request: { asking, asked, shown }, places }: { request: Request; places: readonly Place[] }) => (
  <Sheet title="Who reads it">
    <p className="text-md">{shown ? 'Every participant, verifiers and the secretariat.' : `${DESIGNATION[asking]} and ${DESIGNATION[asked]} alone.`}</p>
    <p className="mt-2 text-sm text-ink-3">The public log holds that something was asked and done, and when; neither who nor what.</p>
    {places.length > 0 && <ul className="mt-3 text-md">{places.map(({ index, type }) => <li key={index}>{LEAF_LABEL[type]}: <EntryLink index={index} /></li>)}</ul>}
  </Sheet>
)
