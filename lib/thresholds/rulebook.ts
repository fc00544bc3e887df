import { CATEGORY_CODES, FLORENCE_CATEGORIES, type CategoryCode } from '../taxonomy/rules.ts'
import { ON_ACTIVITIES, ON_DEPLOYMENTS } from './rulebook-activities.ts'
import { BATP, rule } from './rulebook-first.ts'
import type { Rule } from './situation.ts'

const FLORENCE = 'Dayton Annex 1-B, Article IV (Florence, 14 June 1996)'

const SENSITIVE: readonly CategoryCode[] = ['IVa', 'IVb', 'Va', 'Vb', 'VI', 'VIIa', 'E1', 'E4']
/** Armed unmanned systems of every sort: the thesis' drone provision tells every participant, not only the neighbours. */
const DRONES: readonly CategoryCode[] = ['IVb', 'Vb', 'E1']
/** Cyber capability is stated, not counted; what lies outside the categories has no threshold. */
const COUNTED = CATEGORY_CODES.filter((category) => category !== 'E5' && category !== 'none')

const ON_ACQUISITIONS: readonly Rule[] = [
  rule({
    id: 'acquisition.sensitive',
    title: 'Acquisition in a sensitive category',
    metric: 'acquisition.any_quantity',
    condition: 'Any quantity, or an unstated one, in IVa, IVb, Va, Vb, VI, VIIa, E1 and E4; in IVb, Vb and E1 every participant is told.',
    params: { categories: SENSITIVE },
    severity: 'notice', recipients: ['neighbours'], allFor: DRONES,
    basis: `${BATP}; thesis ch. 5 (sensitive acquisitions, drone provision)`,
    explanation: '{participant} {act}. In category {category}, {categoryName}, the rule covers any quantity, and an unstated one.',
  }),
  rule({
    id: 'acquisition.quantity',
    title: 'Acquisition of a large quantity',
    metric: 'acquisition.quantity',
    condition: 'Quantity at or above the floor: I 10, II 20, III 20, VIIb 20, E2 10, E3 10, E9 50, S1 6, S4 30, SALW 5,000.',
    params: { floor: { I: 10, II: 20, III: 20, VIIb: 20, E2: 10, E3: 10, E9: 50, S1: 6, S4: 30, SALW: 5000 } },
    severity: 'notice', recipients: ['neighbours'],
    basis: `${BATP}; OAS CITAAC practice (notice of each acquisition)`,
    explanation: '{participant} {act}. In category {category}, {categoryName}, the rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'acquisition.growth',
    title: 'Projected growth of holdings',
    metric: 'acquisition.projected_growth',
    condition:
      'Projected holdings up by 10 % or more on the last filed declaration and by at least 2 units (25 in II and III), in I to ' +
      'VIIa, E1, E2 and E4.',
    params: { ratio: 0.1, units: { I: 2, II: 25, III: 25, IVa: 2, IVb: 2, Va: 2, Vb: 2, VI: 2, VIIa: 2, E1: 2, E2: 2, E4: 2 } },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; CFE practice (notice of a change in holdings of 10 %)`,
    explanation:
      '{participant}’s projected holdings in category {category} rise {change}; the rule’s threshold is {threshold}. The ' +
      'comparison is with {declaration}.',
  }),
  rule({
    id: 'acquisition.first_of_type',
    title: 'First of its type in the region',
    metric: 'acquisition.new_type',
    condition: 'No participant has declared or notified this type before, in IVa, IVb, Va, Vb, VI, VIIa, E1 and E4.',
    params: { categories: SENSITIVE },
    severity: 'notice', recipients: ['all'],
    basis: `${BATP}; Vienna Document 2011, chapter IV (new types of major weapon systems)`,
    explanation: '{participant} {act}. No participant has declared or notified this type in the register before.',
  }),
  rule({
    id: 'acquisition.projected_ceiling',
    title: 'Projected holdings above the ceiling',
    metric: 'acquisition.projected_ceiling',
    condition: 'Projected holdings in a Florence category (I, II, III, IVa, Va) exceed the participant’s ceiling.',
    params: { categories: FLORENCE_CATEGORIES },
    severity: 'critical', recipients: ['all', 'observers'],
    basis: FLORENCE,
    explanation:
      '{participant}’s projected holdings in category {category}, {categoryName}, come to {holdings}, {excess} above its ' +
      'ceiling of {ceiling}.',
  }),
  rule({
    id: 'acquisition.balance',
    title: 'Balance with the neighbours',
    metric: 'acquisition.balance',
    condition:
      'The filing takes projected holdings in I, II, III, IVa, IVb, Va, VIIa and E4 above 1.5 times the largest among the ' +
      'neighbours, and they were not above it before (at least 4 units).',
    params: { categories: ['I', 'II', 'III', 'IVa', 'IVb', 'Va', 'VIIa', 'E4'], ratio: 1.5, units: 4 },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; Dayton Annex 1-B, Article IV (balanced and stable force levels)`,
    explanation: '{participant}’s projected holdings in category {category} rise from {from} to {to}, {comparison}. ' +
      'The rule’s threshold is {ratio} times the largest projected holdings among its neighbours, from {minimum}; ' +
      'before this filing they were not above it.',
  }),
  rule({
    id: 'acquisition.late',
    title: 'Acquisition notified late',
    metric: 'acquisition.late_notice',
    condition: 'A contract notified more than 30 days after signature, or a delivery more than 90 days after it.',
    params: { contractDays: 30, deliveryDays: 90 },
    severity: 'notice', recipients: ['secretariat'],
    basis: `${BATP} (30 days after signature); OAS CITAAC practice (90 days after entry into service)`,
    explanation: '{participant} notified {event} on {filedOn}, {days} later; the rule allows {threshold}.',
  }),
]

