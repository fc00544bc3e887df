import { PlainText } from '@/app/ui/plain-text.tsx'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDateTime, formatList } from '@/lib/shared/format.ts'
import { JoinForm, WordsForm } from './observation-forms.tsx'
import type { Observation } from './observation-table.tsx'

type Note = Observation['notes'][number]
type Props = { observation: Observation; me: ParticipantCode | null }

const OneNote = ({ note, observation: { host, may }, me }: Props & { note: Note }) => {
  const takesPart = me === note.participant || note.joined.some(({ participant }) => participant === me)
  return (
    <article className="keep mb-5 border-l border-rule pl-4" aria-label={`Note of ${DESIGNATION[note.participant]}`}>
      <p className="text-md font-semibold">{formatList([note.participant, ...note.joined.map(({ participant }) => participant)].map((code) => DESIGNATION[code]))}</p>
      <p className="text-xs text-ink-3">{formatDateTime(note.at)} · {note.byName}{note.joined.map(({ participant, at }) => <span key={participant}> · {DESIGNATION[participant]} joined {formatDateTime(at)}</span>)}</p>
      <p className="mt-1 max-w-text whitespace-pre-line"><PlainText>{note.words}</PlainText></p>
      {note.comment && (
        <div className="mt-3 max-w-text border-l border-rule pl-4">
          <p className="text-sm text-ink-2">{DESIGNATION[host]}, the host, comments<span className="text-ink-3"> · {formatDateTime(note.comment.at)} · {note.comment.byName}</span></p>
          <p className="whitespace-pre-line"><PlainText>{note.comment.words}</PlainText></p>
        </div>
      )}
      {may.note && !takesPart && me && <JoinForm id={note.id} who={DESIGNATION[me]} />}
      {may.comment && !note.comment && <WordsForm id={note.id} what="comment" />}
    </article>
  )
}

/** What observers saw, joined in by others, with the host's word on it. */
export const Notes = ({ observation, me }: Props) => {
  const { notes, may, filing, startsOn } = observation
  return (
    <div className="mt-8">
      <h3 className="mb-3">What was observed</h3>
      {notes.length === 0 && <p className="text-md text-ink-3">Nothing has been written. Those who accepted may write what their observers saw from {startsOn} on.</p>}
      {notes.map((note) => <OneNote key={note.id} note={note} observation={observation} me={me} />)}
      {may.note && <WordsForm id={filing.id} what="note" />}
    </div>
  )
}
