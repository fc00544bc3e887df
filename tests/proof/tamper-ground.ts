import { sql } from 'drizzle-orm'
import { beforeAll, expect } from 'vitest'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { askClarification, replyClarification } from '../../lib/clarification/commands.ts'
import { rows } from '../../lib/db/client.ts'
import { amendFiling } from '../../lib/filings/commands.ts'
import { nameWitness, retireWitness } from '../../lib/log/commands.ts'
import { beatOnce } from '../../lib/jobs/pulse.ts'
import { remindOnce } from '../../lib/jobs/reminders.ts'
import { publishAll } from '../../lib/log/publish.ts'
import { answerInvitation, commentNote, joinNote, writeNote } from '../../lib/observation/commands.ts'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import type { Finding } from '../../lib/proof/finding.ts'
import type { Memory } from '../../lib/proof/remembered.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'
import { newKey } from '../log/witness-ground.ts'

useLog()
const register = useRegister()
/** The checking is the same on PGlite, and slower. */
export const PLACES = process.env.BATP_TEST_DATABASE_URL ? 20 : 5

/** As a superuser, whom neither triggers nor row-level security nor keys between tables hold back. */
const asSuperuser = (statements: string[]) => register().transaction('owner', async (tx) => {
  await tx.execute(sql`set local session_replication_role = replica`)
  for (const statement of statements) await tx.execute(sql.raw(statement))
})
const ask = <T extends Record<string, unknown>>(statement: string) => rows<T>(register().owner, sql.raw(statement))

const TOUCHED = [
  'filings', 'filing_payloads', 'filing_views', 'entries', 'holding_lines', 'holding_totals', 'declared_figures', 'activities', 'invitations', 'invitation_replies', 'reply_names', 'observation_notes', 'alerts', 'notices', 'acknowledgements', 'verifications',
  'role_grants', 'users', 'rules', 'ceilings', 'reminders', 'clarifications', 'clarification_acts', 'messages', 'outages', 'witnesses', 'log_leaves', 'log_nodes', 'log_head', 'log_checkpoints',
]
const columnsOf = async (table: string) => (await ask<{ names: string }>(`select string_agg(quote_ident(attname), ', ' order by attnum) as names
  from pg_attribute where attrelid = 'public.${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`))[0]!.names
const restore = async (table: string) => {
  const names = await columnsOf(table)
  await asSuperuser([`delete from ${table}`, `insert into ${table} (${names}) select ${names} from kept.${table}`])
}

