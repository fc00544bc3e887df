import type { Area } from '../geo/area.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'

/** What a filing states that rules test. Quantities are pieces; null means withheld. Dates are YYYY-MM-DD, or YYYY when compiled. */
export type AcquisitionFacts = {
  kind: 'notification.acquisition'
  stage: 'planned' | 'contracted' | 'first_delivery' | 'incorporated'
  category: CategoryCode
  type: string
  quantity: number | null
  /** Of `quantity`, how many are delivered; null when that is withheld. */
  delivered: number | null
  /** False for upgrades of existing stock, which add no holdings. */
  counted: boolean
  signedOn: string | null
  deliveredOn: string | null
}

export type DisposalFacts = {
  kind: 'notification.disposal'
  category: CategoryCode
  type: string
  quantity: number | null
  /** False for exports of new production, which leave holdings as they are. */
  counted: boolean
  completedOn: string | null
}

export type HoldingsFacts = {
  kind: 'declaration.holdings'
  asOf: string
  totals: { category: CategoryCode; inService: number; inStorage: number; withheld: number }[]
}

export type PersonnelFacts = {
  kind: 'declaration.personnel'
  asOf: string
  /** Active strength over all services, in persons; null where one of them is withheld. */
  active: number | null
  specialForces: number | null
}

export type BudgetFacts = {
  kind: 'declaration.budget'
  asOf: string
  year: number
  basis: 'adopted' | 'executed' | 'planned'
  /** ISO 4217; `total` in full units of it. */
  currency: string
  total: number | null
  /** Of gross domestic product: 0.025 is 2.5 %. */
  share: number | null
}

/** Persons and pieces; null: withheld, or not stated by the source of a compiled entry. `endsOn`, `area`: null where only that is so. */
export type ActivityFacts = {
  kind: 'notification.activity'
  name: string
  startsOn: string
  endsOn: string | null
  area: Area | null
  personnel: number | null
  pieces: { I: number | null; II: number | null; III: number | null }
  airborne: number | null
  liveFire: readonly string[]
  readiness: boolean
  /** Who is invited to observe; null where nobody is. */
  invited: readonly ParticipantCode[] | null
  /** History compiled from open sources is no notice, and so neither late nor a surprise. */
  compiled: boolean
}

export type DeploymentFacts = {
  kind: 'notification.deployment'
  sort: 'movement' | 'new_system' | 'foreign_forces' | 'foreign_base'
  name: string
  startsOn: string
  area: Area | null
  forces: readonly string[]
  personnel: number | null
  crosses: readonly ParticipantCode[]
  systems: readonly { category: CategoryCode; type: string; pieces: number | null }[]
}

export type UavFlightFacts = { kind: 'notification.uav_flight'; name: string; startsOn: string; endsOn: string; area: Area; armed: boolean }
export type CalendarFacts = { kind: 'calendar.activities'; asOf: string; year: number }

/** No rule tests agreements. */
export type AgreementFacts = { kind: 'agreement.defence'; title: string; sort: string; partners: readonly string[]; status: string }

/** No rule tests them yet; they are declared all the same. */
export type OtherFacts = {
  kind: 'declaration.structure' | 'statement.cyber' | 'statement.autonomy' | 'statement.surveillance'
  asOf: string
}

export type Facts =
  | AcquisitionFacts | DisposalFacts | HoldingsFacts | PersonnelFacts | BudgetFacts | OtherFacts
  | ActivityFacts | DeploymentFacts | UavFlightFacts | CalendarFacts | AgreementFacts
