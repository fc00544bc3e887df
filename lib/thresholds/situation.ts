import type { ParticipantCode, Addressee } from '../participants/rules.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import type { Facts } from './facts.ts'

export const SEVERITIES = ['info', 'notice', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Whom a rule addresses. `neighbours` are resolved by adjacency and by who chose to watch, `told_before` by who was told of an earlier version, `near` by what the rule measures: those whose territory is within its distance, `asking` the participant that asked for clarification; `secretariat` is always added. */
export const RECIPIENT_GROUPS = ['neighbours', 'all', 'near', 'told_before', 'asking', 'observers', 'verifiers', 'secretariat'] as const
export type RecipientGroup = (typeof RECIPIENT_GROUPS)[number]

/** Figures of a rule, by name and, where they differ, by category: `{ floor: { I: 10, II: 20 } }`, `{ ratio: 0.1 }`; lists of categories or of what is fired. */
export type RuleParams = Record<string, number | Partial<Record<CategoryCode, number>> | readonly string[]>

/** One version of a threshold, as it stands in the register. `metric` names the pure function that measures it. */
export type Rule = {
  id: string
  version: number
  title: string
  metric: string
  condition: string
  params: RuleParams
  severity: Severity
  recipients: readonly RecipientGroup[]
  /** Categories in which the recipients are `all` instead (the drone provision). */
  allFor?: readonly CategoryCode[]
  basis: string
  /** A sentence with {placeholders} that the metric fills. */
  explanation: string
  validFrom: string
  decision: string
}

/** A participant's figures in one category before the filing, without the entry that it belongs to. Pieces. */
export type Position = {
  /** Latest filed declaration that names the category: in service plus in storage; null when none was filed. */
  declared: number | null
  declaredAsOf: string | null
  /** Quantities withheld in that declaration. */
  declaredWithheld: number
  /** Acquisitions contracted or planned and not in the declaration. */
  incoming: number
  /** Such acquisitions whose quantity is withheld: counted here, never as zero. */
  incomingWithheld: number
  /** Disposals not yet carried out at the date of the declaration. */
  outgoing: number
  /** Such disposals whose quantity is withheld: nothing is deducted for them, and an alert says so. */
  outgoingWithheld?: number
}

export type Ceiling = { ceiling: number | null; confirmed: boolean; source: string }

/** Everything that rules may look at besides the filing. Loaded once, in the filing's transaction. */
export type Situation = {
  now: string
  participant: ParticipantCode
  /** Adjacent to the participant by land or sea. */
  neighbours: readonly ParticipantCode[]
  /** Chose to watch the participant. */
  watchers: readonly ParticipantCode[]
  /** Party to Dayton Annex 1-B Article IV (Florence). */
  florenceParty: boolean
  ceilings: Partial<Record<CategoryCode, Ceiling>>
  positions: Partial<Record<ParticipantCode, Partial<Record<CategoryCode, Position>>>>
  /** Projected contribution of this entry's earlier version, pieces; 0 for a new entry. */
  earlier: number
  /** Whether any participant declared or notified this type before, in an entry other than this one or in an earlier version of it. */
  typeKnown: boolean
  /** The participant's declaration before the one being filed. */
  previous: {
    asOf: string
    totals: Partial<Record<CategoryCode, number>>
    /** How many quantities it withholds, by category. */
    withheld?: Partial<Record<CategoryCode, number>>
  } | null
  /** The participant's declaration of the same kind before this one: of personnel the last, of a budget that of the year before on the same basis. */
  earlierDeclared: Facts | null
  /** The version that an amendment takes the place of, and who was told of it or of one before; null otherwise. */
  correcting?: { number: string; version: number; told: readonly Addressee[]; facts: Facts } | null
  /** For an activity: the participant's own active strength as last declared, and its calendar for the year of the first day; null where none is filed. */
  strength?: { active: number; asOf: string } | null
  planned?: { activities: readonly { name: string; startsOn: string; endsOn: string }[] } | null
  /** For a deployment: keys of the types that the participant's other deployments named. */
  deployedTypes?: readonly string[]
  /** Deliveries and disposals notified between the previous declaration's date and this one's, pieces per category. */
  movements: Partial<Record<CategoryCode, { delivered: number; disposed: number; withheld: number }>>
}

/** `amended`: the filing corrects an earlier version of the same stage. */
export type Subject = { facts: Facts; participant: ParticipantCode; filedAt: string; amended?: boolean }

export type Told = { recipient: Addressee; reason: string }

export type Alert = {
  rule: string
  version: number
  title: string
  severity: Severity
  category: CategoryCode | null
  /** What was measured and the limit, in words with their units: '27 → 39, + 44.4 %', '10 % and 2 units'. */
  measured: string
  threshold: string
  basis: string
  explanation: string
  recipients: Told[]
}

/** A rule that could not be tested, and why: shown, never silent. */
export type Untested = { rule: string; category: CategoryCode | null; why: string }
export type NotTold = { participant: ParticipantCode; why: string }

export type Assessment = { alerts: Alert[]; untested: Untested[]; notTold: NotTold[] }
