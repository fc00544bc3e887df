import type { ParticipantCode } from '../participants/rules.ts'

export const ROLES = ['public', 'observer', 'submitter', 'approver', 'verifier', 'secretariat'] as const
export type Role = (typeof ROLES)[number]
export const ROLE_LABEL = {
  public: 'Public', observer: 'Observer', submitter: 'Submitter', approver: 'Approver', verifier: 'Verifier', secretariat: 'Secretariat',
} as const satisfies Record<Role, string>

const EVERYONE = ROLES
const SIGNED_IN = ['observer', 'submitter', 'approver', 'verifier', 'secretariat'] as const
const MINISTRY = ['submitter', 'approver'] as const

/**
 * The whole policy. Pages, actions and the API ask it through one guard; row-level security repeats it; a test walks every
 * operation with every role and compares. Whose filing it is, is decided by row-level security and the rules of each noun.
 */
export const POLICY = {
  'register.read': EVERYONE,
  'reference.read': EVERYONE,
  'obligation.read': EVERYONE,
  'log.read': EVERYONE,
  'witness.name': ['approver', 'secretariat'],
  'account.sign_in': EVERYONE,
  'account.self': EVERYONE,
  'workspace.read': SIGNED_IN,
  'draft.read': MINISTRY,
  'draft.write': MINISTRY,
  'filing.preview': MINISTRY,
  'filing.submit': MINISTRY,
  'filing.release': ['approver'],
  'filing.return': ['approver'],
  'filing.verify': ['verifier'],
  'alert.read': SIGNED_IN,
  'alert.acknowledge': ['submitter', 'approver', 'verifier', 'secretariat'],
  'clarification.read': ['submitter', 'approver', 'verifier', 'secretariat'],
  'clarification.act': MINISTRY,
  'watch.change': MINISTRY,
  'invitation.read': ['submitter', 'approver', 'verifier', 'secretariat'],
  'invitation.answer': MINISTRY,
  'observation.write': MINISTRY,
  'delivery.read': ['secretariat'],
  'audit.read': ['secretariat'],
  'account.read': ['secretariat'],
  'account.administer': ['secretariat'],
  'participant.administer': ['secretariat'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof POLICY

export const may = (role: Role, permission: Permission): boolean => (POLICY[permission] as readonly Role[]).includes(role)

/** Who is asking, as the database knows them from their session. */
export type Viewer = {
  role: Role
  participant: ParticipantCode | null
  userId: string | null
  name: string
  email: string | null
  affiliation: string | null
  fourEyes: boolean
}

export const PUBLIC_VIEWER: Viewer = { role: 'public', participant: null, userId: null, name: 'Public', email: null, affiliation: null, fourEyes: false }
