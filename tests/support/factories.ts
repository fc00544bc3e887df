import type { Json } from '../../lib/log/canonical.ts'

export type Payload = Record<string, Json>
type Overrides = Record<string, Json | undefined>

const without = (payload: Overrides): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)) as Payload

/** Serbia's Rafales as contracted: valid as it stands; an override of `undefined` leaves the field out. */
export const acquisition = (overrides: Overrides = {}): Payload => without({
  stage: 'contracted', category: 'IVa', type: 'Rafale F3-R', quantity: 12, supplier: 'FR', mode: 'purchase',
  signedOn: '2024-08-29', deliveries: { from: 2028, to: 2029 }, value: { amount: 2_700_000_000, currency: 'EUR' },
  effect: 'replaces', replaces: 'MiG-29', purpose: 'Air policing', ...overrides,
})

export const disposal = (overrides: Overrides = {}): Payload => without({
  category: 'I', type: 'T-72', quantity: 30, mode: 'retirement', decidedOn: '2025-03-01', ...overrides,
})

export const holdings = (overrides: Overrides = {}): Payload => without({
  asOf: '2026-01-01',
  lines: [
    { category: 'I', type: 'M-84', inService: 195, inStorage: 16, unit: '1st Brigade', site: 'Niš' },
    { category: 'IVa', type: 'MiG-29', inService: 11, inStorage: 0 },
  ],
  nil: ['VI'], ...overrides,
})

/** Albania's, with one other party. */
export const agreement = (overrides: Overrides = {}): Payload => without({
  title: 'Agreement on cooperation in defence', agreement: 'bilateral', partners: ['MK'], status: 'signed', signedOn: '2026-05-12', subjects: ['exercises', 'training'],
  mutualDefence: false, foreignForces: false, text: 'public', summary: 'Two joint exercises a year.', purpose: 'Working together within NATO.', ...overrides,
})

const filing = <K extends string>(kind: K, make: (overrides?: Overrides) => Payload) =>
  (participant: string, overrides?: Overrides) => ({ kind, participant, payload: make(overrides) })

/** As it is filed: `an.acquisition('RS', { quantity: 3 })`. */
export const an = {
  acquisition: filing('notification.acquisition', acquisition),
  disposal: filing('notification.disposal', disposal),
  holdings: filing('declaration.holdings', holdings),
  agreement: filing('agreement.defence', agreement),
}
