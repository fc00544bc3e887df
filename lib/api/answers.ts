import { z } from 'zod'
import { KIND_NAMES } from '../filings/kinds/registry.ts'
import { ACQUISITION_MODES, STAGES } from '../filings/kinds/acquisition.ts'
import { ACTIVITY_SORTS } from '../filings/kinds/activity.ts'
import { AGREEMENT_SORTS } from '../filings/kinds/agreement.ts'
import { BUDGET_BASES } from '../filings/kinds/budget.ts'
import { DEPLOYMENT_SORTS } from '../filings/kinds/deployment.ts'
import { DISPOSAL_MODES } from '../filings/kinds/disposal.ts'
import { PlaceRemark } from '../filings/input.ts'
import { ACTIONS, ENTRY_STATUSES, FILING_STATUSES } from '../filings/rules.ts'
import { ANSWERS, NOTE_ACTS, STANDINGS } from '../observation/rules.ts'
import { BODIES, PARTICIPANTS } from '../participants/rules.ts'
import { PACKAGE_FORMAT } from '../proof/package.ts'
import { OBLIGATION_STATES } from '../schedule/rules.ts'
import { CATEGORY_CODES } from '../taxonomy/rules.ts'
import { TIMELINE_SORTS } from '../timeline/rules.ts'
import { RECIPIENT_GROUPS, SEVERITIES } from '../thresholds/situation.ts'
import { DECISIONS, VERIFICATION_STATUSES } from '../verification/rules.ts'

/** What the API answers, for its description. A test holds every answer against these: a member that is not here is a failure. */
const Participant = z.enum(PARTICIPANTS)
const Addressee = z.enum([...PARTICIPANTS, ...BODIES])
const Category = z.enum(CATEGORY_CODES)
const Kind = z.enum(KIND_NAMES)
const Instant = z.iso.datetime().meta({ description: 'UTC' })
const Day = z.iso.date()
const Id = z.uuid()
const Count = z.int().min(0)
const Reason = z.strictObject({ recipient: Addressee, reason: z.string() })

const entryFields = {
  entryId: Id.meta({ description: 'Shared by all versions' }), number: z.string(), participant: Participant, kind: Kind, version: z.int(),
  summary: z.string(), category: Category.nullable(), type: z.string().nullable(),
  quantity: Count.nullable().meta({ description: 'Null when withheld' }), delivered: Count.nullable(),
  counterpart: z.string().nullable().meta({ description: 'Supplier, recipient, or first other party of an agreement, ISO 3166-1 alpha-2' }),
  counterpartName: z.string().nullable(), supplier: z.string().nullish(), recipient: z.string().nullish(), stage: z.enum(STAGES).nullable(),
  mode: z.enum([...ACQUISITION_MODES, ...DISPOSAL_MODES, ...BUDGET_BASES, ...ACTIVITY_SORTS, ...DEPLOYMENT_SORTS, 'armed', 'unarmed', ...AGREEMENT_SORTS]).nullable()
    .meta({ description: 'Of an acquisition or disposal; of other kinds, what sort it is of them' }), replaces: z.string().nullable(),
  deliveries: z.strictObject({ from: z.int(), to: z.int() }).nullable(), asOf: Day.nullable(),
  verification: z.enum(VERIFICATION_STATUSES).meta({ description: 'Of the newest version: each is verified anew' }), signatures: z.int(),
  earlier: z.strictObject({ version: z.int(), verification: z.enum(DECISIONS) }).nullable()
    .meta({ description: 'The newest earlier version that verifiers decided on, and how' }),
  filedAt: Instant, firstFiledAt: Instant,
  compiled: z.boolean().meta({ description: 'Compiled from open sources, not an official filing' }),
}
const Payload = z.record(z.string(), z.unknown()).meta({ description: 'The fields of the kind that you may read' })
const People = z.strictObject({ draftedBy: z.string(), releasedBy: z.string() })

