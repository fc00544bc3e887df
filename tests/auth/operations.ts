import { randomUUID } from 'node:crypto'
import type { Permission } from '../../lib/auth/policy.ts'
import { generateSigningKey } from '../../lib/log/sign.ts'
import type { ErrorCode } from '../../lib/shared/errors.ts'
import { acquisition } from '../support/factories.ts'
import type { Ground } from './ground.ts'

/** What an operation answers once the policy lets the role in. `shown` and `hidden`: it answers, with or without what was asked about. */
export type Outcome = 'ok' | 'shown' | 'hidden' | ErrorCode
type Ask = (ground: Ground) => unknown
export type Row = {
  permission: Permission
  input: Ask
  own: Outcome
  other: Outcome
  /** Where a person differs from the others of their column. */
  but: Record<string, Outcome>
  /** The id whose presence in the answer makes it `shown`. */
  looksFor?: (ground: Ground) => Promise<string>
}

const everyone = (permission: Permission, input: Ask = () => ({})): Row => ({ permission, input, own: 'ok', other: 'ok', but: {} })
const ofOwn = (permission: Permission, input: Ask): Row => ({ permission, input, own: 'ok', other: 'not_found', but: {} })
const list = (
  permission: Permission, looksFor: (ground: Ground) => Promise<string>, own: Outcome, other: Outcome,
  but: Row['but'] = {}, input: Ask = () => ({ limit: 200 }),
): Row => ({ permission, input, own, other, but, looksFor })

const hr = { kind: 'notification.acquisition', participant: 'HR' }
const payload = acquisition()
const SHEET = 'Category,Type,In service,In storage\r\nI,M-84,195,16\r\n'
const TO_THE_PUBLIC = { public: 'hidden', 'expired cookie': 'hidden' } as const

/**
 * Every operation: what is asked about is Croatia's (a filing, a draft, what waits for approval) or addressed to it (a notice, an alert).
 * The policy says which roles may ask at all; this says what they get. An operation that is not here fails the matrix.
 */
