import { isWithheld, type Withheld } from '../filings/kinds/stated.ts'
import { addresseeName, PARTICIPANTS, type Addressee, type ParticipantCode } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { formatDateTime, plural } from '../shared/format.ts'

export const ACTS = ['replied', 'insufficient', 'meeting_called', 'meeting_held', 'shown', 'closed'] as const
export type Act = (typeof ACTS)[number]
export const ACT_LABEL = {
  replied: 'replied', insufficient: 'found the reply insufficient', meeting_called: 'called a meeting', meeting_held: 'recorded the meeting',
  shown: 'showed it to all participants', closed: 'closed it',
} as const satisfies Record<Act, string>

/** What an act says, by name: answers by their question, `words` for the rest, `outcome` of what is closed. */
export type ActContent = Record<string, string | Withheld>

/** Hours of the clocks and of the reminders before they run out, as the rule clarification.unanswered states them. Elapsed, whatever clocks show. */
export type Clocks = { hours: number; meetingHours: number; reminderHours: readonly number[] }
const HOUR_MS = 3_600_000
export const dueAfter = (at: string, hours: number): string => new Date(Date.parse(at) + hours * HOUR_MS).toISOString()

/** As the rules compare them: instants in one spelling, which databases do not keep. */
export const inUtc = <T extends { at: string; dueAt: string | null }>(row: T): T =>
  ({ ...row, at: new Date(row.at).toISOString(), dueAt: row.dueAt && new Date(row.dueAt).toISOString() })

export type Asked = { asking: ParticipantCode; asked: ParticipantCode; shownToAll: boolean; at: string; dueAt: string }
export type Acted = { act: Act; participant: ParticipantCode; at: string; dueAt: string | null }

export const STATES = ['waiting', 'unanswered', 'answered', 'insufficient', 'meeting_called', 'meeting_held', 'closed'] as const
export type ClarificationState = (typeof STATES)[number]
export const STATE_LABEL = {
  waiting: 'Waiting for the reply', unanswered: 'No reply in time', answered: 'Answered', insufficient: 'Reply insufficient', meeting_called: 'Meeting called',
  meeting_held: 'Meeting held', closed: 'Closed',
} as const satisfies Record<ClarificationState, string>

const AFTER: Partial<Record<Act, ClarificationState>> = {
  replied: 'answered', insufficient: 'insufficient', meeting_called: 'meeting_called', meeting_held: 'meeting_held', closed: 'closed',
}

/**
 * How it stands at `now`, from what was done, in its order. A reply to a meeting that is called does not call it off. Silence is an
 * outcome: with no reply when the clock has run out it is unanswered, and stays so until something is done.
 */
export const stateOf = (asked: Asked, acts: readonly Acted[], now: string): ClarificationState => {
  let state: ClarificationState = now > asked.dueAt ? 'unanswered' : 'waiting'
  for (const { act } of acts) {
    if (act === 'replied' && (state === 'meeting_called' || state === 'meeting_held')) continue
    state = AFTER[act] ?? state
  }
  return state
}

export const isShown = ({ shownToAll }: Pick<Asked, 'shownToAll'>, acts: readonly Pick<Acted, 'act'>[]): boolean =>
  shownToAll || acts.some(({ act }) => act === 'shown' || act === 'meeting_called')

/** `stoppedBy`: what it waited for, or that the request was closed without it. */
export type Clock = { what: 'reply' | 'meeting'; startedAt: string; dueAt: string; stoppedAt: string | null; stoppedBy: 'replied' | 'meeting_held' | 'closed' | null }

/** The clock that runs, or ran out last: until the first reply, and from the call of a meeting until it is held. */
export const clockOf = (asked: Asked, acts: readonly Acted[]): Clock => {
  const called = acts.find(({ act }) => act === 'meeting_called')
  const awaited = called ? 'meeting_held' : 'replied'
  const stopped = acts.find(({ act }) => act === awaited) ?? acts.find(({ act }) => act === 'closed')
  const stop = { stoppedAt: stopped?.at ?? null, stoppedBy: stopped ? (stopped.act === awaited ? awaited : 'closed') : null } as const
  return called ? { what: 'meeting', startedAt: called.at, dueAt: called.dueAt!, ...stop } : { what: 'reply', startedAt: asked.at, dueAt: asked.dueAt, ...stop }
}

const MINUTE_MS = 60_000
/** Whole minutes after `dueAt`, a begun one counted; 0 in time. */
export const minutesLate = (at: string, dueAt: string): number => Math.max(0, Math.ceil((Date.parse(at) - Date.parse(dueAt)) / MINUTE_MS))

const HOURS_SAID = 96
/** '1 minute', '47 hours 5 minutes', '5 days': hours as long as clocks count them. */
export const durationInWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours > HOURS_SAID) return plural(Math.floor(hours / 24), 'day')
  return [hours && plural(hours, 'hour'), (rest || !hours) && plural(rest, 'minute')].filter(Boolean).join(' ')
}

export const timelinessInWords = (at: string, dueAt: string): string => {
  const late = minutesLate(at, dueAt)
  return late > 0 ? `${durationInWords(late)} late` : 'in time'
}

