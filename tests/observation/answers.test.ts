import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { rows, useDatabase } from '../../lib/db/client.ts'
import { amendFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { listEvents } from '../../lib/audit/queries.ts'
import { listMessages } from '../../lib/messages/queries.ts'
import { answerInvitation, commentNote, joinNote, writeNote } from '../../lib/observation/commands.ts'
import { listInvitations, observationFigures, observationOf } from '../../lib/observation/queries.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { codeOf, count, refusalOf, sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { breakingAt, isInjected } from '../support/faults.ts'
import { checkAll, useLog } from '../support/log.ts'
import { answer, DEMA, exercise, exerciseOf, KOLA, ministry, toldOf } from './ground.ts'

useLog()
const register = useRegister()
const stands = async (id: string, who: ParticipantCode = 'RS', now?: string) =>
  Object.fromEntries((await observationOf(ministry(who, now), { id })).invitations.map(({ participant, standing, named }) => [participant, named > 0 ? `${standing} ${named}` : standing]))

describe('Serbia invites all six to an exercise near the Drina', () => {
  let id: string
  beforeAll(async () => {
    id = await exercise('RS')
  })

  test('each is told, and it waits in each workspace', async () => {
    expect(await toldOf(register(), id)).toEqual(['invited v1: AL BA HR XK ME MK'])
    const [told] = await listMessages(ministry('XK'), { subject: id })
    expect(told!.words).toBe('Serbia invites Albania, Bosnia and Herzegovina, Croatia, Kosovo*, Montenegro and North Macedonia to observe “Vihor 2027”, 2027-06-01 to 2027-06-09. '
      + 'Each may name up to two observers, or decline. Answers are asked for by 2027-05-11; the day ends at 23:59:59 in Vienna.')
    expect(told!.path).toBe(`/register/${id}#observers`)
    expect((await listInvitations(ministry('AL'), { participant: 'AL', as: 'invited', open: 'true' })).map(({ filing, standing }) => [filing.id, standing])).toEqual([[id, 'waiting']])
    expect(await listInvitations(ministry('RS'), { participant: 'RS', as: 'invited' })).toEqual([])
  })

  test('four accept, one declines, one ignores it: three different things', async () => {
    await answer('AL', id, 'accepted', [KOLA, DEMA])
    await answer('HR', id, 'accepted')
    await answer('ME', id, 'accepted', [{ name: 'Marko Vuk', function: 'Captain' }])
    await answer('MK', id, 'accepted')
    await answerInvitation(ministry('BA'), { id, answer: 'declined', words: 'No officers are free in June.' })
    expect(await stands(id)).toEqual({ AL: 'accepted 2', BA: 'declined', HR: 'accepted', XK: 'waiting', ME: 'accepted 1', MK: 'accepted' })
    expect(await stands(id, 'RS', '2027-05-12T08:00:00Z')).toMatchObject({ XK: 'no_answer', BA: 'declined', HR: 'accepted' })
    expect((await toldOf(register(), id)).filter((one) => one.startsWith('answered'))).toEqual(Array.from({ length: 5 }, () => 'answered: RS'))
    expect(await listInvitations(ministry('AL'), { participant: 'AL', as: 'invited', open: 'true' })).toEqual([])
  })

  test('who comes is named to the host and to who sends them, and to nobody else', async () => {
    const named = async (who: string) => (await observationOf(as(who, { now: new Date('2027-05-02T08:00:00Z') }), { id })).invitations.find(({ participant }) => participant === 'AL')!.names
    for (const who of ['rs-submitter', 'rs-approver', 'al-submitter']) expect(await named(who), who).toEqual([KOLA, DEMA])
    for (const who of ['hr-submitter', 'mk-approver', 'ba-submitter', 'verifier1', 'hr-verifier', 'secretariat']) {
      expect(await named(who), who).toBeNull()
      const seen = await observationOf(as(who), { id })
      expect(JSON.stringify(seen)).not.toMatch(/Kola|Dema|Vuk/)
      expect(await under(register(), `demo-${who}`, (tx) => rows(tx, sql`select names from reply_names where participant <> ${who.slice(0, 2).toUpperCase()}`))).toEqual([])
    }
    for (const who of [null, 'observer']) expect(await codeOf(observationOf(as(who), { id }))).toBe(who ? 'forbidden' : 'unauthenticated')
    for (const token of [null, 'demo-observer']) {
      expect(await under(register(), token, async (tx) => [...await rows(tx, sql`select 1 from invitations`), ...await rows(tx, sql`select 1 from invitation_replies`), ...await rows(tx, sql`select 1 from reply_names`)])).toEqual([])
    }
  })

  test('no name is in a mail, in the audit, in a message, or in an answer that is kept', async () => {
    const kept = await rows<{ text: string }>(register().owner, sql`
      select coalesce(string_agg(t, ' '), '') as text from (select m::text as t from messages m union all select e::text from audit_events e union all select k::text from idempotency_keys k
        union all select data from log_leaves union all select data::text from pgboss.job) all_of_it`)
    expect(kept[0]!.text).toContain('Vihor 2027')
    expect(kept[0]!.text).not.toMatch(/Kola|Dema|Vuk/)
    expect(JSON.stringify(await listEvents(as('secretariat'), {}))).toContain('invitation.answer')
  })

  test('a mind that is changed takes the place of the answer before, which stays readable', async () => {
    await answer('HR', id, 'declined', [], '2027-05-02T08:00:00Z')
    await answer('HR', id, 'accepted', [{ name: 'Ivan Horvat', function: 'Colonel' }], '2027-05-03T08:00:00Z')
    expect(await stands(id)).toMatchObject({ HR: 'accepted 1' })
    const { replies } = await observationOf(ministry('RS'), { id })
    expect(replies.filter(({ participant }) => participant === 'HR').map(({ answer: given, observers }) => `${given} ${observers}`)).toEqual(['accepted 0', 'declined 0', 'accepted 1'])
    const [told] = await listMessages(ministry('RS'), { subject: id, limit: 1 })
    expect(told!.words).toBe('Croatia accepts, and names one observer: the invitation to observe “Vihor 2027”. This takes the place of its earlier answer.')
  })

  test('an answer after the day is taken, and marked as late, until the first day is over', async () => {
    const late = await answer('XK', id, 'accepted', [], '2027-05-20T08:00:00Z')
    expect(late.late).toBe(true)
    expect((await observationOf(ministry('RS', '2027-05-21T08:00:00Z'), { id })).invitations.find(({ participant }) => participant === 'XK')).toMatchObject({ standing: 'accepted', late: true })
    const refused = await refusalOf(answer('BA', id, 'accepted', [], '2027-06-02T08:00:00Z'))
    expect([refused.code, refused.message]).toEqual(['conflict', 'Vihor 2027 began on 2027-06-01, and answers were taken until that day ended. Write to the host.'])
  })

  test('nobody answers who is not invited: not there, by the application and by the database', async () => {
    const partial = await exercise('ME', ['AL', 'BA'], { name: 'Durmitor 27' })
    expect(await codeOf(answer('HR', partial, 'accepted'))).toBe('not_found')
    expect(await codeOf(answer('ME', partial, 'accepted'))).toBe('not_found')
    expect(await codeOf(answer('AL', '00000000-0000-4000-8000-000000000000', 'accepted'))).toBe('not_found')
    for (const who of ['al-verifier', 'secretariat', 'observer']) expect(await codeOf(answerInvitation(as(who), { id: partial, answer: 'accepted' }))).toBe('forbidden')
    const forged = (token: string, participant: string, host = 'ME') => sqlState(under(register(), token, (tx) => tx.execute(sql`
      insert into invitation_replies (id, entry_id, filing_id, host, participant, answer, observers, at, by, by_name, salt)
      select gen_random_uuid(), ${partial}::uuid, ${partial}::uuid, ${host}, ${participant}, 'accepted', 0, now(), id, name, '\\x00' from users where email = 'submitter@hr.demo' or true limit 1`)))
    expect(await forged('demo-hr-submitter', 'HR')).toBe('42501')
    expect(await forged('demo-hr-submitter', 'AL')).toBe('42501')
    expect(await count(register(), 'invitation_replies', `entry_id = '${partial}'`)).toBe(0)
  })

  test('everything stands in the log', async () => expect((await checkAll(register())).findings).toEqual([]))
})

describe('what was observed', () => {
  let id: string
  const [BEFORE, DURING] = ['2027-05-31T20:00:00Z', '2027-06-03T08:00:00Z']
  beforeAll(async () => {
    id = await exercise('RS', undefined, { name: 'Sava 27' })
    for (const code of ['AL', 'HR', 'MK'] as const) await answer(code, id, 'accepted')
    await answer('BA', id, 'declined')
  })

  test('is written from the first day on, by who accepted', async () => {
    const note = (code: ParticipantCode, now: string) => writeNote(ministry(code, now), { id, words: 'Transport and briefing were as announced.' })
    expect((await refusalOf(note('AL', BEFORE))).message).toBe('Sava 27 begins on 2027-06-01. What was observed is written from that day on.')
    expect(await codeOf(note('BA', DURING))).toBe('forbidden')
    expect(await codeOf(note('XK', DURING))).toBe('forbidden')
    expect(await codeOf(note('RS', DURING))).toBe('forbidden')
    expect((await observationOf(ministry('AL', BEFORE), { id })).may).toEqual({ answer: true, note: false, comment: false })
    expect((await observationOf(ministry('AL', DURING), { id })).may).toEqual({ answer: false, note: true, comment: false })
  })

  test('others join in it, the host comments once, and each is told what concerns it', async () => {
    const { id: note } = await writeNote(ministry('AL', DURING), { id, words: '1,800 troops were seen, as notified.' })
    await joinNote(ministry('MK', DURING), { id: note })
    expect((await refusalOf(joinNote(ministry('MK', DURING), { id: note }))).message).toBe('Your participant has joined in this note already.')
    expect(await codeOf(joinNote(ministry('AL', DURING), { id: note }))).toBe('conflict')
    expect(await codeOf(joinNote(ministry('BA', DURING), { id: note }))).toBe('forbidden')
    expect(await codeOf(commentNote(ministry('HR', DURING), { id: note, words: 'We saw it too.' }))).toBe('forbidden')
    await commentNote(ministry('RS', DURING), { id: note, words: 'We thank the observers.' })
    expect(await codeOf(commentNote(ministry('RS', DURING), { id: note, words: 'Once more.' }))).toBe('conflict')
    const { notes } = await observationOf(as('verifier1', { now: new Date(DURING) }), { id })
    expect(notes).toMatchObject([{ participant: 'AL', words: '1,800 troops were seen, as notified.', joined: [{ participant: 'MK' }], comment: { words: 'We thank the observers.' } }])
    const told = await toldOf(register(), id)
    expect(told.filter((one) => one.startsWith('note'))).toEqual(['note: HR MK RS'])
    expect(told.filter((one) => one.startsWith('comment'))).toEqual(['comment: AL MK'])
    expect((await checkAll(register())).findings).toEqual([])
  })

  test('is there for participants, and not for observers of the register or the public', async () => {
    for (const token of [null, 'demo-observer']) expect(await under(register(), token, (tx) => rows(tx, sql`select 1 from observation_notes`))).toEqual([])
    expect(await codeOf(joinNote(ministry('MK', DURING), { id: '00000000-0000-4000-8000-000000000000' }))).toBe('not_found')
  })

  test('is written of what was held even when the notice is withdrawn after it began', async () => {
    const held = await exercise('ME', ['AL', 'BA'], { name: 'Orjen 27' })
    await answer('AL', held, 'accepted')
    const { filing } = await withdrawFiling(ministry('ME', DURING), { id: held, reason: 'It was ended early.' })
    await writeNote(ministry('AL', DURING), { id: filing.id, words: 'It was ended on the third day.' })
    const early = await exercise('ME', ['AL', 'BA'], { name: 'Lovcen 27' })
    await answer('AL', early, 'accepted')
    await withdrawFiling(ministry('ME', '2027-05-20T08:00:00Z'), { id: early, reason: 'It does not take place.' })
    expect(await codeOf(writeNote(ministry('AL', DURING), { id: early, words: 'Nothing was there.' }))).toBe('conflict')
  })
})

describe('a notice that changes', () => {
  const AT = '2027-04-01T08:00:00Z'
  const amend = async (id: string, ...given: Parameters<typeof exerciseOf>) =>
    (await amendFiling(ministry('ME', AT), { id, payload: exerciseOf(...given).payload as never, reason: 'The plan was changed.' })).filing.id

  test('tells those whom the change concerns, and an answer to an older version is one to the newest', async () => {
    const first = await exercise('ME', ['AL', 'BA', 'HR'], { name: 'Piva 27' })
    await answer('AL', first, 'accepted', [], '2027-03-01T08:00:00Z')
    const second = await amend(first, 'ME', ['AL', 'BA', 'MK'], { name: 'Piva 27' })
    const third = await amend(second, 'ME', ['AL', 'BA', 'MK'], { name: 'Piva 27', observers: { replyBy: '2027-05-20' } })
    expect((await toldOf(register(), first)).toSorted()).toEqual(['answered: ME', 'changed v3: AL BA MK', 'invited v1: AL BA HR', 'invited v2: MK', 'uninvited v2: HR'])
    expect(await codeOf(answer('HR', first, 'accepted'))).toBe('not_found')
    const { filing } = await answer('BA', first, 'declined')
    expect(filing.id).toBe(third)
    expect(await stands(second, 'ME')).toEqual({ AL: 'accepted', BA: 'declined', MK: 'waiting' })
    expect(await count(register(), 'invitations', `entry_id = '${first}'`)).toBe(3)
  })

  test('and one that is withdrawn tells all who were invited, and takes no answer', async () => {
    const id = await exercise('ME', ['AL', 'BA'], { name: 'Tara 27' })
    await withdrawFiling(ministry('ME', AT), { id, reason: 'It does not take place.' })
    expect(await toldOf(register(), id)).toEqual(['invited v1: AL BA', 'withdrawn v2: AL BA'])
    expect(await codeOf(answer('AL', id, 'accepted'))).toBe('conflict')
    expect(await count(register(), 'invitations', `entry_id = '${id}'`)).toBe(0)
  })

  test('history invites nobody', async () => {
    const { payload } = exerciseOf('AL', ['BA'])
    const { filing } = await submitFiling(as('al-submitter', { historic: true }), { kind: 'notification.activity', participant: 'AL', payload: { ...payload, compiled: { source: 'Press' } } } as never)
    expect([await toldOf(register(), filing.id), await count(register(), 'invitations', `entry_id = '${filing.id}'`)]).toEqual([[], 0])
  })
})

test('an answer is there whole or not at all, wherever the database is cut off', async () => {
  const id = await exercise('MK', ['AL'], { name: 'Vardar 27' })
  const whole = async () => ({
    replies: await count(register(), 'invitation_replies', `entry_id = '${id}'`), names: await count(register(), 'reply_names', `reply_id in (select id from invitation_replies where entry_id = '${id}')`),
    told: await count(register(), 'messages', `subject = '${id}' and step like 'answered%'`), leaves: await count(register(), 'log_leaves', "type = 'observation.answered'"),
  })
  const before = await whole()
  for (let statement = 1; ; statement += 1) {
    const breaking = breakingAt(register(), { statement, when: 'after' })
    useDatabase(Promise.resolve(breaking))
    const failed = await answer('AL', id, 'accepted', [KOLA]).then(() => null, (error: unknown) => error)
    useDatabase(Promise.resolve(register()))
    // From the commit on it stands; signing is made good by the next.
    if (failed === null) break
    expect(breaking.reached() && isInjected(failed), `statement ${statement}`).toBe(true)
    expect(await whole()).toEqual(before)
  }
  expect(await whole()).toEqual({ replies: 1, names: 1, told: 1, leaves: before.leaves + 1 })
}, 120_000)

test('the statistics count what stands: newest answers, not withdrawn, and what is over', async () => {
  const { pairs, participants } = await observationFigures(ministry('AL', '2027-06-20T08:00:00Z'), { year: 2027 })
  const [toAlbania] = pairs.filter(({ host, invited }) => host === 'RS' && invited === 'AL')
  expect(toAlbania!.counts).toEqual({ invited: 2, accepted: 2, declined: 0, waiting: 0, no_answer: 0 })
  const serbia = participants.find(({ participant }) => participant === 'RS')!
  expect(serbia).toMatchObject({ held: 2, observable: 2, inviting: 2, observed: 2, asHost: { invited: 12, accepted: 8, declined: 2, no_answer: 2 } })
  expect((await observationFigures(as('secretariat', { now: new Date('2027-06-20T08:00:00Z') }), { year: 2027 })).participants).toEqual(participants)
  expect((await observationFigures(as('verifier1'), { year: 2020 })).participants.every(({ held, asHost }) => held === 0 && asHost.invited === 0)).toBe(true)
})
