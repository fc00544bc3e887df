import { InvitationMark } from '@/app/invitation-mark.tsx'
import { DataTable } from '@/app/ui/data-table.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { Sub } from '@/app/ui/table.tsx'
import type { observationOf } from '@/lib/observation/queries.ts'
import { STANDING_LABEL, STANDINGS, type ObserverName, type Standing } from '@/lib/observation/rules.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDateTime, plural } from '@/lib/shared/format.ts'

export type Observation = Awaited<ReturnType<typeof observationOf>>
type Invited = Observation['invitations'][number]
type Reply = Observation['replies'][number]

const HAVE = { accepted: 'accepted', declined: 'declined', waiting: 'not answered yet', no_answer: 'did not answer in time' } as const satisfies Record<Standing, string>

/** '4 of 6 accepted, 1 declined, 1 did not answer in time.' */
export const standingCounts = (invitations: readonly Invited[]): string => {
  const counts = STANDINGS.map((standing) => ({ standing, count: invitations.filter((one) => one.standing === standing).length }))
  return `${counts.filter(({ standing, count }) => count > 0 || standing === 'accepted')
    .map(({ standing, count }) => `${standing === 'accepted' ? `${count} of ${invitations.length}` : count} ${HAVE[standing]}`).join(', ')}.`
}

const People = ({ names }: { names: readonly ObserverName[] }) => <>{names.map((one) => <span key={one.name} className="block">{one.name}<span className="text-ink-3">, {one.function}</span></span>)}</>

/** Who comes, to those who may read it; to the others, how many. */
const Named = ({ one: { standing, named, names } }: { one: Pick<Invited, 'standing' | 'named' | 'names'> }) => {
  if (standing !== 'accepted') return null
  if (names && names.length > 0) return <People names={names} />
  return <span className="text-ink-3">{named > 0 ? `${plural(named, 'observer')}, named to the host` : 'not named yet'}</span>
}

const wordsOf = (replies: readonly Reply[], participant: ParticipantCode): string | null => replies.findLast((reply) => reply.participant === participant)?.words ?? null

const Answer = ({ one, words, replyBy }: { one: Invited; words: string | null; replyBy: string | null }) => <>
  <InvitationMark standing={one.standing} replyBy={replyBy} />
  {one.late && <Sub>after {replyBy}, the day asked for</Sub>}
  {words && <Sub>“{words}”</Sub>}
</>

export const InvitedTable = ({ observation: { invitations, replies, replyBy } }: { observation: Observation }) => (
  <DataTable caption="Who is invited, and what each answered" rows={invitations} rowKey={({ participant }) => participant} columns={[
    { key: 'who', label: 'Invited', cell: ({ participant }) => DESIGNATION[participant] },
    { key: 'answer', label: 'Answer', keep: true, cell: (one) => <Answer one={one} words={wordsOf(replies, one.participant)} replyBy={replyBy} /> },
    { key: 'named', label: 'Observers', cell: (one) => <Named one={one} /> },
    { key: 'at', label: 'Answered', nowrap: true, cell: ({ answeredAt }) => answeredAt && formatDateTime(answeredAt) },
  ]} />
)

/** Answers that others took the place of, and those of who is no longer invited: nothing is taken away. */
export const EarlierAnswers = ({ observation: { invitations, replies } }: { observation: Observation }) => {
  const standing = new Set(invitations.map(({ participant }) => replies.findLast((reply) => reply.participant === participant)?.id))
  const earlier = replies.filter(({ id }) => !standing.has(id))
  if (earlier.length === 0) return null
  return (
    <Disclosure summary={plural(earlier.length, 'earlier answer')}>
      <ul className="space-y-1">
        {earlier.map(({ id, participant, answer, observers, words, at, byName, late, names }) => (
          <li key={id}>
            {DESIGNATION[participant]}: {STANDING_LABEL[answer].toLowerCase()}{observers > 0 && `, naming ${plural(observers, 'observer')}`}{late && ', after the day asked for'}
            {words && <>, “{words}”</>}
            <span className="text-ink-3"> · {formatDateTime(at)}, {byName}</span>
            {names && names.length > 0 && <People names={names} />}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
