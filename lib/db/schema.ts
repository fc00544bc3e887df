import { sql } from 'drizzle-orm'
import {
  bigint, boolean, check, customType, date, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp,
  unique, uniqueIndex, uuid,
} from 'drizzle-orm/pg-core'
import type { Json } from '../log/canonical.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import type { Addressee, ParticipantCode } from '../participants/rules.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { CATEGORY_CODES } from '../taxonomy/rules.ts'
import { KIND_NAMES, type KindName } from '../filings/kinds/registry.ts'
import { ACTIONS, DRAFT_STATUSES, type Action, type DraftStatus, type EntryStatus, type PlaceRemark, ENTRY_STATUSES } from '../filings/rules.ts'
import { DECISIONS, VERIFICATION_STATUSES, type Decision, type VerificationStatus } from '../verification/rules.ts'
import { SEVERITIES, type RecipientGroup, type RuleParams, type Severity, type Told } from '../thresholds/situation.ts'
import { ROLES, type Role } from '../auth/policy.ts'
import { CHANNELS, DELIVERY_STATES, type Channel, type DeliveryState } from '../alerts/rules.ts'
import { ACTS, type Act, type ActContent } from '../clarification/rules.ts'
import type { Question } from '../clarification/words.ts'
import { MATTERS, type Matter } from '../messages/rules.ts'
import { ANSWERS, NOTE_ACTS, type Answer, type NoteAct, type ObserverName } from '../observation/rules.ts'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
const oneOf = (column: string, values: readonly string[]) => sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(', ')})`)

// Reference data: political figures with their source and the date from which they hold.

export const participants = pgTable('participants', {
  code: text().primaryKey().$type<ParticipantCode>(),
  designation: text().notNull(),
  capital: text().notNull(),
  florenceParty: boolean('florence_party').notNull(),
  /** Whether a second person releases what a first one drafts. */
  fourEyes: boolean('four_eyes').notNull().default(true),
  source: text().notNull(),
}, () => [check('participants_code', oneOf('code', PARTICIPANTS))])

export const adjacency = pgTable('adjacency', {
  a: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  b: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  kind: text().notNull(),
  note: text(),
  source: text().notNull(),
  validFrom: date('valid_from').notNull(),
}, (t) => [primaryKey({ columns: [t.a, t.b, t.kind] }), check('adjacency_kind', oneOf('kind', ['land', 'sea', 'river', 'lake']))])

export const watches = pgTable('watches', {
  participant: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  watched: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  by: uuid().notNull(),
  at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.participant, t.watched] })])

export const categories = pgTable('categories', {
  code: text().primaryKey().$type<CategoryCode>(),
  title: text().notNull(),
  definition: text().notNull(),
  group: text('group').notNull(),
  position: smallint().notNull(),
})

export const rules = pgTable('rules', {
  id: text().notNull(),
  version: integer().notNull(),
  title: text().notNull(),
  metric: text().notNull(),
  condition: text().notNull(),
  params: jsonb().notNull().$type<RuleParams>(),
  severity: text().notNull().$type<Severity>(),
  recipients: jsonb().notNull().$type<RecipientGroup[]>(),
  allFor: jsonb('all_for').$type<CategoryCode[]>(),
  basis: text().notNull(),
  explanation: text().notNull(),
  validFrom: date('valid_from').notNull(),
  decision: text().notNull(),
}, (t) => [primaryKey({ columns: [t.id, t.version] }), check('rules_severity', oneOf('severity', SEVERITIES))])

export const ceilings = pgTable('ceilings', {
  participant: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  category: text().notNull().references(() => categories.code).$type<CategoryCode>(),
  ceiling: integer(),
  confirmed: boolean().notNull(),
  validFrom: date('valid_from').notNull(),
  validTo: date('valid_to'),
  source: text().notNull(),
  note: text(),
}, (t) => [primaryKey({ columns: [t.participant, t.category, t.validFrom] })])

/** Due dates: what every participant owes for a cycle, versioned as rules are. */
export const obligationRules = pgTable('obligation_rules', {
  id: text().notNull(),
  version: integer().notNull(),
  title: text().notNull(),
  kind: text().notNull().$type<KindName>(),
  asOfMonthDay: text('as_of_month_day').notNull(),
  dueYearOffset: smallint('due_year_offset').notNull(),
  dueMonthDay: text('due_month_day'),
  monthsAfter: smallint('months_after'),
  validFrom: date('valid_from').notNull(),
  basis: text().notNull(),
  decision: text().notNull(),
}, (t) => [
  primaryKey({ columns: [t.id, t.version] }), check('obligation_rules_kind', oneOf('kind', KIND_NAMES)),
  check('obligation_rules_due', sql`(due_month_day is null) <> (months_after is null)`),
])

/** One row: raised by a trigger whenever reference data changes, so that a process knows when its copy is stale. */
export const referenceState = pgTable('reference_state', {
  single: boolean().primaryKey().default(true),
  revision: bigint({ mode: 'number' }).notNull(),
}, () => [check('reference_state_one', sql`single`)])

// People. Passwords and session tokens are in tables that the application's role cannot read.

export const users = pgTable('users', {
  id: uuid().primaryKey(),
  email: text().notNull().unique(),
  name: text().notNull(),
  role: text().notNull().$type<Exclude<Role, 'public'>>(),
  /** One of the seven, or null for those who are of none. */
  participant: text().references(() => participants.code).$type<ParticipantCode>(),
  /** Who sent them: a participant's ministry, Austria, the OSCE ... */
  affiliation: text().notNull(),
  disabledAt: at('disabled_at'),
  createdAt: at('created_at').notNull(),
}, () => [check('users_role', oneOf('role', ROLES.filter((role) => role !== 'public')))])

export const credentials = pgTable('credentials', {
  userId: uuid('user_id').primaryKey().references(() => users.id),
  /** Argon2id, PHC string. */
  passwordHash: text('password_hash').notNull(),
  changedAt: at('changed_at').notNull(),
})

export const sessions = pgTable('sessions', {
  id: uuid().primaryKey(),
  tokenHash: bytea('token_hash').notNull().unique(),
  userId: uuid('user_id').notNull().references(() => users.id),
  kind: text().notNull().$type<'browser' | 'api_key'>(),
  label: text(),
  createdAt: at('created_at').notNull(),
  lastSeenAt: at('last_seen_at').notNull(),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
}, () => [check('sessions_kind', oneOf('kind', ['browser', 'api_key']))])

export const signInAttempts = pgTable('sign_in_attempts', {
  id: uuid().primaryKey(),
  account: text().notNull(),
  ip: text(),
  succeeded: boolean().notNull(),
  at: at('at').notNull(),
}, (t) => [index('sign_in_attempts_account').on(t.account, t.at), index('sign_in_attempts_ip').on(t.ip, t.at)])

export const roleGrants = pgTable('role_grants', {
  id: uuid().primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id),
  role: text().notNull().$type<Role>(),
  participant: text().$type<ParticipantCode>(),
  granted: boolean().notNull(),
  by: text().notNull(),
  at: at('at').notNull(),
  salt: bytea().notNull(),
})

export const settings = pgTable('settings', { key: text().primaryKey(), value: text().notNull() })

// Filings. `filings` and `filing_payloads` never change; what follows them are projections that can be rebuilt.

export const drafts = pgTable('drafts', {
  /** Becomes the id of the filing. */
  id: uuid().primaryKey(),
  participant: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  kind: text().notNull().$type<KindName>(),
  action: text().notNull().$type<Action>(),
  /** The filing that this one follows, corrects or withdraws. */
  basedOn: uuid('based_on'),
  /** As typed: may be incomplete. */
  payload: jsonb().notNull().$type<Record<string, Json>>(),
  reason: text(),
  status: text().notNull().$type<DraftStatus>(),
  revision: integer().notNull(),
  remark: text(),
  /** Of single places, beside the remark; none once it is sent again. */
  remarks: jsonb().notNull().default([]).$type<PlaceRemark[]>(),
  draftedBy: uuid('drafted_by').notNull().references(() => users.id),
  draftedByName: text('drafted_by_name').notNull(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
  submittedAt: at('submitted_at'),
}, (t) => [
  check('drafts_status', oneOf('status', DRAFT_STATUSES)), check('drafts_kind', oneOf('kind', KIND_NAMES)),
  index('drafts_participant').on(t.participant, t.status),
])

export const numbers = pgTable('numbers', {
  participant: text().notNull().$type<ParticipantCode>(),
  year: integer().notNull(),
  last: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.participant, t.year] })])

export const filings = pgTable('filings', {
  id: uuid().primaryKey(),
  /** The id of the first version: what all versions share. */
  entryId: uuid('entry_id').notNull(),
  number: text().notNull(),
  version: integer().notNull(),
  action: text().notNull().$type<Action>(),
  kind: text().notNull().$type<KindName>(),
  participant: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  /** The version that this one takes the place of. */
  supersedes: uuid(),
  reason: text(),
  summary: text().notNull(),
  /** SHA-256(salt || canonical payload), hex. */
  commitment: text().notNull(),
  filedAt: at('filed_at').notNull(),
  recordedAt: at('recorded_at').notNull().default(sql`clock_timestamp()`),
  /** Compiled from open sources and loaded as history: not an official filing. */
  compiled: boolean().notNull(),
}, (t) => [
  unique('filings_entry_version').on(t.entryId, t.version), unique('filings_number_version').on(t.number, t.version),
  unique('filings_supersedes').on(t.supersedes),
  check('filings_kind', oneOf('kind', KIND_NAMES)), check('filings_action', oneOf('action', ACTIONS)),
  index('filings_participant').on(t.participant, t.filedAt),
])

/** What only the owner and verifiers read: the whole payload, its salt, and who drafted and released it. */
export const filingPayloads = pgTable('filing_payloads', {
  filingId: uuid('filing_id').primaryKey().references(() => filings.id),
  participant: text().notNull().$type<ParticipantCode>(),
  salt: bytea().notNull(),
  /** Canonical JSON (RFC 8785), the bytes that were committed to. */
  payload: text().notNull(),
  draftedBy: uuid('drafted_by').notNull(),
  draftedByName: text('drafted_by_name').notNull(),
  releasedBy: uuid('released_by').notNull(),
  releasedByName: text('released_by_name').notNull(),
})

export const filingViews = pgTable('filing_views', {
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  participant: text().notNull().$type<ParticipantCode>(),
  /** 0 public, 1 observer, 2 participant: the payload as that audience may read it. */
  rank: smallint().notNull(),
  view: text().notNull(),
}, (t) => [primaryKey({ columns: [t.filingId, t.rank] })])

/** The register's list: one row an entry, its newest version, public facts only. */
export const entries = pgTable('entries', {
  entryId: uuid('entry_id').primaryKey(),
  filingId: uuid('filing_id').notNull(),
  number: text().notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  kind: text().notNull().$type<KindName>(),
  version: integer().notNull(),
  status: text().notNull().$type<EntryStatus>(),
  category: text().$type<CategoryCode>(),
  type: text(),
  typeKey: text('type_key'),
  quantity: integer(),
  delivered: integer(),
  counterpart: text(),
  stage: text(),
  mode: text(),
  replaces: text(),
  fromYear: integer('from_year'),
  toYear: integer('to_year'),
  doneOn: date('done_on'),
  counted: boolean().notNull(),
  asOf: date('as_of'),
  summary: text().notNull(),
  verification: text().notNull().$type<VerificationStatus>(),
  signatures: smallint().notNull(),
  /** The newest earlier version that verifiers decided on, and how. The database carries it over when a version takes the place of another. */
  earlierVersion: integer('earlier_version'),
  earlierVerification: text('earlier_verification').$type<Decision>(),
  compiled: boolean().notNull(),
  firstFiledAt: at('first_filed_at').notNull(),
  filedAt: at('filed_at').notNull(),
  /** What full-text search looks in: public words only. */
  words: text().notNull(),
  search: tsvector().generatedAlwaysAs(sql`to_tsvector('simple'::regconfig, words)`),
}, (t) => [
  check('entries_category', oneOf('category', CATEGORY_CODES)), check('entries_verification', oneOf('verification', VERIFICATION_STATUSES)),
  check('entries_status', oneOf('status', ENTRY_STATUSES)),
  index('entries_filed').on(t.filedAt, t.entryId),
  index('entries_category_filed').on(t.category, t.filedAt, t.entryId),
  index('entries_participant').on(t.participant, t.kind, t.filedAt),
  index('entries_category_kind').on(t.category, t.kind, t.participant),
  index('entries_search').using('gin', t.search),
  uniqueIndex('entries_one_declaration').on(t.participant, t.kind, t.asOf, sql`coalesce(mode, '')`).where(sql`kind not like 'notification.%' and status = 'filed' and not compiled`),
])

/** Lines of declarations, newest versions only; sites are not here. */
export const holdingLines = pgTable('holding_lines', {
  filingId: uuid('filing_id').notNull(),
  line: integer().notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  asOf: date('as_of').notNull(),
  category: text().notNull().$type<CategoryCode>(),
  type: text().notNull(),
  inService: integer('in_service'),
  inStorage: integer('in_storage'),
  unit: text(),
}, (t) => [primaryKey({ columns: [t.filingId, t.line] }), index('holding_lines_participant').on(t.participant, t.category, t.asOf)])

/** Sums of those lines per category, public. A test proves them equal to the lines. */
export const holdingTotals = pgTable('holding_totals', {
  filingId: uuid('filing_id').notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  asOf: date('as_of').notNull(),
  category: text().notNull().$type<CategoryCode>(),
  inService: integer('in_service').notNull(),
  inStorage: integer('in_storage').notNull(),
  withheld: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.filingId, t.category] }), index('holding_totals_latest').on(t.participant, t.category, t.asOf)])

/** Figures that declarations other than of holdings state, newest versions only: each row for those whose rank may read it. */
export const declaredFigures = pgTable('declared_figures', {
  filingId: uuid('filing_id').notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  kind: text().notNull().$type<KindName>(),
  asOf: date('as_of').notNull(),
  /** Of a budget, its basis. */
  mode: text(),
  figure: text().notNull(),
  /** Null: withheld. */
  value: doublePrecision(),
  unit: text().notNull(),
  rank: smallint().notNull(),
}, (t) => [primaryKey({ columns: [t.filingId, t.figure] }), index('declared_figures_series').on(t.kind, t.figure, t.participant, t.asOf)])

/** Activities, deployments and flights that are notified, and those that calendars hold (`line` 1 and on), newest versions only. Public. */
export const activities = pgTable('activities', {
  filingId: uuid('filing_id').notNull(),
  line: smallint().notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  kind: text().notNull().$type<KindName>(),
  name: text().notNull(),
  /** What sort of its kind: 'exercise', 'movement', 'armed'. */
  sort: text().notNull(),
  /** The first and the last day that they can mean; the last is null where no end is planned. */
  startsOn: date('starts_on').notNull(),
  endsOn: date('ends_on'),
  /** Known to the year only. */
  vague: boolean().notNull(),
  personnel: integer(),
  /** ISO codes, between blanks. */
  forces: text().notNull(),
  place: text(),
  /** As stated, in canonical JSON. */
  area: text(),
  /** Whole days from the first notice to the first day; null where no notice is owed, and in history. */
  noticeDays: smallint('notice_days'),
}, (t) => [primaryKey({ columns: [t.filingId, t.line] }), index('activities_days').on(t.startsOn, t.endsOn)])

/** Who is invited to observe what is notified, newest versions only. */
export const invitations = pgTable('invitations', {
  filingId: uuid('filing_id').notNull(),
  entryId: uuid('entry_id').notNull(),
  /** Who holds the activity. */
  participant: text().notNull().$type<ParticipantCode>(),
  invited: text().notNull().$type<ParticipantCode>(),
  name: text().notNull(),
  startsOn: date('starts_on').notNull(),
  endsOn: date('ends_on').notNull(),
  replyBy: date('reply_by').notNull(),
}, (t) => [primaryKey({ columns: [t.filingId, t.invited] }), index('invitations_entry').on(t.entryId), index('invitations_invited').on(t.invited, t.replyBy)])

/** Types the register has met, by category: what forms suggest and what "first of its type" looks up. */
export const knownTypes = pgTable('known_types', {
  typeKey: text('type_key').notNull(),
  category: text().notNull().$type<CategoryCode>(),
  participant: text().notNull().$type<ParticipantCode>(),
  type: text().notNull(),
  firstFilingId: uuid('first_filing_id').notNull(),
  firstFiledAt: at('first_filed_at').notNull(),
}, (t) => [primaryKey({ columns: [t.typeKey, t.category, t.participant] })])

// Verification: signatures are facts, the status is derived from them.

export const verifications = pgTable('verifications', {
  id: uuid().primaryKey(),
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  entryId: uuid('entry_id').notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  decision: text().notNull().$type<Decision>(),
  remark: text(),
  verifierId: uuid('verifier_id').notNull().references(() => users.id),
  verifierName: text('verifier_name').notNull(),
  verifierParticipant: text('verifier_participant').$type<ParticipantCode>(),
  affiliation: text().notNull(),
  at: at('at').notNull(),
  salt: bytea().notNull(),
}, (t) => [unique('verifications_once').on(t.filingId, t.verifierId), check('verifications_decision', oneOf('decision', DECISIONS))])

// Alerts: written in the filing's transaction. A notice is what one addressee receives of one filing: one message, several reasons.

export const alerts = pgTable('alerts', {
  id: uuid().primaryKey(),
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  participant: text().notNull().$type<ParticipantCode>(),
  rule: text().notNull(),
  ruleVersion: integer('rule_version').notNull(),
  title: text().notNull(),
  severity: text().notNull().$type<Severity>(),
  category: text().$type<CategoryCode>(),
  measured: text().notNull(),
  threshold: text().notNull(),
  basis: text().notNull(),
  explanation: text().notNull(),
  told: jsonb().notNull().$type<Told[]>(),
  addressees: text().array().notNull().$type<Addressee[]>(),
  issuedAt: at('issued_at').notNull(),
}, (t) => [index('alerts_filing').on(t.filingId), index('alerts_issued').on(t.issuedAt), check('alerts_severity', oneOf('severity', SEVERITIES))])

export const notices = pgTable('notices', {
  id: uuid().primaryKey(),
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  participant: text().notNull().$type<ParticipantCode>(),
  addressee: text().notNull().$type<Addressee>(),
  severity: text().notNull().$type<Severity>(),
  issuedAt: at('issued_at').notNull(),
  /** From history that was loaded: in the register, not in an inbox. */
  historic: boolean().notNull(),
  /** Of what was committed to in the log: whoever reads the notice can prove it. */
  salt: bytea().notNull(),
}, (t) => [unique('notices_once').on(t.filingId, t.addressee), index('notices_addressee').on(t.addressee, t.issuedAt)])

export const acknowledgements = pgTable('acknowledgements', {
  noticeId: uuid('notice_id').primaryKey().references(() => notices.id),
  addressee: text().notNull().$type<Addressee>(),
  participant: text().notNull().$type<ParticipantCode>(),
  userId: uuid('user_id').notNull(),
  name: text().notNull(),
  at: at('at').notNull(),
  salt: bytea().notNull(),
})

export const deliveries = pgTable('deliveries', {
  id: uuid().primaryKey(),
  noticeId: uuid('notice_id').notNull().references(() => notices.id),
  filingId: uuid('filing_id').notNull(),
  participant: text().notNull().$type<ParticipantCode>(),
  addressee: text().notNull().$type<Addressee>(),
  channel: text().notNull().$type<Channel>(),
  state: text().notNull().$type<DeliveryState>(),
  attempts: integer().notNull().default(0),
  detail: text(),
  sentTo: text('sent_to'),
  subject: text(),
  bodyText: text('body_text'),
  bodyHtml: text('body_html'),
  queuedAt: at('queued_at').notNull(),
  updatedAt: at('updated_at').notNull(),
}, (t) => [
  unique('deliveries_once').on(t.noticeId, t.channel), index('deliveries_filing').on(t.filingId), index('deliveries_state').on(t.state, t.queuedAt),
  check('deliveries_channel', oneOf('channel', CHANNELS)), check('deliveries_state', oneOf('state', DELIVERY_STATES)),
])

// Matters between participants: invitations to observe and requests for clarification. Each act is a row that never changes.

/** What an invited participant answered; a later answer takes the place of an earlier one. */
export const invitationReplies = pgTable('invitation_replies', {
  id: uuid().primaryKey(),
  entryId: uuid('entry_id').notNull(),
  /** The version that was answered. */
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  host: text().notNull().$type<ParticipantCode>(),
  participant: text().notNull().$type<ParticipantCode>(),
  answer: text().notNull().$type<Answer>(),
  /** How many are named; their names are apart, since fewer may read them. */
  observers: smallint().notNull(),
  words: text(),
  at: at('at').notNull(),
  by: uuid().notNull(),
  byName: text('by_name').notNull(),
  salt: bytea().notNull(),
}, (t) => [index('invitation_replies_entry').on(t.entryId, t.at), check('invitation_replies_answer', oneOf('answer', ANSWERS))])

/** Whom a reply names: for the host and the sender only. */
export const replyNames = pgTable('reply_names', {
  replyId: uuid('reply_id').primaryKey().references(() => invitationReplies.id),
  host: text().notNull().$type<ParticipantCode>(),
  participant: text().notNull().$type<ParticipantCode>(),
  names: jsonb().notNull().$type<ObserverName[]>(),
})

/** What observers saw, who of the others joins in saying so, and what the host says of it. */
export const observationNotes = pgTable('observation_notes', {
  id: uuid().primaryKey(),
  entryId: uuid('entry_id').notNull(),
  filingId: uuid('filing_id').notNull().references(() => filings.id),
  host: text().notNull().$type<ParticipantCode>(),
  participant: text().notNull().$type<ParticipantCode>(),
  act: text().notNull().$type<NoteAct>(),
  /** The note that is joined or commented on. */
  about: uuid(),
  words: text(),
  at: at('at').notNull(),
  by: uuid().notNull(),
  byName: text('by_name').notNull(),
  salt: bytea().notNull(),
}, (t) => [
  index('observation_notes_entry').on(t.entryId, t.at), unique('observation_notes_once').on(t.about, t.participant, t.act), check('observation_notes_act', oneOf('act', NOTE_ACTS)),
])

/** One participant asks another about an activity, or about what was seen. */
export const clarifications = pgTable('clarifications', {
  id: uuid().primaryKey(),
  number: text().notNull().unique(),
  asking: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  asked: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  /** The filing that it is about; null where it is about none. */
  filingId: uuid('filing_id').references(() => filings.id),
  title: text().notNull(),
  observed: text().notNull(),
  observedOn: date('observed_on'),
  place: text(),
  questions: text().array().notNull().$type<Question[]>(),
  more: text(),
  /** Chosen by who asks: every participant may read it. Else the two may, until a meeting is called. */
  shownToAll: boolean('shown_to_all').notNull(),
  at: at('at').notNull(),
  /** When the reply is due: elapsed hours, whatever clocks show. */
  dueAt: at('due_at').notNull(),
  by: uuid().notNull(),
  byName: text('by_name').notNull(),
  salt: bytea().notNull(),
}, (t) => [check('clarifications_others', sql`asking <> asked`), index('clarifications_due').on(t.dueAt), index('clarifications_filing').on(t.filingId)])

export const clarificationActs = pgTable('clarification_acts', {
  id: uuid().primaryKey(),
  clarificationId: uuid('clarification_id').notNull().references(() => clarifications.id),
  turn: smallint().notNull(),
  act: text().notNull().$type<Act>(),
  participant: text().notNull().$type<ParticipantCode>(),
  content: jsonb().notNull().$type<ActContent>(),
  at: at('at').notNull(),
  /** By when a meeting that is called is to be held. */
  dueAt: at('due_at'),
  by: uuid().notNull(),
  byName: text('by_name').notNull(),
  salt: bytea().notNull(),
}, (t) => [unique('clarification_acts_turn').on(t.clarificationId, t.turn), check('clarification_acts_act', oneOf('act', ACTS))])

/** What addressees are told of such a matter: an act of another, a reminder, a clock that ran out. Each step of a matter once. */
export const messages = pgTable('messages', {
  id: uuid().primaryKey(),
  matter: text().notNull().$type<Matter>(),
  /** The clarification, or the entry that is to be observed. */
  subject: uuid().notNull(),
  step: text().notNull(),
  /** Whose act it tells of; null: the register's own. */
  participant: text().$type<ParticipantCode>(),
  addressees: text().array().notNull().$type<Addressee[]>(),
  severity: text().notNull().$type<Severity>(),
  /** The rule that was met, of a clock that ran out. */
  rule: text(),
  ruleVersion: integer('rule_version'),
  title: text().notNull(),
  words: text().notNull(),
  /** Where to read and answer it, within the register. */
  path: text().notNull(),
  at: at('at').notNull(),
  salt: bytea().notNull(),
}, (t) => [
  unique('messages_once').on(t.subject, t.step), index('messages_at').on(t.at), check('messages_matter', oneOf('matter', MATTERS)), check('messages_severity', oneOf('severity', SEVERITIES)),
])

/** When the register could not remind, deliver or be read: clocks did not stop. */
export const outages = pgTable('outages', {
  id: uuid().primaryKey(),
  fromAt: at('from_at').notNull(),
  toAt: at('to_at').notNull(),
})

/** One row: when the worker was last at work. */
export const pulse = pgTable('pulse', { single: boolean().primaryKey().default(true), at: at('at').notNull() }, () => [check('pulse_one', sql`single`)])

/** Reported by third parties, filed by nobody: for the regional timeline. */
export const incidents = pgTable('incidents', {
  id: text().primaryKey(),
  happenedOn: date('happened_on'),
  year: integer(),
  title: text().notNull(),
  parties: text().array().notNull().$type<ParticipantCode[]>(),
  place: text(),
  kind: text().notNull(),
  source: text().notNull(),
  note: text(),
})

// What happened, and answers already given.

export const auditEvents = pgTable('audit_events', {
  id: uuid().primaryKey(),
  at: at('at').notNull(),
  type: text().notNull(),
  outcome: text().notNull().$type<'done' | 'refused'>(),
  userId: uuid('user_id'),
  role: text().notNull(),
  participant: text(),
  subject: text(),
  detail: jsonb().notNull().$type<Record<string, Json>>(),
  requestId: text('request_id').notNull(),
  ip: text(),
}, (t) => [index('audit_events_at').on(t.at), index('audit_events_subject').on(t.subject)])

export const idempotencyKeys = pgTable('idempotency_keys', {
  userId: uuid('user_id').notNull(),
  key: text().notNull(),
  fingerprint: text().notNull(),
  response: text().notNull(),
  at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.userId, t.key] })])

// The transparency log. Leaves, nodes and checkpoints are only ever added, by functions of the database (drizzle/0003).

export const logLeaves = pgTable('log_leaves', {
  index: bigint({ mode: 'number' }).primaryKey(),
  /** The bytes that were hashed: canonical JSON of type, id, participant, at and commitment. */
  data: text().notNull(),
  type: text().notNull(),
  /** What it is about: the id of a filing, notice or signature; of a rule with its version. */
  subject: text().notNull(),
  participant: text(),
  at: at('at').notNull(),
}, (t) => [index('log_leaves_subject').on(t.subject)])

/** Roots of complete subtrees, RFC 6962: the leaves `index * 2^level` up to `(index + 1) * 2^level`. */
export const logNodes = pgTable('log_nodes', {
  level: smallint().notNull(),
  index: bigint({ mode: 'number' }).notNull(),
  hash: bytea().notNull(),
}, (t) => [primaryKey({ columns: [t.level, t.index] })])

/** One row, locked by who appends: the size, and the roots of the complete subtrees at its right edge, largest first. */
export const logHead = pgTable('log_head', {
  single: boolean().primaryKey().default(true),
  size: bigint({ mode: 'number' }).notNull(),
  frontier: bytea().array().notNull().$type<Uint8Array[]>(),
}, () => [check('log_head_one', sql`single`)])

/** What was signed, of each size that was published. */
export const logCheckpoints = pgTable('log_checkpoints', {
  size: bigint({ mode: 'number' }).primaryKey(),
  note: text().notNull(),
  at: at('at').notNull(),
})

export const witnesses = pgTable('witnesses', {
  id: uuid().primaryKey(),
  /** As policies name it: a participant's code or a word. */
  name: text().notNull().unique(),
  vkey: text().notNull().unique(),
  /** Where its `add-checkpoint` is. */
  url: text().notNull(),
  participant: text().references(() => participants.code).$type<ParticipantCode>(),
  by: text().notNull(),
  at: at('at').notNull(),
  retiredAt: at('retired_at'),
})

export const cosignatures = pgTable('cosignatures', {
  size: bigint({ mode: 'number' }).notNull().references(() => logCheckpoints.size),
  witness: uuid().notNull().references(() => witnesses.id),
  /** The line of the note: `— name base64`. */
  line: text().notNull(),
  /** As the witness states it. */
  at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.size, t.witness] }), index('cosignatures_witness').on(t.witness, t.size)])

/** That a witness signed the same head again: its newest such line, replaced by the next. Receipts keep to the first, above. */
export const renewedCosignatures = pgTable('renewed_cosignatures', {
  witness: uuid().primaryKey(),
  size: bigint({ mode: 'number' }).notNull(),
  line: text().notNull(),
  at: at('at').notNull(),
}, (t) => [foreignKey({ name: 'renewed_cosignatures_first', columns: [t.size, t.witness], foreignColumns: [cosignatures.size, cosignatures.witness] })])

/** What the register's own checking found to disagree. */
/** That a participant was reminded of what it owes, and who was told that it is overdue; each day of an obligation once. */
export const reminders = pgTable('reminders', {
  id: uuid().primaryKey(),
  obligation: text().notNull(),
  participant: text().notNull().references(() => participants.code).$type<ParticipantCode>(),
  rule: text().notNull(),
  title: text().notNull(),
  asOf: date('as_of').notNull(),
  dueOn: date('due_on').notNull(),
  /** After the due date; before it, negative. */
  days: smallint().notNull(),
  severity: text().notNull().$type<Severity>(),
  addressees: text().array().notNull().$type<Addressee[]>(),
  words: text().notNull(),
  at: at('at').notNull(),
}, (t) => [unique('reminders_once').on(t.obligation, t.days), index('reminders_at').on(t.at), check('reminders_severity', oneOf('severity', SEVERITIES))])

export const findings = pgTable('findings', {
  id: uuid().primaryKey(),
  at: at('at').notNull(),
  /** Of what kind, and where: one and the same is told once. */
  key: text().notNull().unique(),
  words: text().notNull(),
})
