import { sql } from 'drizzle-orm'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { rows, type Connection } from '../../lib/db/client.ts'
import { answerInvitation } from '../../lib/observation/commands.ts'
import type { Answer, ObserverName } from '../../lib/observation/rules.ts'
import { PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'
import { filed } from '../support/context.ts'
import { as } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

/** Of those that need not stand near the Drina, inland. */
const AREAS: Partial<Record<ParticipantCode, Payload>> = { AL: { centre: [20, 40.8], radiusKm: 5 }, HR: { centre: [15.6, 45.2], radiusKm: 5 }, ME: { centre: [19.1, 42.75], radiusKm: 5 }, MK: { centre: [21.6, 41.5], radiusKm: 5 } }
const EXAMPLE = FILING_EXAMPLES.activity!.value as { kind: 'notification.activity'; payload: Payload & { observers: Payload } }
export const FILED_AT = '2026-11-20T10:00:00Z'

/** The exercise of the documentation, 1 to 9 June 2027, answers by 11 May, held by another and to those who are named. */
export const exerciseOf = (participant: ParticipantCode, invited: readonly ParticipantCode[] = PARTICIPANTS.filter((code) => code !== participant), more: Payload = {}) => ({
  kind: EXAMPLE.kind, participant,
  payload: { ...EXAMPLE.payload, ...(AREAS[participant] ? { area: AREAS[participant] } : {}), forces: [participant], ...more, observers: { ...EXAMPLE.payload.observers, ...(more.observers as Payload | undefined), invited: [...invited] } },
})
export const exercise = async (...given: Parameters<typeof exerciseOf>): Promise<string> => (await filed(exerciseOf(...given), new Date(FILED_AT))).filing.id

export const KOLA = { name: 'Ana Kola', function: 'Lieutenant Colonel' }
export const DEMA = { name: 'Ilir Dema', function: 'Major' }
/** As the ministry of that code, at that instant. */
export const ministry = (code: ParticipantCode, now = '2027-05-01T08:00:00Z') => as(`${code.toLowerCase()}-submitter`, { now: new Date(now) })
export const answer = (code: ParticipantCode, id: string, given: Answer, observers: ObserverName[] = [], now?: string) =>
  answerInvitation(ministry(code, now), { id, answer: given, observers })

/** What was told of an entry, in the order of its steps; without the ids of acts. */
export const toldOf = async (connection: Connection, entryId: string): Promise<string[]> =>
  (await rows<{ step: string; addressees: string[] }>(connection.owner, sql`select step, addressees from messages where subject = ${entryId}::uuid order by at, step`))
    .map(({ step, addressees }) => `${step.replace(/ [0-9a-f-]{36}$/, '')}: ${addressees.join(' ')}`)