export const FilingItem = z.strictObject({
  id: Id.meta({ description: 'Of the newest version' }), ...entryFields, status: z.enum(ENTRY_STATUSES),
})

const versionFields = {
  id: Id, version: z.int(), action: z.enum(ACTIONS), reason: z.string().nullable(), summary: z.string(), filedAt: Instant,
  status: z.enum(FILING_STATUSES), commitment: z.string().meta({ description: 'SHA-256 of salt and canonical payload, hex' }),
}
export const Filing = z.strictObject({
  ...entryFields, ...versionFields, people: People.nullable(), newest: Id.meta({ description: 'The newest version of the entry' }),
  full: z.boolean().optional(), payload: Payload,
})
export const Draft = z.strictObject({
  id: Id, kind: Kind, participant: Participant, number: z.null(), version: z.int(),
  status: z.enum(['draft', 'awaiting_approval', 'returned', 'discarded']), reason: z.string().nullable(),
  remark: z.string().nullable(),
  remarks: z.array(z.strictObject({
    ...PlaceRemark.shape, was: z.unknown().meta({ description: 'What stood at the place as it was sent; of a line, or within one, the whole line' }),
  })).meta({ description: 'Of an approver, on single places; those of the last return' }),
  revision: z.int(), filedAt: z.null(), payload: Payload,
})
export const Change = z.strictObject({ pointer: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })
export const Version = z.strictObject({ ...versionFields, people: People.optional(), payload: Payload, changes: z.array(Change) })
export const Receipt = z.strictObject({
  filing: Id, number: z.string(), version: z.int(), commitment: z.string(), filedAt: Instant,
  index: z.int().nullable().meta({ description: 'Of the filing’s entry in the transparency log' }),
  proof: z.string().nullable().meta({ description: 'A C2SP tlog-proof: inclusion, and the signed checkpoint; null until it is signed' }),
})
/** With `format=package`. A test holds it against `ReceiptPackage` of lib/proof/package.ts. */
export const ReceiptPackage = z.strictObject({
  format: z.literal(PACKAGE_FORMAT),
  filing: z.strictObject({ id: Id, number: z.string(), version: z.int(), participant: Participant, kind: Kind, filedAt: Instant }),
  payload: z.string().optional().meta({ description: 'The canonical text that was filed; with salt and record, for those who may read it whole' }),
  salt: z.string().optional().meta({ description: '32 bytes in hex: they precede payload and record where these are hashed' }),
  record: z.string().optional().meta({ description: 'The canonical text of what is recorded beside the payload: number, version, reason, people' }),
  leaf: z.string().meta({ description: 'The entry of the log, letter by letter; it states the commitment to the payload' }), index: Count,
  proof: z.string().meta({ description: 'A C2SP tlog-proof of the entry, under the head that most witnesses have cosigned' }),
  recordLeaf: z.string().meta({ description: 'The same for the record' }), recordIndex: Count, recordProof: z.string(),
  vkey: z.string().meta({ description: 'The log’s key as this register gives it; compare it with one from elsewhere' }),
  witnesses: z.array(z.strictObject({ name: z.string(), vkey: z.string() })),
  policy: z.string().nullable().meta({ description: 'Who must cosign (C2SP tlog-policy)' }),
  instructions: z.string().meta({ description: 'How to check it, in plain words' }),
})

export const SheetPayload = z.strictObject({ payload: Payload.meta({ description: 'To be filed as it is, or after a look at it' }) })

