import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { rows, type Connection } from '../../lib/db/client.ts'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { askClarification, findInsufficient, replyClarification } from '../../lib/clarification/commands.ts'
import { saveDraft } from '../../lib/filings/commands.ts'
import { answerInvitation, writeNote } from '../../lib/observation/commands.ts'
import { changeWatch } from '../../lib/participants/commands.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { filed } from '../support/context.ts'
import { as } from '../support/db.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { acquisition, an, type Payload } from '../support/factories.ts'

/**
 * How each table is tried: `serbian` finds the rows of Serbia (or sent because of it), `column` is what an update would touch, or what
 * it would set; `copy` makes another row like them, which someone would like to have put there.
 */
export type Trial = { serbian: string; column: string; copy: Record<string, unknown> }

const id = () => ({ id: randomUUID() })
const RS = "participant = 'RS'"

/** Serbia's filings, drafts, alerts, acknowledgements and signatures: at least one row in every table. */
export const prepareTrials = async (connection: Connection): Promise<Record<string, Trial>> => {
  const { filing } = await filed(an.acquisition('RS'))
  const other = (await filed(an.disposal('RS'))).filing
  await filed(an.holdings('RS'))
  await filed({ ...(FILING_EXAMPLES.personnel!.value as { kind: 'declaration.personnel'; payload: Payload }), participant: 'RS' })
  const activity = (await filed(FILING_EXAMPLES.activity!.value as { kind: 'notification.activity'; participant: 'RS'; payload: Payload })).filing
  await answerInvitation(as('hr-submitter'), { id: activity.id, answer: 'accepted', observers: [{ name: 'Ivan Horvat', function: 'Colonel' }] })
  await writeNote(as('hr-submitter', { now: new Date('2027-06-03T08:00:00Z') }), { id: activity.id, words: 'As notified.' })
  await saveDraft(as('rs-submitter', { idempotencyKey: 'once' }), {
    id: randomUUID(),
    kind: 'notification.acquisition',
    payload: acquisition(),
    revision: 0,
  })
  await signVerification(as('verifier1'), { id: filing.id, decision: 'verified' })
  await changeWatch(as('rs-submitter'), { watched: 'AL', watching: true })
  const { clarification: request } = await askClarification(as('rs-submitter'), { asked: 'HR', title: 'Troops near Vukovar', observed: 'About 900 troops.', questions: ['aim'] })
  await replyClarification(as('hr-submitter'), { id: request.id, answers: { aim: 'A check.' } })
  await findInsufficient(as('rs-submitter'), { id: request.id, words: 'Of what?' })
  await connection.owner.execute(sql`insert into outages (id, from_at, to_at) values (gen_random_uuid(), now() - interval '2 hours', now())`)
  await connection.owner.execute(sql`insert into pulse (at) values (now())`)
  await connection.owner.execute(sql`insert into incidents (id, title, parties, kind, source) values ('I11', 'Drones', '{RS}', 'drone', 'press') on conflict do nothing`)
  const find = async (query: string) => (await rows<Record<string, string>>(connection.owner, sql.raw(query)))[0]!
  await connection.owner.execute(sql`insert into log_checkpoints (size, note, at) values (1, 'note', now())`)
  await connection.owner.execute(sql`insert into witnesses (id, name, vkey, url, participant, by, at)
    values (gen_random_uuid(), 'RS', 'vkey', 'https://witness.example', 'RS', 'Serbia', now())`)
  await connection.owner.execute(sql`insert into cosignatures (size, witness, line, at) select 1, id, 'line', now() from witnesses`)
  await connection.owner.execute(sql`insert into renewed_cosignatures (size, witness, line, at) select size, witness, line, at from cosignatures`)
  await connection.owner.execute(sql`insert into reminders (id, obligation, participant, rule, title, as_of, due_on, days, severity, addressees, words, at)
    values (gen_random_uuid(), 'RS:holdings.annual:2027-01-01', 'RS', 'holdings.annual', 'title', '2027-01-01', '2026-12-15', 7, 'notice', '{RS,secretariat}', 'words', now())`)
  await connection.owner.execute(sql`insert into findings (id, at, key, words) values (gen_random_uuid(), now(), 'key', 'words')`)
  const toCroatia = await find(`select id from notices where filing_id = '${filing.id}' and addressee = 'HR'`)
  const toBosnia = await find(`select id from notices where filing_id = '${filing.id}' and addressee = 'BA'`)
  await acknowledgeAlert(as('hr-submitter'), { id: toCroatia.id! })
  const submitter = await find("select id from users where email = 'submitter@rs.demo'")
  const ofSubmitter = `user_id = '${submitter.id}'`
  const ofFiling = `filing_id = '${filing.id}'`
  return {
    participants: { serbian: "code = 'RS'", column: 'four_eyes', copy: { code: 'RS' } },
    adjacency: { serbian: "b = 'RS' or a = 'RS'", column: 'note', copy: { a: 'AL', b: 'HR' } },
    watches: { serbian: RS, column: 'at', copy: { watched: 'ME' } },
    categories: { serbian: "code = 'I'", column: 'title', copy: { code: 'X1' } },
    rules: { serbian: "id = 'acquisition.sensitive'", column: 'severity', copy: { version: 2 } },
    ceilings: { serbian: `${RS} and category = 'I'`, column: 'ceiling', copy: { valid_from: '2030-01-01' } },
    reference_state: { serbian: 'single', column: 'revision', copy: {} },
    users: { serbian: "email = 'submitter@rs.demo'", column: 'disabled_at', copy: { ...id(), email: `${randomUUID()}@rs.demo` } },
    credentials: { serbian: ofSubmitter, column: 'password_hash', copy: {} },
    sessions: { serbian: ofSubmitter, column: 'revoked_at', copy: { ...id(), token_hash: '\\x00' } },
    sign_in_attempts: { serbian: "account = 'submitter@rs.demo'", column: 'succeeded', copy: id() },
    role_grants: { serbian: ofSubmitter, column: 'role', copy: id() },
    settings: { serbian: "key = 'auth_secret_hash'", column: 'value', copy: { key: 'other' } },
    drafts: { serbian: RS, column: 'status', copy: id() },
    numbers: { serbian: RS, column: 'last', copy: { year: 1999 } },
    filings: {
      serbian: `id = '${filing.id}'`,
      column: 'summary',
      copy: { ...id(), entry_id: randomUUID(), number: 'RS-2026-9999', supersedes: null },
    },
    filing_payloads: { serbian: ofFiling, column: 'payload', copy: { filing_id: randomUUID() } },
    filing_views: { serbian: `${ofFiling} and rank = 2`, column: 'view', copy: { filing_id: other.id, rank: 9 } },
    entries: {
      serbian: `entry_id = '${filing.id}'`,
      column: 'quantity = 7',
      copy: { entry_id: randomUUID(), verification: 'unverified', signatures: 0 },
    },
    holding_lines: { serbian: RS, column: 'in_service', copy: { line: 999 } },
    holding_totals: { serbian: RS, column: 'in_service', copy: { category: 'E9' } },
    declared_figures: { serbian: `${RS} and figure = 'reserve'`, column: 'value', copy: { figure: 'forged' } },
    activities: { serbian: RS, column: 'name', copy: { line: 99 } },
    invitations: { serbian: RS, column: 'name', copy: { invited: 'RS' } },
    // Croatia's to Serbia's invitation: the neighbour's own.
    invitation_replies: { serbian: "host = 'RS'", column: 'answer', copy: { ...id(), answer: 'declined' } },
    reply_names: { serbian: "host = 'RS'", column: 'names', copy: {} },
    observation_notes: { serbian: "host = 'RS'", column: 'words', copy: id() },
    obligation_rules: { serbian: "id = 'holdings.annual'", column: 'title', copy: { version: 2 } },
    reminders: { serbian: RS, column: 'words', copy: { ...id(), days: 30 } },
    incidents: { serbian: "id = 'I11'", column: 'title', copy: { id: 'I99' } },
    clarifications: { serbian: `id = '${request.id}'`, column: 'title', copy: { ...id(), number: 'RS-C-2026-9999' } },
    clarification_acts: { serbian: `clarification_id = '${request.id}' and act = 'insufficient'`, column: 'act', copy: { ...id(), turn: 9 } },
    messages: { serbian: `subject = '${request.id}' and step = 'asked'`, column: 'words', copy: { ...id(), step: 'other' } },
    outages: { serbian: 'true', column: 'to_at', copy: id() },
    pulse: { serbian: 'single', column: 'at', copy: {} },
    known_types: { serbian: RS, column: 'type', copy: { type_key: 'forged' } },
    verifications: { serbian: ofFiling, column: 'decision', copy: { ...id(), filing_id: other.id } },
    alerts: { serbian: ofFiling, column: 'severity', copy: id() },
    notices: { serbian: `id = '${toCroatia.id}'`, column: 'severity', copy: { ...id(), addressee: 'AL', filing_id: other.id } },
    acknowledgements: { serbian: `notice_id = '${toCroatia.id}'`, column: 'name', copy: { notice_id: toBosnia.id! } },
    deliveries: {
      serbian: `${ofFiling} and addressee = 'HR'`,
      column: 'state',
      copy: { ...id(), channel: 'email', notice_id: toBosnia.id! },
    },
    audit_events: { serbian: `${ofSubmitter}`, column: 'outcome', copy: id() },
    idempotency_keys: { serbian: ofSubmitter, column: 'response', copy: { key: 'another' } },
    log_leaves: { serbian: `subject = '${filing.id}'`, column: 'data', copy: { index: 99_999 } },
    log_nodes: { serbian: 'level = 0 and index = 0', column: 'hash', copy: { index: 99_999 } },
    log_head: { serbian: 'single', column: 'size', copy: {} },
    log_checkpoints: { serbian: 'size = 1', column: 'note', copy: { size: 2 } },
    witnesses: { serbian: RS, column: 'retired_at', copy: { ...id(), name: 'other', vkey: 'other' } },
    cosignatures: { serbian: 'size = 1', column: 'line', copy: { size: 1, witness: randomUUID() } },
    renewed_cosignatures: { serbian: 'size = 1', column: 'line', copy: { witness: randomUUID() } },
    findings: { serbian: "key = 'key'", column: 'words', copy: { ...id(), key: 'other' } },
  }
}
