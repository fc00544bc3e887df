import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { askClarification } from '../../lib/clarification/commands.ts'
import { rows, type Connection } from '../../lib/db/client.ts'
import { approveFiling, saveDraft, submitFiling } from '../../lib/filings/commands.ts'
import { nameWitness } from '../../lib/log/commands.ts'
import { KEY_TYPES } from '../../lib/log/note.ts'
import { generateSigningKey } from '../../lib/log/sign.ts'
import { answerInvitation, writeNote } from '../../lib/observation/commands.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { changeWatch } from '../../lib/participants/commands.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { exerciseOf } from '../observation/ground.ts'
import { filed } from '../support/context.ts'
import { as } from '../support/db.ts'
import { an } from '../support/factories.ts'

/** What the matrix asks about, made when first asked for: all Croatia's or sent to Croatia, and nothing of it Montenegro's. */
export type Ground = {
  filing: () => Promise<string>
  declaration: () => Promise<string>
  awaiting: () => Promise<string>
  draft: () => Promise<string>
  signed: () => Promise<string>
  /** A filing of North Macedonia, which Croatia watches and Montenegro is not adjacent to: its notice, alert and delivery to Croatia. */
  told: () => Promise<string>
  notice: () => Promise<string>
  alert: () => Promise<string>
  delivery: () => Promise<string>
  /** To Croatia, and to none of the others who ask. */
  invitation: () => Promise<string>
  /** An activity that began yesterday, which Croatia observes; a note of others on it; and one of others on Croatia's own. */
  observed: () => Promise<string>
  note: () => Promise<string>
  noteOnOwn: () => Promise<string>
  account: () => Promise<string>
  witness: () => Promise<string>
  /** From Bosnia and Herzegovina to Croatia, and shown to nobody else. */
  request: () => Promise<string>
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}

const submit = async (participant: string, kind: keyof typeof an = 'acquisition'): Promise<string> => {
  const who = `${participant.toLowerCase()}-submitter`
  return (await submitFiling(as(who), an[kind](participant) as never)).filing.id
}

const release = async (kind: keyof typeof an = 'acquisition'): Promise<string> => (await approveFiling(as('hr-approver'), { id: await submit('HR', kind) })).filing.id

const DAY_MS = 86_400_000
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const activity = async (host: ParticipantCode, invited: ParticipantCode[], startsOn: string, at: Date): Promise<string> => {
  const replyBy = new Date(Date.parse(startsOn) - DAY_MS).toISOString().slice(0, 10)
  return (await filed(exerciseOf(host, invited, { startsOn, endsOn: startsOn, observers: { replyBy } }), at)).filing.id
}

export const groundOf = (connection: Connection): Ground => {
  const idWhere = async (query: ReturnType<typeof sql>): Promise<string> => (await rows<{ id: string }>(connection.owner, query))[0]!.id
  const told = once(async () => {
    await changeWatch(as('hr-approver'), { watched: 'MK', watching: true })
    return submit('MK')
  })
  /** It began yesterday, and those invited accepted in time. */
  const held = async (host: ParticipantCode, invited: ParticipantCode[]): Promise<string> => {
    const id = await activity(host, invited, day(-1), new Date(Date.now() - 60 * DAY_MS))
    for (const code of invited) await answerInvitation(as(`${code.toLowerCase()}-submitter`, { now: new Date(Date.now() - 30 * DAY_MS) }), { id, answer: 'accepted' })
    return id
  }
  const observed = once(() => held('AL', ['HR', 'BA']))
  const { kind, payload } = an.acquisition('HR')
  return {
    filing: once(() => release()),
    declaration: once(() => release('holdings')),
    awaiting: once(() => submit('HR')),
    draft: once(async () => (await saveDraft(as('hr-submitter'), { id: randomUUID(), kind, payload, revision: 0 })).id),
    signed: once(async () => {
      const id = await release()
      await signVerification(as('verifier2'), { id, decision: 'verified' })
      return id
    }),
    told,
    notice: once(async () => idWhere(sql`select id from notices where addressee = 'HR' and filing_id = ${await told()}::uuid`)),
    alert: once(async () =>
      idWhere(sql`select id from alerts where 'HR' = any(addressees) and not 'ME' = any(addressees) and filing_id = ${await told()}::uuid`),
    ),
    delivery: once(async () =>
      idWhere(sql`select id from deliveries where addressee = 'HR' and filing_id = ${await told()}::uuid limit 1`),
    ),
    invitation: once(() => activity('AL', ['HR', 'BA'], day(60), new Date())),
    observed,
    note: once(async () => (await writeNote(as('ba-submitter'), { id: await observed(), words: 'As notified.' })).id),
    noteOnOwn: once(async () => (await writeNote(as('ba-submitter'), { id: await held('HR', ['BA']), words: 'As notified.' })).id),
    account: once(() =>
      idWhere(sql`insert into users (id, email, name, role, participant, affiliation, created_at)
      values (${randomUUID()}::uuid, ${`${randomUUID()}@mk.demo`}, 'Ana', 'submitter', 'MK', 'North Macedonia', now()) returning id`),
    ),
    request: once(async () => (await askClarification(as('ba-submitter'), { asked: 'HR', title: 'Troops near the Una', observed: 'About 900 troops.', questions: ['aim'] })).clarification.id),
    witness: once(async () => {
      const { vkey } = generateSigningKey('witness.example/hr', KEY_TYPES.cosigner)
      return (await nameWitness(as('hr-approver'), { name: `HR-${randomUUID()}`, vkey, url: 'https://witness.example' })).id
    }),
  }
}
