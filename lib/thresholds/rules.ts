import {
  BODIES, DESIGNATION, PARTICIPANTS, addresseeName, byDesignation, isParticipant, type Addressee, type ParticipantCode,
} from '../participants/rules.ts'
import { formatList } from '../shared/format.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import { ACQUISITION_METRICS } from './metrics-acquisitions.ts'
import { ACTIVITY_METRICS } from './metrics-activities.ts'
import { corrected } from './metrics-corrected.ts'
import { BALANCE_METRICS } from './metrics-balance.ts'
import { CEILING_METRICS } from './metrics-ceilings.ts'
import { DECLARED_METRICS } from './metrics-declared.ts'
import { DEPLOYMENT_METRICS } from './metrics-deployments.ts'
import type { Finding, Measured, Metric } from './metrics-figures.ts'
import { HOLDINGS_METRICS } from './metrics-holdings.ts'
import { viennaDay } from './metrics-projected.ts'
import {
  SEVERITIES, type Alert, type Assessment, type NotTold, type RecipientGroup, type Rule, type Situation, type Subject, type Told,
} from './situation.ts'

export { outstanding, projected } from './metrics-projected.ts'

/** Every measure that a rule may name. Figures come from the rule's params alone, so a changed threshold is data. */
export const METRICS: Readonly<Record<string, Metric>> = {
  ...ACQUISITION_METRICS, ...BALANCE_METRICS, ...CEILING_METRICS, ...HOLDINGS_METRICS, ...DECLARED_METRICS, ...ACTIVITY_METRICS, ...DEPLOYMENT_METRICS,
  'declaration.overdue': () => [], 'clarification.unanswered': () => [], 'filing.corrected': corrected,
}

/** Of every rule the newest version in force on the Vienna day of `filedAt`, in the order given. */
export const rulesInForce = (rules: readonly Rule[], filedAt: string): Rule[] => {
  const day = viennaDay(filedAt)
  const newest = new Map<string, Rule>()
  for (const rule of rules) {
    if (rule.validFrom <= day && rule.version > (newest.get(rule.id)?.version ?? 0)) newest.set(rule.id, rule)
  }
  return [...newest.values()]
}

/** Days of notice that were asked for an activity on the day of its first notice; null where no rule asks. */
export const noticeAsked = (rules: readonly Rule[], filedAt: string): number | null => {
  const [rule] = rulesInForce(rules.filter(({ metric }) => metric === 'activity.late_notice'), filedAt)
  return typeof rule?.params.days === 'number' ? rule.params.days : null
}

/** Whether a political figure holds on a day, both YYYY-MM-DD. */
export const inForceOn = (day: string) => ({ validFrom, validTo }: { validFrom: string; validTo: string | null }): boolean =>
  validFrom <= day && (!validTo || validTo >= day)

const groupsOf = ({ allFor, recipients }: Rule, category: CategoryCode | null): readonly RecipientGroup[] =>
  category !== null && allFor?.includes(category) ? ['all', ...recipients.filter((group) => group !== 'neighbours')] : recipients

/** 'Croatia is adjacent to Serbia', 'Albania watches Serbia'; null for who is neither. */
const nearness = (participant: ParticipantCode, filer: ParticipantCode, { neighbours, watchers }: Situation): string | null => {
  const [name, whom] = [DESIGNATION[participant], DESIGNATION[filer]]
  if (neighbours.includes(participant)) return `${name} is adjacent to ${whom}${watchers.includes(participant) ? ' and watches it' : ''}`
  return watchers.includes(participant) ? `${name} watches ${whom}` : null
}

type Near = Measured['near']

const reasonFor = (
  addressee: Addressee, groups: readonly RecipientGroup[], filer: ParticipantCode, situation: Situation, close: Near,
): string | null => {
  if (addressee === 'secretariat') return 'the secretariat is told of every alert'
  const wasTold = groups.includes('told_before') && situation.correcting?.told.includes(addressee)
  if (wasTold && addressee !== filer) return `${addresseeName(addressee)} was told of an earlier version`
  if (!isParticipant(addressee)) return groups.includes(addressee) ? `the rule addresses the ${addressee}` : null
  if (addressee === filer) return null
  const place = groups.includes('near') ? close?.get(addressee) : undefined
  if (place) return place
  const near = nearness(addressee, filer, situation)
  if (groups.includes('all')) return near ? `${near}, and the rule addresses every participant` : 'the rule addresses every participant'
  return groups.includes('neighbours') ? near : null
}

/** Who is told when the rule is met, each with the reason; never the filer, which sees in its receipt who was told. */
export const recipientsOf = (rule: Rule, category: CategoryCode | null, filer: ParticipantCode, situation: Situation, near?: Near): Told[] => {
  const groups = groupsOf(rule, category)
  return [...PARTICIPANTS, ...BODIES].toSorted(byDesignation).flatMap((recipient) => {
    const reason = reasonFor(recipient, groups, filer, situation, near)
    return reason ? [{ recipient, reason }] : []
  })
}

/** In one pass, so that braces in what was filed stay what they are. A rule that asks for what its metric lacks still tells. */
const filled = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'what is not measured')

const alertFrom = (rule: Rule, found: Measured, filer: ParticipantCode, situation: Situation): Alert => ({
  rule: rule.id,
  version: rule.version,
  title: rule.title,
  severity: rule.severity,
  category: found.category,
  measured: found.measured,
  threshold: found.threshold,
  basis: rule.basis,
  explanation: [filled(rule.explanation, found.values), ...(found.notes ?? [])].join(' '),
  recipients: recipientsOf(rule, found.category, filer, situation, found.near),
})

const whyNotTold = (
  participant: ParticipantCode, told: ReadonlySet<Addressee>, filer: ParticipantCode, situation: Situation,
): string => {
  if (told.size === 0) return 'no rule is met'
  if (![...told].some(isParticipant)) {
    return `what is met is told to ${formatList([...told].toSorted(byDesignation).map(addresseeName))} only`
  }
  const whom = DESIGNATION[filer]
  return nearness(participant, filer, situation) ? 'no rule that is met addresses it' : `not adjacent to ${whom} and not watching it`
}

const notToldOf = (alerts: readonly Alert[], filer: ParticipantCode, situation: Situation): NotTold[] => {
  const told = new Set(alerts.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient)))
  return PARTICIPANTS.filter((participant) => participant !== filer && !told.has(participant))
    .map((participant) => ({ participant, why: whyNotTold(participant, told, filer, situation) }))
}

const gravity = ({ severity }: Alert): number => SEVERITIES.indexOf(severity)

const NO_METRIC: Metric = () => [{ category: null, why: 'this version of the platform cannot measure it' }]

/**
 * What a filing causes: alerts with their recipients, gravest first, what could not be tested, and who is not told. Pure: the preview
 * before sending, the filing itself and a backtest on history call it with the rules, the situation and the instant of their own.
 */
export const assess = (subject: Subject, situation: Situation, rules: readonly Rule[]): Assessment => {
  const found = rulesInForce(rules, subject.filedAt).flatMap((rule) =>
    (METRICS[rule.metric] ?? NO_METRIC)(rule, subject, situation).map((finding: Finding) => ({ rule, finding })))
  const alerts = found
    .flatMap(({ rule, finding }) => ('why' in finding ? [] : [alertFrom(rule, finding, subject.participant, situation)]))
    .toSorted((a, b) => gravity(b) - gravity(a))
  const untested = found.flatMap(({ rule, finding }) => ('why' in finding ? [{ rule: rule.id, ...finding }] : []))
  return { alerts, untested, notTold: notToldOf(alerts, subject.participant, situation) }
}