const ON_HOLDINGS: readonly Rule[] = [
  rule({
    id: 'holdings.ceiling',
    title: 'Holdings above the ceiling',
    metric: 'holdings.over_ceiling',
    condition: 'Holdings in a Florence category (I, II, III, IVa, Va) exceed the participant’s ceiling.',
    params: { categories: FLORENCE_CATEGORIES },
    severity: 'critical', recipients: ['all', 'observers'],
    basis: FLORENCE,
    explanation:
      '{participant} declares {holdings} in category {category}, {categoryName}, as of {asOf}, {excess} above its ceiling of ' +
      '{ceiling}.',
  }),
  rule({
    id: 'holdings.ceiling_near',
    title: 'Holdings near the ceiling',
    metric: 'holdings.near_ceiling',
    condition: 'Holdings in a Florence category at or above 90 % of the participant’s ceiling, not above it.',
    params: { categories: FLORENCE_CATEGORIES, share: 0.9 },
    severity: 'notice', recipients: ['neighbours'],
    basis: `${FLORENCE}; early notice by the ${BATP}`,
    explanation:
      '{participant} declares {holdings} in category {category}, {categoryName}, as of {asOf}, {share} of its ceiling of ' +
      '{ceiling}; the rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'holdings.growth',
    title: 'Growth of holdings',
    metric: 'holdings.growth',
    condition:
      'Up by 20 % or more on the previous declaration and by at least: I 10, II 20, III 20, IVa 4, IVb 2, Va 2, Vb 2, VI 1, ' +
      'VIIa 4, E1 20, E4 2.',
    params: { ratio: 0.2, units: { I: 10, II: 20, III: 20, IVa: 4, IVb: 2, Va: 2, Vb: 2, VI: 1, VIIa: 4, E1: 20, E4: 2 } },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; thesis ch. 5 (thresholds below those of the Vienna Document)`,
    explanation:
      'Between the declarations as of {since} and {asOf}, {participant}’s holdings in category {category} rise {change}; the ' +
      'rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'holdings.capability',
    title: 'Capability level reached',
    metric: 'holdings.capability',
    condition:
      'The filing crosses a level (below it in the previous declaration, or none was filed): IVb 12, Vb 12, E1 100, E2 50, E4 ' +
      '12, VIIa 24.',
    params: { level: { IVb: 12, Vb: 12, E1: 100, E2: 50, E4: 12, VIIa: 24 } },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; thesis ch. 5 (neighbours are told when a participant passes a capability level)`,
    explanation:
      '{participant} declares {holdings} in category {category}, {categoryName}, as of {asOf}, {before}; the rule’s level is ' +
      '{level}.',
  }),
  rule({
    id: 'holdings.unexplained',
    title: 'Change that notifications do not explain',
    metric: 'holdings.unexplained',
    condition:
      'Up by more than the deliveries, or down by more than the disposals, notified since the previous declaration (difference ' +
      'of at least 2 units and 5 %).',
    params: { categories: COUNTED, units: 2, ratio: 0.05 },
    severity: 'notice', recipients: ['secretariat', 'verifiers'],
    basis: `${BATP}; Dayton Annex 1-B, Article IV (exchange of information and inspection)`,
    explanation: 'Between the declarations as of {since} and {asOf}, {participant}’s holdings in category {category} {verb} {change}. ' +
      'The {means} notified meanwhile account for {accounted}, which leaves {left} unexplained; the rule’s threshold is {threshold}.',
  }),
]