beforeAll(async () => {
  for (const participant of PARTICIPANTS) {
    if (participant === 'RS' || participant === 'HR') continue
    const { filing } = await filed(an.acquisition(participant))
    await filed(an.holdings(participant))
    await amendFiling(as(`${participant.toLowerCase()}-submitter`), { id: filing.id, payload: an.acquisition(participant, { quantity: 13 }).payload as never, reason: 'A figure was wrong.' })
  }
  for (const name of ['personnel', 'budget', 'activity', 'calendar']) await filed(FILING_EXAMPLES[name]!.value as Parameters<typeof filed>[0], new Date('2026-11-20T10:00:00Z'))
  const [exercise] = await ask<{ id: string }>("select filing_id as id from entries where kind = 'notification.activity'")
  const observers = [{ name: 'Ana Kola', function: 'Major' }, { name: 'Ilir Dema', function: 'Captain' }]
  for (const participant of PARTICIPANTS.filter((code) => code !== 'RS')) {
    await answerInvitation(as(`${participant.toLowerCase()}-submitter`), { id: exercise!.id, ...(participant === 'BA' ? { answer: 'declined', words: 'Nobody is free.' } : { answer: 'accepted', observers }) })
  }
  const then = { now: new Date('2027-06-03T08:00:00Z') }
  const note = await writeNote(as('al-submitter', then), { id: exercise!.id, words: 'As notified.' })
  await joinNote(as('me-submitter', then), { id: note.id })
  await commentNote(as('rs-submitter', then), { id: note.id, words: 'We thank the observers.' })
  // What people typed is never taken for what it looks like.
  await filed(an.acquisition('XK', { type: '2024-99-99T00:00:00Z' }))
  const told = await ask<{ id: string; addressee: string }>("select id, addressee from notices where addressee in ('AL', 'BA', 'HR', 'ME', 'MK', 'RS', 'XK') order by id")
  for (const { id, addressee } of told.slice(0, 25)) await acknowledgeAlert(as(`${addressee.toLowerCase()}-submitter`), { id })
  for (const { id } of await ask<{ id: string }>("select filing_id as id from entries where participant <> 'HR' order by 1")) {
    for (const verifier of ['verifier1', 'verifier2']) await signVerification(as(verifier), { id, decision: 'verified', remark: 'Counted.' })
  }
  for (const { id } of await ask<{ id: string }>("select filing_id as id from entries where participant = 'AL' and kind = 'notification.acquisition'"))
    await amendFiling(as('al-submitter'), { id, payload: an.acquisition('AL', { quantity: 14 }).payload as never, reason: 'Another was found.' })
  for (const participant of PARTICIPANTS) {
    for (const name of [participant, `${participant}-2`, `${participant}-3`]) {
      const who = as(`${participant.toLowerCase()}-approver`)
      const { id } = await nameWitness(who, { name, vkey: newKey().vkey, url: `https://${name}.example` })
      if (name.endsWith('-2')) await retireWitness(who, { id })
    }
  }
  for (const [index, participant] of PARTICIPANTS.entries()) {
    const asked = PARTICIPANTS[(index + 1) % PARTICIPANTS.length]!
    for (const shownToAll of [true, false, false]) {
      const { clarification: { id } } = await askClarification(as(`${participant.toLowerCase()}-submitter`), { asked, title: 'Troops', observed: 'About 900 troops.', questions: ['aim'], shownToAll })
      await replyClarification(as(`${asked.toLowerCase()}-submitter`), { id, answers: { aim: 'A check.' } })
    }
  }
  const recorded = []
  for (const hours of [0, 1, 2, 3]) recorded.push(await beatOnce(register(), new Date(Date.now() + hours * 3_600_000)))
  if (recorded.filter(Boolean).length !== 3) throw new Error('three outages were to be recorded')
  await remindOnce(register(), new Date('2026-11-20T10:00:00Z'), async () => undefined)
  await publishAll()
  await asSuperuser(['create schema kept', ...TOUCHED.map((table) => `create table kept.${table} as table ${table}`)])
  await checkAll(register(), warm)
}, 120_000)

/** What a process remembers that checked the register before anything was changed. */
const warm: Memory = new Map()
/** A first check and one of many must find the same: tried at the first places, since it takes as long again. */
export const findingsNow = async (place = 0): Promise<Finding[]> => {
  const { findings } = await checkAll(register())
  if (place < 4) expect((await checkAll(register(), new Map(warm))).findings).toEqual(findings)
  // Everyone reads what is found.
  expect(JSON.stringify(findings)).not.toMatch(/salt|payload\W*:|Rafale/)
  return findings
}

