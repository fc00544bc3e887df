import type { CategoryCode } from '../taxonomy/rules.ts'
import { BATP, rule } from './rulebook-first.ts'
import type { Rule } from './situation.ts'

/** What makes an activity one to be notified, and one to be observed; beside each the Vienna Document's own, for comparison. */
const LIVE_FIRE = ['armed_uav', 'loitering_munition', 'missile', 'air_defence']
const NOTIFIABLE = { personnel: 1000, share: 0.3, equipment: { I: 25, II: 50, III: 25 }, airborne: 300, liveFire: LIVE_FIRE }
const OBSERVABLE = { personnel: 1500, equipment: { I: 40, II: 80, III: 40 }, airborne: 500, liveFire: LIVE_FIRE }
const VIENNA_NOTICE = { vdPersonnel: 9000, vdTanks: 250, vdVehicles: 500, vdArtillery: 250, vdAirborne: 3000 }
const VIENNA_OBSERVATION = { vdPersonnel: 13_000, vdTanks: 300, vdVehicles: 500, vdArtillery: 250, vdAirborne: 3500 }
const VD = (chapter: string) => `${BATP}; Vienna Document 2011, chapter ${chapter}; thesis ch. 5 (lower thresholds for the region)`
/** Systems whose presence changes what a neighbour has to reckon with. */
const STRIKE: readonly CategoryCode[] = ['IVa', 'IVb', 'VIIa', 'E4']

export const ON_ACTIVITIES: readonly Rule[] = [
  rule({
    id: 'activity.notifiable',
    title: 'Notifiable activity',
    metric: 'activity.size',
    condition: 'Personnel of 1,000 or more (or 30 % of the host’s own declared active strength, if that is less), or 25 tanks, 50 armoured combat vehicles or 25 artillery ' +
      'pieces, or 300 in airborne, amphibious or heliborne assault, or live fire with armed UAVs, loitering munitions, missiles or air defence of 25 km range or more at any size.',
    params: { ...NOTIFIABLE, ...VIENNA_NOTICE },
    severity: 'notice', recipients: ['neighbours'],
    basis: VD('V'),
    explanation: '{participant} notifies {name}, {when}: {forces}. The rule’s threshold is {threshold}.',
  }),
  rule({
    id: 'activity.observable',
    title: 'Activity to be observed',
    metric: 'activity.observable',
    condition: 'Personnel of 1,500 or more, or 40 tanks, 80 armoured combat vehicles or 40 artillery pieces, or 500 in airborne or amphibious assault, or such live fire: observers ' +
      'from all participants must be invited, and the invitation is part of the filing; replies within 21 days.',
    params: { ...OBSERVABLE, ...VIENNA_OBSERVATION, replyDays: 21 },
    severity: 'notice', recipients: ['all', 'observers'],
    basis: VD('VI'),
    explanation: '{participant} notifies {name}, {when}: {forces}. From {threshold}, observers from all participants are invited.',
  }),
  rule({
    id: 'activity.late_notice',
    title: 'Short notice of an activity',
    metric: 'activity.late_notice',
    condition: 'A notifiable activity with fewer than 42 days of notice, unless it is a readiness exercise without warning.',
    params: { ...NOTIFIABLE, days: 42 },
    severity: 'warning', recipients: ['neighbours'],
    basis: VD('V'),
    explanation: '{participant} notified {name}, {when}, {days} before its first day; the rule asks for {threshold}, so it is {short} short.',
  }),
  rule({
    id: 'activity.near_border',
    title: 'Activity near a border',
    metric: 'activity.near_border',
    condition: 'An area within 25 km of a participant’s border, from 300 personnel.',
    params: { km: 25, personnel: 300 },
    severity: 'warning', recipients: ['near'],
    basis: `${BATP}; thesis ch. 5 (zones near borders)`,
    explanation: '{participant} notifies {name}, {when}, with {forces}, {near}; the rule covers areas within {km} km of a border.',
  }),
  rule({
    id: 'activity.uav_live_fire',
    title: 'Live fire with armed UAVs or loitering munitions',
    metric: 'activity.uav_live_fire',
    condition: 'Live fire with armed UAVs or loitering munitions, any size.',
    params: { liveFire: ['armed_uav', 'loitering_munition'] },
    severity: 'warning', recipients: ['neighbours'],
    basis: `${BATP}; thesis ch. 5 (drone provision)`,
    explanation: '{participant} notifies {name}, {when}, with live fire of {fired}; the rule covers it at any size.',
  }),
  rule({
    id: 'activity.unplanned',
    title: 'Activity that the calendar does not hold',
    metric: 'activity.unplanned',
    condition: 'A notifiable activity that the participant’s calendar for that year does not hold.',
    params: NOTIFIABLE,
    severity: 'info', recipients: ['secretariat'],
    basis: VD('VII'),
    explanation: '{participant} notifies {name}, {when}: {measured}.',
  }),
  rule({
    id: 'activity.deviation',
    title: 'Activity changed after its notice',
    metric: 'activity.deviation',
    condition: 'An amendment that raises personnel by 20 % or more, moves the dates by more than 3 days or the area by more than 10 km.',
    params: { ratio: 0.2, days: 3, km: 10 },
    severity: 'notice', recipients: ['told_before'],
    basis: VD('V'),
    explanation: '{participant} changes {number}, {name}, now {when}: {changes}.',
  }),
]

export const ON_DEPLOYMENTS: readonly Rule[] = [
  rule({
    id: 'deployment.foreign',
    title: 'Foreign forces',
    metric: 'deployment.foreign',
    condition: 'Foreign forces of 100 or more, or any of their systems in IVa, IVb, VIIa and E4.',
    params: { persons: 100, categories: STRIKE },
    severity: 'notice', recipients: ['all'],
    basis: `${BATP}; thesis ch. 5 (foreign troops and bases)`,
    explanation: '{participant} notifies {name} from {startsOn}: {forces}, of {owners}.',
  }),
  rule({
    id: 'deployment.movement',
    title: 'Movement of a unit towards or across a border',
    metric: 'deployment.movement',
    condition: 'A unit of 300 or more moves to within 50 km of a participant’s border, or 200 or more cross a border.',
    params: { persons: 300, km: 50, crossing: 200 },
    severity: 'warning', recipients: ['near'],
    basis: `${BATP}; thesis ch. 5 (notice of deployments near borders)`,
    explanation: '{participant} notifies the movement of {name} from {startsOn}: {forces}, {where}.',
  }),
  rule({
    id: 'deployment.new_system',
    title: 'System deployed for the first time',
    metric: 'deployment.new_system',
    condition: 'A system in IVa, IVb, VIIa, E1 and E4 that the participant deploys for the first time.',
    params: { categories: [...STRIKE, 'E1'] },
    severity: 'notice', recipients: ['neighbours'],
    basis: VD('IV'),
    explanation: '{participant} deploys {systems} from {startsOn}. It has notified no deployment of the type before.',
  }),
  rule({
    id: 'uav_flight.border',
    title: 'UAV flight near a border',
    metric: 'uav_flight.border',
    condition: 'A flight within 10 km of a participant’s border.',
    params: { km: 10 },
    severity: 'notice', recipients: ['near'],
    basis: `${BATP}; thesis ch. 5 (notice of flights near borders)`,
    explanation: '{participant} notifies {armed} UAV flights, {name}, {when}, {near}; the rule covers flights within {km} km of a border.',
  }),
]