const ON_STRENGTH_AND_BUDGET: readonly Rule[] = [
  rule({
    id: 'budget.growth',
    title: 'Growth of the defence budget',
    metric: 'budget.growth',
    condition: 'Adopted budget up by 15 % or more on the year before, in the same currency.',
    params: { ratio: 0.15 },
    severity: 'notice', recipients: ['neighbours'],
    basis: `${BATP}; Vienna Document 2011, chapter II (defence planning)`,
    explanation: '{participant}’s adopted defence budget for {year} rises {change} ({currency}) on that for {before}; the rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'budget.share',
    title: 'Share of the economy reached',
    metric: 'budget.share',
    condition: 'Budget at or above 2.5 % of gross domestic product, and the year before below it.',
    params: { share: 0.025 },
    severity: 'info', recipients: ['neighbours'],
    basis: `${BATP}; Vienna Document 2011, chapter II (defence planning)`,
    explanation: '{participant}’s defence budget for {year} comes to {to} of its gross domestic product, after {from} for {before}; the rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'personnel.growth',
    title: 'Growth of active strength',
    metric: 'personnel.growth',
    condition: 'Active strength up by 10 % or more and by at least 500.',
    params: { ratio: 0.1, persons: 500 },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; Vienna Document 2011, chapter I (military forces)`,
    explanation: 'Between the declarations as of {since} and {asOf}, {participant}’s active strength rises {change}; the rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'personnel.special_forces',
    title: 'Growth of special forces',
    metric: 'personnel.special_forces',
    condition: 'Special forces up by 25 % or more and by at least 200.',
    params: { ratio: 0.25, persons: 200 },
    severity: 'warning', recipients: ['all'],
    basis: `${BATP}; thesis ch. 5 (forces that can act at short notice)`,
    explanation: 'Between the declarations as of {since} and {asOf}, {participant}’s special forces rise {change}; the rule’s threshold is {threshold}.',
  }),
]

/** What is left undone is measured by the schedule and by clocks, since there is no filing of it. */
const ON_CONDUCT: readonly Rule[] = [
  rule({
    id: 'filing.corrected',
    title: 'Correction of what was told',
    metric: 'filing.corrected',
    condition: 'An amendment of a filing, told to whoever was told of an earlier version.',
    params: {},
    severity: 'notice', recipients: ['told_before'],
    basis: `${BATP} (what was told of version 1 is told of version 2)`,
    explanation: '{participant} corrects {number}: {change}. Version {version} takes the place of version {before}.',
  }),
  rule({
    id: 'declaration.overdue',
    title: 'Declaration overdue',
    metric: 'declaration.overdue',
    condition: 'Not filed on the due date; again after 7 days, and after 30 days to every participant.',
    params: { noticeDays: 7, warningDays: 30 },
    severity: 'info', recipients: ['secretariat'],
    basis: `${BATP}; OPCW practice (open record of who has declared)`,
    explanation: '{participant} has not filed {declaration}. It was due on {dueOn}, {days} ago.',
  }),
  rule({
    id: 'clarification.unanswered',
    title: 'Request for clarification unanswered',
    metric: 'clarification.unanswered',
    condition: 'A request on an activity, or on what was seen, that is not answered in 48 hours; a meeting that is called is to be held in 48 hours.',
    params: { hours: 48, meetingHours: 48, reminderHours: ['24', '42', '47'] },
    severity: 'warning', recipients: ['asking', 'secretariat'],
    basis: `${BATP}; Vienna Document 2011, chapter III (unusual military activities: a reply, and a meeting, within 48 hours each)`,
    explanation: '{participant} has not replied to the request {number}. The reply was due on {dueAt}.',
  }),
]

/** The rules that the register ships with. Later versions are rows beside these, each with its own decision. */
export const DEFAULT_RULES: readonly Rule[] = [
  ...ON_ACQUISITIONS, ...ON_HOLDINGS, ...ON_STRENGTH_AND_BUDGET, ...ON_ACTIVITIES, ...ON_DEPLOYMENTS, ...ON_CONDUCT,
]
