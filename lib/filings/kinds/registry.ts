import { acquisition } from './acquisition.ts'
import { activity } from './activity.ts'
import { agreement } from './agreement.ts'
import { budget } from './budget.ts'
import { calendar } from './calendar.ts'
import { deployment } from './deployment.ts'
import { disposal } from './disposal.ts'
import { holdings } from './holdings.ts'
import type { AnyKind } from './kind.ts'
import { personnel } from './personnel.ts'
import { autonomy, cyber, surveillance } from './statements.ts'
import { structure } from './structure.ts'
import { uavFlight } from './uav-flight.ts'

/** Every kind of filing. A new one is a module here and a form; nothing else changes. */
export const KINDS = [acquisition, disposal, activity, deployment, uavFlight, calendar, holdings, personnel, structure, budget, cyber, autonomy, surveillance, agreement] as const
export const KIND_NAMES = [
  'notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities',
  'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget',
  'statement.cyber', 'statement.autonomy', 'statement.surveillance', 'agreement.defence',
] as const
export type KindName = (typeof KINDS)[number]['kind']

const BY_NAME = new Map<string, AnyKind>(KINDS.map((kind) => [kind.kind, kind as AnyKind]))
export const isKind = (name: unknown): name is KindName => BY_NAME.has(name as string)
export const kindOf = (name: KindName): AnyKind => BY_NAME.get(name)!