export const OPERATIONS: Record<string, Row> = {
  submitFiling: { ...everyone('filing.submit', () => ({ ...hr, payload })), other: 'forbidden' },
  previewFiling: { ...everyone('filing.preview', () => ({ ...hr, payload })), other: 'forbidden' },
  amendFiling: ofOwn('filing.submit', async ({ filing }) => ({ id: await filing(), payload, reason: 'Corrected.' })),
  withdrawFiling: ofOwn('filing.submit', async ({ filing }) => ({ id: await filing(), reason: 'Cancelled.' })),
  saveDraft: ofOwn('draft.write', async ({ draft }) => ({ id: await draft(), kind: hr.kind, payload, revision: 1 })),
  submitDraft: ofOwn('filing.submit', async ({ draft }) => ({ id: await draft(), revision: 1 })),
  discardDraft: ofOwn('draft.write', async ({ draft }) => ({ id: await draft() })),
  approveFiling: ofOwn('filing.release', async ({ awaiting }) => ({ id: await awaiting() })),
  returnFiling: ofOwn('filing.return', async ({ awaiting }) => ({ id: await awaiting(), remark: 'State the purpose.' })),
  getDraft: ofOwn('draft.read', async ({ draft }) => ({ id: await draft() })),
  listDrafts: list('draft.read', ({ draft }) => draft(), 'shown', 'hidden', {}, () => ({})),
  suggestTypes: everyone('draft.read'),

  listActivities: everyone('register.read'),
  listCalendars: everyone('register.read', () => ({ year: 2027 })),
  listActivityNews: everyone('register.read'),
  listTimeline: everyone('register.read'),
  listFilings: list('register.read', ({ filing }) => filing(), 'shown', 'shown'),
  getFiling: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  getFilingText: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  getReceipt: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  getReceiptPackage: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  getFilingPaper: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  getReceiptSheet: everyone('register.read', async ({ filing }) => ({ id: await filing() })),
  listSignatures: list('register.read', ({ signed }) => signed(), 'shown', 'shown', TO_THE_PUBLIC,
    async ({ signed }) => ({ entryId: await signed() })),
  alertsOfFiling: list('register.read', ({ filing }) => filing(), 'shown', 'shown',
    { ...TO_THE_PUBLIC, observer: 'hidden', 'verifier of none': 'hidden' }, async ({ filing }) => ({ filingId: await filing() })),
  getLog: everyone('log.read'),
  listFindings: everyone('log.read'),
  listLeaves: everyone('log.read'),
  leavesAbout: everyone('log.read', async ({ filing }) => ({ subject: await filing() })),
  listPlaces: everyone('log.read', async ({ filing }) => ({ subjects: [await filing()] })),
  listWitnesses: everyone('log.read'),
  getPolicy: everyone('log.read'),
  getCosigned: everyone('log.read'),
  nameWitness: {
    ...everyone('witness.name', () => ({ name: `HR-${randomUUID()}`, vkey: generateSigningKey('w.example', 0x04).vkey, url: 'https://w.example' })),
    other: 'forbidden',
  },
  retireWitness: { ...everyone('witness.name', async ({ witness }) => ({ id: await witness() })), other: 'forbidden' },
  listCosignatures: everyone('log.read', () => ({ size: 1 })),
  startDeclaration: everyone('draft.write', () => ({ asOf: '2027-01-01' })),
  startDeclared: everyone('draft.write', () => ({ kind: 'declaration.personnel', asOf: '2027-01-01' })),
  listReminders: everyone('obligation.read'),
  listHoldings: everyone('register.read'),
  listDeclarations: everyone('register.read', () => ({ participant: 'HR' })),
  listFigures: everyone('register.read'),
  latestHoldings: everyone('register.read'),
  holdingsPerYear: everyone('register.read'),
  registerFigures: everyone('register.read'),
  listParticipants: everyone('reference.read'),
  listRules: everyone('reference.read'),
  listCeilings: everyone('reference.read'),
  listCategories: everyone('reference.read'),
  measureArea: everyone('draft.write', () => ({ area: { centre: [19.25, 44.2], radiusKm: 8 } })),
  searchPlaces: everyone('draft.write', () => ({ q: 'Loznica' })),
  listObligations: everyone('obligation.read'),

  readSheet: everyone('draft.write', () => ({ file: new File([SHEET], 'holdings.csv') })),
  markSheet: everyone('draft.write', () => ({ file: new File([SHEET], 'holdings.csv') })),
  readDeclaredSheet: everyone('draft.write', () => ({ kind: 'statement.cyber', file: new File(['Field,Value'], 'cyber.csv') })),
  markDeclaredSheet: everyone('draft.write', () => ({ kind: 'statement.cyber', file: new File(['Field,Value'], 'cyber.csv') })),
  getTemplate: everyone('draft.read'),
  getDeclaredTemplate: everyone('draft.read', () => ({ kind: 'statement.cyber' })),
  getSheet: everyone('register.read', async ({ declaration }) => ({ id: await declaration() })),

  verificationQueue: list('filing.verify', ({ filing }) => filing(), 'hidden', 'shown'),
  signVerification: {
    ...everyone('filing.verify', async ({ filing }) => ({ id: await filing(), decision: 'verified' })), own: 'forbidden',
  },

  acknowledgeAlert: ofOwn('alert.acknowledge', async ({ notice }) => ({ id: await notice() })),
  listNotices: list('alert.read', ({ notice }) => notice(), 'shown', 'hidden'),
  listAlerts: list('alert.read', ({ alert }) => alert(), 'shown', 'hidden', { secretariat: 'shown' }),
  countUnacknowledged: everyone('alert.read'),
  countTold: list('alert.read', ({ told }) => told(), 'shown', 'hidden', { secretariat: 'shown' },
    async ({ told }) => ({ filingIds: [await told()] })),
  listUnacknowledged: list('delivery.read', ({ notice }) => notice(), 'shown', 'shown'),
  countDeliveries: everyone('delivery.read'),
  listDeliveries: list('delivery.read', ({ delivery }) => delivery(), 'shown', 'shown'),
  getDelivery: everyone('delivery.read', async ({ delivery }) => ({ id: await delivery() })),

  listMessages: everyone('alert.read'),
  countWaiting: everyone('alert.read'),
  askClarification: { ...everyone('clarification.act', () => ({ asked: 'HR', title: 'Troops near the Una', observed: 'About 900 troops.', questions: ['aim'] })), own: 'invalid' },
  listClarifications: list('clarification.read', ({ request }) => request(), 'shown', 'hidden', {}, () => ({})),
  getClarification: ofOwn('clarification.read', async ({ request }) => ({ id: await request() })),
  replyClarification: ofOwn('clarification.act', async ({ request }) => ({ id: await request(), answers: { aim: 'A check.' } })),
  findInsufficient: { ...ofOwn('clarification.act', async ({ request }) => ({ id: await request(), words: 'Too little.' })), own: 'forbidden' },
  callMeeting: { ...ofOwn('clarification.act', async ({ request }) => ({ id: await request() })), own: 'forbidden' },
  recordMeeting: { ...ofOwn('clarification.act', async ({ request }) => ({ id: await request(), words: 'Held by video.' })), own: 'conflict' },
  showClarification: { ...ofOwn('clarification.act', async ({ request }) => ({ id: await request() })), own: 'forbidden' },
  closeClarification: { ...ofOwn('clarification.act', async ({ request }) => ({ id: await request(), outcome: 'withdrawn', words: 'It fell away.' })), own: 'forbidden' },
  listInvitations: list('invitation.read', ({ invitation }) => invitation(), 'shown', 'shown', {}, () => ({})),
  observationOf: everyone('invitation.read', async ({ invitation }) => ({ id: await invitation() })),
  observationFigures: everyone('invitation.read'),
  answerInvitation: ofOwn('invitation.answer', async ({ invitation }) => ({ id: await invitation(), answer: 'accepted' })),
  writeNote: ofOwn('observation.write', async ({ observed }) => ({ id: await observed(), words: 'As notified.' })),
  joinNote: ofOwn('observation.write', async ({ note }) => ({ id: await note() })),
  commentNote: { ...everyone('observation.write', async ({ noteOnOwn }) => ({ id: await noteOnOwn(), words: 'We thank the observers.' })), other: 'forbidden' },

  listWatches: everyone('workspace.read'),
  changeWatch: everyone('watch.change', () => ({ watched: 'RS', watching: true })),
  changeFourEyes: everyone('participant.administer', () => ({ participant: 'HR', fourEyes: true })),
  listFourEyes: everyone('participant.administer'),
  listEvents: everyone('audit.read'),
  listAccounts: everyone('account.read'),
  changeAccount: everyone('account.administer', async ({ account }) => ({ id: await account(), disabled: true })),
  getViewer: everyone('account.self'),
  signOut: everyone('account.self'),
}

/** Exported from the same files without being an operation. */
export const NOT_OPERATIONS: Record<string, string> = {
  signIn: 'wraps the sign-in operation, whose refusal is a value so that its attempt stays on record: tests/users',
  addresseesOf: 'pure: what a viewer receives as',
  reference: 'takes the context of an operation',
  loadSituation: 'takes the context of an operation',
}
