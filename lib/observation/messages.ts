import type { Message } from '../messages/rules.ts'
import { byDesignation, DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import { formatList, plural } from '../shared/format.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { answerWords, type Answer, type Invitation } from './rules.ts'

const days = ({ startsOn, endsOn }: Pick<Invitation, 'startsOn' | 'endsOn'>): string => (startsOn === endsOn ? startsOn : `${startsOn} to ${endsOn}`)
const what = (invitation: Pick<Invitation, 'name' | 'startsOn' | 'endsOn'>): string => `“${invitation.name}”, ${days(invitation)}`
const names = (codes: readonly ParticipantCode[]): string => formatList(codes.toSorted(byDesignation).map((code) => DESIGNATION[code]))
const ENDS = 'the day ends at 23:59:59 in Vienna'
const pathOf = (filingId: string): string => `/register/${filingId}#observers`

type Version = { id: string; entryId: string; version: number; number: string; participant: ParticipantCode }
const told = ({ id, entryId, participant }: Version, step: string, addressees: ParticipantCode[], title: string, words: string): Message[] =>
  addressees.length === 0 ? [] : [{
    matter: 'invitation', subject: entryId, step, participant, addressees: addressees.toSorted(byDesignation), severity: 'notice', rule: null, title, words, path: pathOf(id),
  }]

const changesIn = (before: Invitation, after: Invitation): string[] => [
  ...(days(before) === days(after) ? [] : [`it lasts from ${days(before)} no longer, but ${days(after)}`]),
  ...(before.replyBy === after.replyBy ? [] : [`answers are asked for by ${after.replyBy}, not ${before.replyBy}`]),
]

/** What a version of a notice tells those whom it invites, and those whom the version before invited. Who hears nothing new is not told. */
export const invitationMessages = (version: Version, before: readonly Invitation[], after: readonly Invitation[], isWithdrawn = false): Message[] => {
  const host = DESIGNATION[version.participant]
  const was = new Map(before.map((one) => [one.invited, one]))
  const now = new Set(after.map(({ invited }) => invited))
  const added = after.filter(({ invited }) => !was.has(invited)).map(({ invited }) => invited)
  const dropped = before.filter(({ invited }) => !now.has(invited)).map(({ invited }) => invited)
  const changed = after.filter((one) => was.has(one.invited) && changesIn(was.get(one.invited)!, one).length > 0)
  const [first, old] = [after[0] ?? before[0], before[0]]
  if (!first) return []
  if (isWithdrawn) {
    return told(version, `withdrawn v${version.version}`, dropped, `${host} has withdrawn ${version.number}`,
      `${host} has withdrawn its notice of ${what(first)}. The invitation to observe it has lapsed.`)
  }
  const v = `v${version.version}`
  return [
    ...told(version, `invited ${v}`, added, `${host} invites you to observe ${first.name}`,
      `${host} invites ${names(added)} to observe ${what(first)}. Each may name up to two observers, or decline. Answers are asked for by ${first.replyBy}; ${ENDS}.`),
    ...told(version, `changed ${v}`, changed.map(({ invited }) => invited), `${host} has changed ${version.number}`,
      `${host} has changed its notice of ${what(first)}: ${changed[0] ? changesIn(was.get(changed[0].invited)!, changed[0]).join('; ') : ''}. What was answered stands until it is changed.`),
    ...told(version, `uninvited ${v}`, dropped, `${host} no longer invites you to ${old?.name ?? first.name}`,
      `${host} has changed its notice of ${what(first)}: ${names(dropped)} ${dropped.length === 1 ? 'is' : 'are'} no longer invited to observe it.`),
  ]
}

/** What is told of an act, whose id makes the step one of its own. */
type Act = { id: string; filingId: string; entryId: string; host: ParticipantCode; participant: ParticipantCode }
const ofAct = (act: Act, step: string, addressees: ParticipantCode[], title: string, words: string): Message[] =>
  (addressees.length === 0 ? [] : [{
    matter: 'invitation', subject: act.entryId, step: `${step} ${act.id}`, participant: act.participant, addressees: addressees.toSorted(byDesignation), severity: 'info', rule: null,
    title, words, path: pathOf(act.filingId),
  }])

/** To the host. Whom it names stands on the page, for those who may read it, and in no mail. */
export const answeredMessage = (reply: Act & { answer: Answer; observers: number }, activity: string, isFirst: boolean, late: boolean): Message[] => {
  const who = DESIGNATION[reply.participant]
  return ofAct(reply, 'answered', [reply.host], `${who} ${reply.answer === 'accepted' ? 'accepts' : 'declines'} the invitation to ${activity}`,
    `${who} ${answerWords(reply)}: the invitation to observe “${activity}”.${isFirst ? '' : ' This takes the place of its earlier answer.'}${late ? ' The answer came after the day that was asked for.' : ''}`)
}

export const noteMessage = (note: Act, activity: string, others: ParticipantCode[]): Message[] =>
  ofAct(note, 'note', [note.host, ...others], `${DESIGNATION[note.participant]} has written what it observed of ${activity}`,
    `${DESIGNATION[note.participant]} has written a note on “${activity}” of ${DESIGNATION[note.host]}. Who observed it too may join in it; the host may comment on it.`)

export const commentMessage = (comment: Act, activity: string, writers: ParticipantCode[]): Message[] =>
  ofAct(comment, 'comment', writers, `${DESIGNATION[comment.host]} comments on what was observed of ${activity}`,
    `${DESIGNATION[comment.host]} has commented on the note of observers of “${activity}”.`)

/** Days from the reply date on which who has not answered is asked again, and on which host and invited are told that there is no answer. */
export const PROMPT_DAYS = [-7, -2, 1] as const
const DAY_MS = 86_400_000
const wholeDays = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

const promptOf = ({ filingId, entryId, participant, invited, replyBy, ...activity }: Invitation, day: (typeof PROMPT_DAYS)[number], passed: number): Message => {
  const [host, who] = [DESIGNATION[participant], DESIGNATION[invited]]
  const asked = `${host}’s invitation to observe ${what(activity)}`
  const common = { matter: 'invitation' as const, subject: entryId, participant: null, rule: null, path: pathOf(filingId) }
  if (day > 0) {
    return {
      ...common, step: `no answer ${invited} ${replyBy}`, addressees: [invited, participant].toSorted(byDesignation), severity: 'notice',
      title: `${who} did not answer the invitation to ${activity.name}`,
      words: `${who} did not answer ${asked}, by ${replyBy}. It may still do so until the first day, ${activity.startsOn}; the answer is marked as late.`,
    }
  }
  return {
    ...common, step: `reminder ${-day} ${invited} ${replyBy}`, addressees: [invited], severity: day > -7 ? 'notice' : 'info', title: `Answer by ${replyBy}: the invitation to ${activity.name}`,
    words: `${who} has not answered ${asked}. Answers are asked for by ${replyBy}, ${passed === 0 ? 'today' : `in ${plural(-passed, 'day')}`}; ${ENDS}.`,
  }
}

/**
 * What to remind of now, of invitations that nobody has answered: of the days that have come, only the latest, as after an outage; and none
 * that had come before the invitation did. A reply date that is moved begins them anew.
 */
export const promptsDue = (now: Date, unanswered: readonly (Invitation & { invitedAt: string })[]): Message[] => {
  const today = viennaDay(now.toISOString())
  return unanswered.flatMap(({ invitedAt, ...invitation }) => {
    const passed = wholeDays(invitation.replyBy, today)
    const day = PROMPT_DAYS.findLast((each) => each <= passed)
    if (day === undefined || (day < 0 && day <= wholeDays(invitation.replyBy, viennaDay(invitedAt)))) return []
    return [promptOf(invitation, day, passed)]
  })
}