export const PARTIES = ['asking', 'asked'] as const
export type Party = (typeof PARTIES)[number]
export const partyOf = ({ asking, asked }: Pick<Asked, 'asking' | 'asked'>, participant: ParticipantCode | null): Party | null =>
  (participant === asking ? 'asking' : participant === asked ? 'asked' : null)

/** What each party may do as it stands: what pages offer and what commands let through. */
export const MAY: Readonly<Record<Act, { party: readonly Party[]; in: readonly ClarificationState[] }>> = {
  replied: { party: ['asked'], in: ['waiting', 'unanswered', 'answered', 'insufficient', 'meeting_called', 'meeting_held'] },
  insufficient: { party: ['asking'], in: ['answered'] },
  meeting_called: { party: ['asking'], in: ['unanswered', 'insufficient'] },
  meeting_held: { party: PARTIES, in: ['meeting_called'] },
  shown: { party: ['asking'], in: STATES },
  closed: { party: ['asking'], in: STATES.filter((state) => state !== 'closed') },
}

export const mayAct = (act: Act, party: Party | null, state: ClarificationState): boolean =>
  party !== null && MAY[act].party.includes(party) && MAY[act].in.includes(state)

const WHY_NOT: Record<Act, string> = {
  replied: 'It is closed: nothing is asked any more.',
  insufficient: 'Only a reply can be found insufficient, and each once. Read how it stands, and call the meeting or wait for the reply.',
  meeting_called: 'A meeting is called once the reply is overdue, or was found insufficient.',
  meeting_held: 'No meeting is called that could have been held.',
  shown: 'Every participant can read it already.',
  closed: 'It is closed already.',
}

/** Who is no party hears 'not there' before this; a party at the wrong time hears what is missing. */
export const mustBeInTurn = (act: Act, party: Party, state: ClarificationState): void => {
  if (!MAY[act].party.includes(party)) throw new AppError('forbidden', party === 'asked' ? 'This is for the participant that asked.' : 'This is for the participant that is asked.')
  if (!MAY[act].in.includes(state)) throw new AppError('conflict', WHY_NOT[act])
}

/** Who hears of an act: the other party; once it is shown to all, every other participant and the secretariat. */
export const toldOf = ({ asking, asked }: Pick<Asked, 'asking' | 'asked'>, actor: ParticipantCode, shown: boolean): Addressee[] =>
  (shown ? [...PARTICIPANTS.filter((code) => code !== actor), 'secretariat'] : [actor === asking ? asked : asking])

export const answerInWords = (answer: string | Withheld): string => (isWithheld(answer) ? `withheld: ${answer.withheld}` : answer)

export type Prompt = { step: string; words: string; title: string; addressees: Addressee[]; severity: 'info' | 'notice' | 'warning'; isRule: boolean }
const passed = (hour: number, hours: number, what: string, dueAt: string): string => `${hour} of ${hours} hours have passed; ${what} is due on ${formatDateTime(dueAt)}.`

/**
 * What to remind of at `now`. Of the hours that have come, only the latest: after an outage nobody hears of hour 24 beside hour 42. When the
 * clock has run out the participant that asked and the secretariat hear so, by the rule; a meeting that is not on record is told to all.
 */
export const promptsDue = (number: string, asked: Asked, acts: readonly Acted[], clocks: Clocks, now: string): Prompt[] => {
  const clock = clockOf(asked, acts)
  if (clock.stoppedAt !== null) return []
  const isReply = clock.what === 'reply'
  const hours = isReply ? clocks.hours : clocks.meetingHours
  const [from, whom] = [addresseeName(asked.asking), addresseeName(asked.asked)]
  if (now > clock.dueAt) {
    return isReply
      ? [{
          step: 'reply unanswered', isRule: true, severity: 'warning', addressees: [asked.asking, 'secretariat'], title: `${number}: no reply from ${whom} in ${hours} hours`,
          words: `${whom} has not replied to ${from}’s request ${number} of ${formatDateTime(asked.at)}; the reply was due on ${formatDateTime(asked.dueAt)}. ${from} may call a meeting.`,
        }]
      : [{
          step: 'meeting not recorded', isRule: false, severity: 'warning', addressees: [...PARTICIPANTS, 'secretariat'], title: `${number}: no meeting on record`,
          words: `The meeting that ${from} called with ${whom} on ${formatDateTime(clock.startedAt)} was to be held by ${formatDateTime(clock.dueAt)}; none is on record.`,
        }]
  }
  const elapsed = (Date.parse(now) - Date.parse(clock.startedAt)) / HOUR_MS
  const hour = clocks.reminderHours.findLast((each) => each <= elapsed)
  if (hour === undefined) return []
  return [{
    step: `${clock.what} hour ${hour}`, isRule: false, severity: hour === clocks.reminderHours.at(-1) ? 'warning' : 'notice',
    addressees: isReply ? [asked.asked] : [asked.asking, asked.asked], title: isReply ? `${number}: ${from} waits for a reply` : `${number}: a meeting is to be held`,
    words: isReply
      ? `${from} asked ${whom} for clarification on ${formatDateTime(asked.at)}, ${number}. ${passed(hour, hours, 'the reply', clock.dueAt)}`
      : `${from} called a meeting with ${whom} on ${formatDateTime(clock.startedAt)}, ${number}. ${passed(hour, hours, 'it', clock.dueAt)}`,
  }]
}
