import type { ParticipantCode } from '../../lib/participants/rules.ts'
import type { CategoryCode } from '../../lib/taxonomy/rules.ts'
import type { AcquisitionFacts, DisposalFacts, Facts, HoldingsFacts } from '../../lib/thresholds/facts.ts'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { assess } from '../../lib/thresholds/rules.ts'
import type { Alert, Assessment, Position, Rule, Situation, Subject } from '../../lib/thresholds/situation.ts'

/** The 13 adjacent pairs of 21. */
export const ADJACENT: Record<ParticipantCode, readonly ParticipantCode[]> = {
  AL: ['XK', 'ME', 'MK'],
  BA: ['HR', 'ME', 'RS'],
  HR: ['BA', 'ME', 'RS'],
  XK: ['AL', 'ME', 'MK', 'RS'],
  ME: ['AL', 'BA', 'HR', 'XK', 'RS'],
  MK: ['AL', 'XK', 'RS'],
  RS: ['BA', 'HR', 'XK', 'ME', 'MK'],
}
export const FLORENCE_PARTIES: readonly ParticipantCode[] = ['BA', 'HR', 'ME', 'RS']

export const position = (declared: number | null, more: Partial<Position> = {}): Position => ({
  declared,
  declaredAsOf: declared === null ? null : '2026-01-01',
  declaredWithheld: 0,
  incoming: 0,
  incomingWithheld: 0,
  outgoing: 0,
  ...more,
})

export const situation = (participant: ParticipantCode, more: Partial<Situation> = {}): Situation => ({
  now: '2026-11-17T09:12:00Z',
  participant,
  neighbours: ADJACENT[participant],
  watchers: [],
  florenceParty: FLORENCE_PARTIES.includes(participant),
  ceilings: {},
  positions: {},
  earlier: 0,
  typeKnown: true,
  previous: null,
  earlierDeclared: null,
  movements: {},
  ...more,
})

/** `participant` holds `own` pieces of the category; neighbours as stated, the others declared nothing. */
export const holding = (
  participant: ParticipantCode,
  category: CategoryCode,
  own: number | Position,
  neighbours: Partial<Record<ParticipantCode, number | Position>> = {},
): Situation['positions'] =>
  Object.fromEntries(
    Object.entries({ ...neighbours, [participant]: own }).map(([code, held]) => [
      code,
      { [category]: typeof held === 'number' ? position(held) : held },
    ]),
  )

export const contract = (more: Partial<AcquisitionFacts> = {}): AcquisitionFacts => ({
  kind: 'notification.acquisition',
  stage: 'contracted',
  category: 'IVa',
  type: 'Rafale F3-R',
  quantity: 12,
  delivered: 0,
  counted: true,
  signedOn: '2026-11-10',
  deliveredOn: null,
  ...more,
})

export const disposal = (more: Partial<DisposalFacts> = {}): DisposalFacts => ({
  kind: 'notification.disposal',
  category: 'I',
  type: 'T-72',
  quantity: 30,
  counted: true,
  completedOn: null,
  ...more,
})

/** A declaration as of 2027-01-01 with these figures in service, by category. */
export const declaration = (
  figures: Partial<Record<CategoryCode, number>>,
  withheld: Partial<Record<CategoryCode, number>> = {},
): HoldingsFacts => ({
  kind: 'declaration.holdings',
  asOf: '2027-01-01',
  totals: Object.entries(figures).map(([code, inService]) => {
    const category = code as CategoryCode
    return { category, inService, inStorage: 0, withheld: withheld[category] ?? 0 }
  }),
})

/** Category and figure, for tables of tests. */
export const entriesOf = (figures: Partial<Record<CategoryCode, number>>) => Object.entries(figures) as [CategoryCode, number][]

export const FILED_AT = '2026-11-17T09:12:00Z'

export const assessed = (
  facts: Facts,
  where: Situation,
  more: Partial<Subject> = {},
  rules: readonly Rule[] = DEFAULT_RULES,
): Assessment => assess({ facts, participant: where.participant, filedAt: FILED_AT, ...more }, where, rules)

export const met = (assessment: Assessment, rule: string): Alert | undefined => assessment.alerts.find((alert) => alert.rule === rule)

export const mustMeet = (assessment: Assessment, rule: string): Alert => {
  const alert = met(assessment, rule)
  if (!alert) throw new Error(`${rule} is not met; met are: ${assessment.alerts.map((other) => other.rule).join(', ') || 'none'}`)
  return alert
}

export const untested = (assessment: Assessment, rule: string): string | undefined =>
  assessment.untested.find((entry) => entry.rule === rule)?.why

export const whom = (alert: Alert): string[] => alert.recipients.map(({ recipient }) => recipient)