const alertFields = {
  rule: z.string(), version: z.int(), severity: z.enum(SEVERITIES), recipients: z.array(Addressee), measured: z.string(),
  threshold: z.string(), explanation: z.string(), basis: z.string(), reasons: z.array(Reason),
}
export const IssuedAlert = z.strictObject({ id: Id, ...alertFields })
export const Filed = z.strictObject({
  filing: z.strictObject({
    id: Id, kind: Kind, participant: Participant, number: z.string().nullable(), version: z.int(),
    status: z.enum(['filed', 'withdrawn', 'awaiting_approval']), filedAt: Instant.nullable(),
  }),
  alerts: z.array(IssuedAlert),
  receipt: Receipt.nullable().meta({ description: 'Null while it awaits approval' }),
})
export const PreviewAnswer = z.strictObject({
  valid: z.boolean(), summary: z.string().nullable(),
  problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
  alerts: z.array(z.strictObject({ ...alertFields, title: z.string(), category: Category.nullable() })),
  untested: z.array(z.strictObject({ rule: z.string(), category: Category.nullable(), why: z.string() }))
    .meta({ description: 'Rules that could not be tested, and why' }),
  notTold: z.array(z.strictObject({ participant: Participant, why: z.string() })),
})
export const Returned = z.strictObject({
  filing: z.strictObject({ id: Id, kind: Kind, participant: Participant, status: z.literal('returned') }), remark: z.string(),
  remarks: z.array(PlaceRemark),
})
export const Signed = z.strictObject({
  filing: z.strictObject({ id: Id, number: z.string(), participant: Participant }), decision: z.enum(DECISIONS),
  verification: z.enum(VERIFICATION_STATUSES), signatures: z.int(), signedAt: Instant,
})
export const AlertItem = z.strictObject({
  id: Id, filing: Id, participant: Participant, ...alertFields, title: z.string(), category: Category.nullable(),
  why: z.string().nullable(), issuedAt: Instant, acknowledgedAt: Instant.nullable(), acknowledgedBy: z.string().nullable(),
})
export const Acknowledged = z.strictObject({
  id: Id, filing: Id, addressee: Addressee, acknowledgedAt: Instant, acknowledgedBy: z.string(),
})
const standingFields = {
  standing: z.enum(STANDINGS).meta({ description: 'Accepted, declined, no answer yet (`waiting`), and no answer by the day asked for: four different things' }),
  named: Count.meta({ description: 'How many observers it names' }), answeredAt: Instant.nullable(), late: z.boolean().meta({ description: 'None was given by the day asked for' }),
}
const activityFields = { host: Participant, name: z.string(), startsOn: Day, endsOn: Day }
export const InvitationItem = z.strictObject({
  filing: z.strictObject({ id: Id, number: z.string() }), ...activityFields, replyBy: Day, invited: Participant, ...standingFields,
  answerable: z.boolean().meta({ description: 'Answers are taken until the first day ends' }),
})
const Names = z.array(z.strictObject({ name: z.string(), function: z.string() })).nullable().meta({ description: 'For the host and the sender; null for all others, and where none is named' })
const Said = { at: Instant, byName: z.string() }
export const Observation = z.strictObject({
  filing: z.strictObject({ id: Id, number: z.string(), version: z.int(), status: z.enum(ENTRY_STATUSES) }), ...activityFields, replyBy: Day.nullable(),
  invitations: z.array(z.strictObject({ participant: Participant, ...standingFields, names: Names })),
  replies: z.array(z.strictObject({
    id: Id, filing: Id.meta({ description: 'The version that was answered' }), participant: Participant, answer: z.enum(ANSWERS), observers: Count, words: z.string().nullable(), ...Said,
    late: z.boolean(), names: Names,
  })).meta({ description: 'All answers, oldest first: of each participant the newest counts' }),
  notes: z.array(z.strictObject({
    id: Id, participant: Participant, words: z.string(), ...Said, joined: z.array(z.strictObject({ participant: Participant, ...Said })),
    comment: z.strictObject({ words: z.string(), ...Said }).nullable().meta({ description: 'Of the host' }),
  })),
  may: z.strictObject({ answer: z.boolean(), note: z.boolean(), comment: z.boolean() }).meta({ description: 'What you may do here now' }),
})
const OfHost = z.strictObject({ id: Id, number: z.string(), participant: Participant })
export const Answered = z.strictObject({ id: Id, filing: OfHost.meta({ description: 'The newest version, whichever was named' }), answer: z.enum(ANSWERS), observers: Count, late: z.boolean(), answeredAt: Instant })
export const Noted = z.strictObject({ id: Id, filing: OfHost, participant: Participant, act: z.enum(NOTE_ACTS), about: Id.nullable().meta({ description: 'The note that is joined or commented on' }), at: Instant })
export const ObligationItem = z.strictObject({
  id: z.string(), participant: Participant, rule: z.string(), title: z.string(), kind: Kind, asOf: Day, dueOn: Day, dueAt: Instant, basis: z.string(),
  state: z.enum(OBLIGATION_STATES), daysLeft: z.int(), daysLate: z.int(), filing: z.strictObject({ id: Id, number: z.string(), filedAt: Instant }).nullable(), nil: z.boolean(),
})
export const HoldingItem = z.strictObject({
  participant: Participant, category: Category, year: z.int(), asOf: Day, inService: Count, inStorage: Count, total: Count,
  withheld: Count.meta({ description: 'Quantities withheld: not counted, and not zero' }), filing: Id,
})
export const TotalItem = z.strictObject({ category: Category, year: z.int(), total: Count })
export const TimelineItem = z.strictObject({
  id: z.string().meta({ description: 'Of the filing, or of the incident' }), sort: z.enum(TIMELINE_SORTS),
  date: z.string().nullable().meta({ description: 'YYYY-MM-DD; YYYY where only the year is known; null where it is not stated. Of an acquisition: when it was first filed as contracted' }),
  until: Day.nullable(), title: z.string(), what: z.string(), participants: z.array(Participant).meta({ description: 'All that it is between, alike' }), others: z.array(z.string()),
  place: z.string().nullable(), filing: z.strictObject({ id: Id, number: z.string() }).nullable().meta({ description: 'Null for an incident, which nobody filed' }),
  compiled: z.boolean(), source: z.string().nullable(), note: z.string().nullable(),
})
export const ParticipantItem = z.strictObject({
  code: Participant, designation: z.string(), capital: z.string(), florenceParty: z.boolean(), neighbours: z.array(Participant),
})
export const CategoryItem = z.strictObject({
  code: Category, group: z.enum(['un', 'emerging', 'supplementary', 'outside']), title: z.string(), name: z.string(),
  definition: z.string(),
})
export const RuleItem = z.strictObject({
  id: z.string(), version: z.int(), title: z.string(), metric: z.string(), condition: z.string(), params: z.record(z.string(), z.unknown()),
  severity: z.enum(SEVERITIES), recipients: z.array(z.enum(RECIPIENT_GROUPS)), allFor: z.array(Category).optional(), basis: z.string(),
  explanation: z.string(), validFrom: Day, decision: z.string(),
})
export const CeilingItem = z.strictObject({
  participant: Participant, party: z.boolean(),
  ceilings: z.array(z.strictObject({
    category: Category, ceiling: Count.nullable(), confirmed: z.boolean(), validFrom: Day, validTo: Day.nullable(), source: z.string(),
    note: z.string().nullable(),
  })),
})
export const WitnessItem = z.strictObject({
  id: Id, name: z.string().meta({ description: 'As policies name it' }), vkey: z.string().meta({ description: 'Its public key (C2SP signed-note)' }),
  url: z.string(), participant: Participant.nullable().meta({ description: 'Null for an outside body' }),
  size: Count.nullable().meta({ description: 'The largest tree that it cosigned' }), at: Instant.nullable().meta({ description: 'When, as it states' }),
})
export const RetiredWitness = z.strictObject({ id: Id, name: z.string(), retiredAt: Instant })
export const ProblemDocument = z.strictObject({
  type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string(), instance: z.string(), requestId: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), parameter: z.string().optional(), detail: z.string() })).optional(),
})

const Next = z.string().nullable().meta({ description: 'Send it as `cursor` for the page after; null on the last' })
export const listOf = (item: z.ZodType) => z.strictObject({ items: z.array(item), next: Next })
export const countedListOf = (item: z.ZodType) => z.strictObject({ items: z.array(item), next: Next, total: z.int() })