/** `alone`: what is found names another thing than what was picked, so that one is made at a time. */
export type Change = { table: string; pick: string; change: (place: Record<string, string>) => string; alone?: true }
export const CHANGES: Record<string, Change> = {
  'the summary of a filing': { table: 'filings', pick: 'id', change: ({ id }) => `update filings set summary = summary || '.' where id = '${id}'` },
  'the number of a filing': { table: 'filings', pick: 'id', change: ({ id }) => `update filings set number = number || '9' where id = '${id}'` },
  'the time of a filing': { table: 'filings', pick: 'id', change: ({ id }) => `update filings set filed_at = filed_at + interval '1 second' where id = '${id}'` },
  'the time of a filing, made endless': { table: 'filings', pick: 'id', change: ({ id }) => `update filings set filed_at = 'infinity' where id = '${id}'` },
  'a filing, taken away': { table: 'filings', pick: 'id', change: ({ id }) => `delete from filings where id = '${id}'` },
  'a filing, put in': {
    alone: true, table: 'filings', pick: 'id, entry_id', change: ({ id }) => `insert into filings select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'version', 77, 'supersedes', null))).* from filings f where id = '${id}'`,
  },
  'a payload': { table: 'filing_payloads', pick: 'filing_id', change: ({ filing_id: id }) => `update filing_payloads set payload = replace(payload, '1', '2') where filing_id = '${id}'` },
  'a payload, made unreadable': { table: 'filing_payloads', pick: 'filing_id', change: ({ filing_id: id }) => `update filing_payloads set payload = '{' where filing_id = '${id}'` },
  'a salt': { table: 'filing_payloads', pick: 'filing_id', change: ({ filing_id: id }) => `update filing_payloads set salt = sha256(salt) where filing_id = '${id}'` },
  'who released a filing': { table: 'filing_payloads', pick: 'filing_id', change: ({ filing_id: id }) => `update filing_payloads set released_by_name = 'Somebody' where filing_id = '${id}'` },
  'what an alert measured': { alone: true, table: 'alerts', pick: 'id', change: ({ id }) => `update alerts set measured = measured || '0' where id = '${id}'` },
  'to whom a notice went': { alone: true, table: 'notices', pick: 'id', change: ({ id }) => `update notices set addressee = 'verifiers' where id = '${id}'` },
  'a notice, taken away': { table: 'notices', pick: 'id', change: ({ id }) => `delete from notices where id = '${id}'` },
  'the time of an acknowledgement': { table: 'acknowledgements', pick: 'notice_id', change: ({ notice_id: id }) => `update acknowledgements set at = at - interval '1 hour' where notice_id = '${id}'` },
  'an acknowledgement, taken away': { table: 'acknowledgements', pick: 'notice_id', change: ({ notice_id: id }) => `delete from acknowledgements where notice_id = '${id}'` },
  'an acknowledgement, put in': {
    alone: true, table: 'acknowledgements', pick: 'notice_id, (select n.id from notices n left join acknowledgements a on a.notice_id = n.id where a.notice_id is null order by random() limit 1) as other',
    change: ({ notice_id: id, other }) => `insert into acknowledgements select (jsonb_populate_record(a, jsonb_build_object('notice_id', '${other}'::uuid))).* from acknowledgements a where notice_id = '${id}'`,
  },
  'the remark of a signature': { table: 'verifications', pick: 'id', change: ({ id }) => `update verifications set remark = 'Not counted.' where id = '${id}'` },
  'a signature, put in': {
    alone: true, table: 'verifications', pick: 'id', change: ({ id }) => `insert into verifications select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'verifier_id', gen_random_uuid()))).* from verifications v where id = '${id}'`,
  },
  'a signature under nothing, put in': {
    table: 'verifications', pick: 'id, gen_random_uuid() as other', change: ({ id, other }) => `insert into verifications select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'filing_id', '${other}'::uuid))).* from verifications v where id = '${id}'`,
  },
  'a signature, taken away': { table: 'verifications', pick: 'id', change: ({ id }) => `delete from verifications where id = '${id}'` },
  'a role': { table: 'role_grants', pick: 'id', change: ({ id }) => `update role_grants set role = case role when 'observer' then 'verifier' else 'observer' end where id = '${id}'` },
  'the role that an account acts under': { table: 'users', pick: 'id', change: ({ id }) => `update users set role = case role when 'observer' then 'secretariat' else 'observer' end where id = '${id}'` },
  'an account, disabled or enabled': { table: 'users', pick: 'id', change: ({ id }) => `update users set disabled_at = case when disabled_at is null then now() end where id = '${id}'` },
  'a rule': { table: 'rules', pick: 'id', change: ({ id }) => `update rules set severity = case severity when 'info' then 'notice' else 'info' end where id = '${id}'` },
  'a ceiling': { table: 'ceilings', pick: 'participant, category', change: ({ participant, category }) => `update ceilings set ceiling = coalesce(ceiling, 0) + 1 where participant = '${participant}' and category = '${category}'` },
  'what was asked for clarification': { table: 'clarifications', pick: 'id', change: ({ id }) => `update clarifications set observed = observed || ' More.' where id = '${id}'` },
  'when a reply is due': { table: 'clarifications', pick: 'id', change: ({ id }) => `update clarifications set due_at = due_at + interval '1 hour' where id = '${id}'` },
  'a request, taken away': { table: 'clarifications', pick: 'id', change: ({ id }) => `delete from clarifications where id = '${id}'` },
  'what was replied': { table: 'clarification_acts', pick: 'id, clarification_id', change: ({ id }) => `update clarification_acts set content = '{"aim": "Another."}' where id = '${id}'` },
  'when it was replied': { table: 'clarification_acts', pick: 'id, clarification_id', change: ({ id }) => `update clarification_acts set at = at - interval '1 hour' where id = '${id}'` },
  'a reply, taken away': { table: 'clarification_acts', pick: 'id, clarification_id', change: ({ id }) => `delete from clarification_acts where id = '${id}'` },
  'whom a message told': { table: 'messages', pick: 'id, subject', change: ({ id }) => `update messages set addressees = addressees || '{observers}' where id = '${id}'` },
  'the words of a message': { table: 'messages', pick: 'id, subject', change: ({ id }) => `update messages set words = words || '.' where id = '${id}'` },
  'how long an outage was': { table: 'outages', pick: 'id', change: ({ id }) => `update outages set to_at = to_at + interval '1 hour' where id = '${id}'` },
  'the words of a reminder': { table: 'reminders', pick: 'id, obligation', change: ({ id }) => `update reminders set words = words || '.' where id = '${id}'` },
  'a reminder, taken away': { table: 'reminders', pick: 'id, obligation', change: ({ id }) => `delete from reminders where id = '${id}'` },
  'a reminder, put in': {
    table: 'reminders', pick: 'id, obligation', change: ({ id }) => `insert into reminders select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'days', 99))).* from reminders r where id = '${id}'`,
  },
  'the key of a witness': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set vkey = replace(vkey, 'test+', 'test2+') where name = '${name}'` },
  'the address of a witness': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set url = url || '/' where name = '${name}'` },
  'the name of a witness': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set name = name || '9' where name = '${name}'` },
  'whose witness it is': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set participant = case when participant = 'HR' then null else 'HR' end where name = '${name}'` },
  'when a witness was named': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set at = at - interval '1 year' where name = '${name}'` },
  'a witness, retired or taken back': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set retired_at = case when retired_at is null then now() end where name = '${name}'` },
  'when a witness was retired': { table: 'witnesses', pick: 'name', change: ({ name }) => `update witnesses set retired_at = coalesce(retired_at, at) + interval '1 second' where name = '${name}'` },
  'a witness, taken away': { table: 'witnesses', pick: 'name', change: ({ name }) => `delete from witnesses where name = '${name}'` },
  'a witness, put in': {
    table: 'witnesses', pick: 'name', change: ({ name }) => `insert into witnesses select (jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(), 'name', name || '-9', 'vkey', vkey || '9'))).* from witnesses w where name = '${name}'`,
  },
  'the row of a filing in the list': { alone: true, table: 'entries', pick: 'entry_id', change: ({ entry_id: id }) => `update entries set quantity = coalesce(quantity, 0) + 1 where entry_id = '${id}'` },
  'the verification in the list': { alone: true, table: 'entries', pick: 'entry_id', change: ({ entry_id: id }) => `update entries set verification = 'discrepant' where entry_id = '${id}'` },
  'what is said of an earlier version': { alone: true, table: 'entries', pick: 'entry_id', change: ({ entry_id: id }) => `update entries set earlier_version = coalesce(earlier_version, 0) + 1, earlier_verification = 'verified' where entry_id = '${id}'` },
  'what an audience reads': { table: 'filing_views', pick: 'filing_id, rank::text', change: ({ filing_id: id, rank }) => `update filing_views set view = '{}' where filing_id = '${id}' and rank = ${rank}` },
  'a total of holdings': { table: 'holding_totals', pick: 'filing_id, category', change: ({ filing_id: id, category }) => `update holding_totals set in_service = in_service + 1 where filing_id = '${id}' and category = '${category}'` },
  'a line of holdings, taken away': { table: 'holding_lines', pick: 'filing_id, line::text', change: ({ filing_id: id, line }) => `delete from holding_lines where filing_id = '${id}' and line = ${line}` },
  'a figure that was declared': { table: 'declared_figures', pick: 'filing_id, figure', change: ({ filing_id: id, figure }) => `update declared_figures set value = coalesce(value, 0) + 1 where filing_id = '${id}' and figure = '${figure}'` },
  'the days of an activity': { table: 'activities', pick: 'filing_id, line::text', change: ({ filing_id: id, line }) => `update activities set starts_on = starts_on + 1 where filing_id = '${id}' and line = ${line}` },
  'by when an invitation is answered': { table: 'invitations', pick: 'filing_id, invited', change: ({ filing_id: id, invited }) => `update invitations set reply_by = reply_by + 1 where filing_id = '${id}' and invited = '${invited}'` },
  'an invitation, taken away': { table: 'invitations', pick: 'filing_id, invited', change: ({ filing_id: id, invited }) => `delete from invitations where filing_id = '${id}' and invited = '${invited}'` },
  'an invitation of nothing, put in': {
    table: 'invitations', pick: 'gen_random_uuid()::text as other, filing_id, invited', change: ({ filing_id: id, invited, other }) => `insert into invitations select (jsonb_populate_record(i, jsonb_build_object('filing_id', '${other}'::uuid))).* from invitations i where filing_id = '${id}' and invited = '${invited}'`,
  },
  'an answer to an invitation': { table: 'invitation_replies', pick: 'id', change: ({ id }) => `update invitation_replies set answer = case answer when 'accepted' then 'declined' else 'accepted' end where id = '${id}'` },
  'the reason of an answer': { table: 'invitation_replies', pick: 'id', change: ({ id }) => `update invitation_replies set words = coalesce(words, '') || '.' where id = '${id}'` },
  'an answer, taken away': { table: 'invitation_replies', pick: 'id', change: ({ id }) => `delete from invitation_replies where id = '${id}'` },
  'an answer, put in': {
    table: 'invitation_replies', pick: 'id, gen_random_uuid()::text as other', change: ({ id, other }) => `insert into invitation_replies select (jsonb_populate_record(r, jsonb_build_object('id', '${other}'::uuid))).* from invitation_replies r where id = '${id}'`,
  },
  'the name of an observer': { table: 'reply_names', pick: 'reply_id', change: ({ reply_id: id }) => `update reply_names set names = jsonb_set(names, '{0,name}', '"Somebody"') where reply_id = '${id}'` },
  'the names of observers, taken away': { table: 'reply_names', pick: 'reply_id', change: ({ reply_id: id }) => `delete from reply_names where reply_id = '${id}'` },
  'the words of a note': { table: 'observation_notes', pick: 'id', change: ({ id }) => `update observation_notes set words = coalesce(words, '') || '.' where id = '${id}'` },
  'a note, taken away': { table: 'observation_notes', pick: 'id', change: ({ id }) => `delete from observation_notes where id = '${id}'` },
  'a message, taken away': { table: 'messages', pick: 'id', change: ({ id }) => `delete from messages where id = '${id}'` },
  'the text of an entry, made unreadable': { table: 'log_leaves', pick: 'index::text', change: ({ index }) => `update log_leaves set data = '{' where index = ${index}` },
  'the text of an entry': { table: 'log_leaves', pick: 'index::text', change: ({ index }) => `update log_leaves set data = replace(data, '"commitment":"', '"commitment":"0') where index = ${index}` },
  'two entries, exchanged': {
    table: 'log_leaves', pick: 'index::text, (index - 1 + 2 * (index = 0)::int)::text as other',
    change: ({ index, other }) => `update log_leaves l set data = o.data, type = o.type, subject = o.subject, participant = o.participant, at = o.at from log_leaves o where l.index in (${index}, ${other}) and o.index in (${index}, ${other}) and o.index <> l.index`,
  },
  'an entry, taken away': { alone: true, table: 'log_leaves', pick: 'index::text', change: ({ index }) => `delete from log_leaves where index = ${index}` },
  'an entry beyond the end, put in': {
    alone: true, table: 'log_leaves', pick: 'index::text', change: ({ index }) => `insert into log_leaves select h.size + ${index}, l.data, l.type, l.subject, l.participant, l.at from log_leaves l, log_head h where l.index = ${index}`,
  },
  'what an entry is filed under': { table: 'log_leaves', pick: 'index::text', change: ({ index }) => `update log_leaves set participant = case participant when 'RS' then 'HR' else 'RS' end where index = ${index}` },
  'a node': { table: 'log_nodes', pick: 'level::text, index::text', change: ({ level, index }) => `update log_nodes set hash = sha256(hash) where level = ${level} and index = ${index}` },
  'a node, taken away': { table: 'log_nodes', pick: 'level::text, index::text', change: ({ level, index }) => `delete from log_nodes where level = ${level} and index = ${index}` },
  'a node over no entries, put in': { table: 'log_nodes', pick: 'level::text, index::text', change: ({ level, index }) => `insert into log_nodes select level, h.size + index, hash from log_nodes n, log_head h where level = ${level} and index = ${index}` },
  'a checkpoint of an earlier tree, put in': {
    alone: true, table: 'log_checkpoints', pick: 'size::text', change: ({ size }) => `insert into log_checkpoints select (select min(s) from generate_series(1, ${size}) s where s not in (select c.size from log_checkpoints c)), note, at from log_checkpoints where size = ${size}`,
  },
  'a checkpoint': { table: 'log_checkpoints', pick: 'size::text', change: ({ size }) => `update log_checkpoints set note = overlay(note placing 'AAAA' from position(E'\\n' in note) + 12) where size = ${size}` },
}

/** Changes that do not hide each other are made together, as long as each is named by what it changed. */
const TOGETHER = 10
const inBatches = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

/** Whatever is changed, wherever it is, is found and named; and nothing is once it is as it was. */
export const expectFound = async (changed: Change): Promise<void> => {
  const { table, pick, change } = changed
  const places = await ask<Record<string, string>>(`select ${pick} from ${table} order by random() limit ${PLACES}`)
  expect(places.length).toBeGreaterThan(0)
  for (const [index, batch] of inBatches(places, changed.alone ? 1 : TOGETHER).entries()) {
    try {
      await asSuperuser(batch.map(change))
      const findings = await findingsNow(index * batch.length)
      expect(findings.length, JSON.stringify(batch)).toBeGreaterThan(0)
      for (const place of batch) {
        const names = ({ key, words }: Finding) => Object.values(place).some((id) => `${key} ${words}`.includes(id))
        const isNamed = findings.some(names) || (changed.alone && findings.some(({ words }) => /[A-Z]{2}-\d{4}-\d{4}|[Ee]ntr(y|ies) \d+|checkpoint/.test(words)))
        expect(isNamed, `${JSON.stringify(place)}: ${findings.map(({ words }) => words).join(' | ').slice(0, 600)}`).toBe(true)
      }
    } finally {
      await restore(table)
    }
  }
  expect((await checkAll(register(), new Map(warm))).findings).toEqual([])
}
