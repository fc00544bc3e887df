import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PARTICIPANTS, byDesignation } from '../../lib/participants/rules.ts'
import { CATEGORY_CODES, type CategoryCode } from '../../lib/taxonomy/rules.ts'
import type { Area } from '../../lib/geo/area.ts'
import type {
  AcquisitionFacts, ActivityFacts, BudgetFacts, DeploymentFacts, DisposalFacts, Facts, HoldingsFacts, PersonnelFacts, UavFlightFacts,
} from '../../lib/thresholds/facts.ts'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { assess } from '../../lib/thresholds/rules.ts'
import type { Position, Situation, Subject } from '../../lib/thresholds/situation.ts'
import { ADJACENT, FLORENCE_PARTIES, met } from './given.ts'

const category = fc.constantFrom(...CATEGORY_CODES)
const small = fc.nat({ max: 60 })
const pieces = fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: fc.nat({ max: 10_000_000 }) })
const seldom = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) })
const stated = fc.option(pieces, { nil: null, freq: 5 })
const date = fc.option(
  fc.oneof(
    fc.constantFrom('2025', '2026'),
    fc.integer({ min: 0, max: 800 }).map((day) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)),
  ),
  { nil: null },
)
const type = fc.constantFrom('Rafale F3-R', 'M-84', 'Bayraktar TB2', 'A{rrow}')

const acquisition: fc.Arbitrary<AcquisitionFacts> = fc
  .record({
    kind: fc.constant('notification.acquisition' as const),
    stage: fc.constantFrom('planned', 'contracted', 'first_delivery', 'incorporated'),
    category,
    type,
    quantity: stated,
    counted: fc.boolean(),
    signedOn: date,
    deliveredOn: date,
    part: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  })
  .map(({ part, ...facts }) => ({
    ...facts,
    delivered: part === null || facts.quantity === null ? null : Math.floor(part * facts.quantity),
  }))
const disposal: fc.Arbitrary<DisposalFacts> = fc.record({
  kind: fc.constant('notification.disposal' as const),
  category,
  type,
  quantity: stated,
  counted: fc.boolean(),
  completedOn: date,
})
const declaration: fc.Arbitrary<HoldingsFacts> = fc.record({
  kind: fc.constant('declaration.holdings' as const),
  asOf: fc.constantFrom('2026-01-01', '2026-07-01'),
  totals: fc.uniqueArray(fc.record({ category, inService: pieces, inStorage: pieces, withheld: seldom }), {
    selector: (total) => total.category,
    maxLength: 8,
  }),
})
const persons = fc.option(fc.nat({ max: 40_000 }), { nil: null, freq: 6 })
const strength = (asOf: string): fc.Arbitrary<PersonnelFacts> =>
  fc.record({ kind: fc.constant('declaration.personnel' as const), asOf: fc.constant(asOf), active: persons, specialForces: persons })
const spending = (year: number): fc.Arbitrary<BudgetFacts> => fc.record({
  kind: fc.constant('declaration.budget' as const), asOf: fc.constant(`${year}-01-01`), year: fc.constant(year), basis: fc.constantFrom('adopted', 'executed'),
  currency: fc.constantFrom('EUR', 'RSD'), total: fc.option(fc.integer({ min: 0, max: 3_000_000_000 }), { nil: null, freq: 6 }),
  share: fc.option(fc.double({ min: 0, max: 0.05, noNaN: true }), { nil: null, freq: 6 }),
})
const area: fc.Arbitrary<Area> = fc.record({ centre: fc.tuple(fc.double({ min: 15, max: 22.5, noNaN: true }), fc.double({ min: 40, max: 46, noNaN: true })), radiusKm: fc.integer({ min: 1, max: 40 }) })
const troops = fc.option(fc.nat({ max: 4000 }), { nil: null, freq: 6 })
const activity: fc.Arbitrary<ActivityFacts> = fc.record({
  kind: fc.constant('notification.activity' as const), name: fc.constantFrom('M-84', 'Vihor'), startsOn: fc.constantFrom('2026-11-20', '2027-06-01', '2027'), endsOn: fc.constantFrom('2027-06-09', null),
  area: fc.option(area, { nil: null, freq: 6 }), personnel: troops, pieces: fc.record({ I: stated, II: stated, III: stated }), airborne: troops,
  liveFire: fc.subarray(['artillery', 'armed_uav', 'missile']), readiness: fc.boolean(), invited: fc.option(fc.subarray([...PARTICIPANTS], { minLength: 1 }), { nil: null }), compiled: fc.boolean(),
})
const deployment: fc.Arbitrary<DeploymentFacts> = fc.record({
  kind: fc.constant('notification.deployment' as const), sort: fc.constantFrom('movement', 'new_system', 'foreign_forces', 'foreign_base'), name: fc.constant('2nd Battalion'), startsOn: fc.constant('2027-06-01'),
  area: fc.option(area, { nil: null, freq: 6 }), forces: fc.subarray(['RS', 'HR', 'RU', 'US'], { minLength: 1 }), personnel: troops, crosses: fc.subarray([...PARTICIPANTS], { maxLength: 2 }),
  systems: fc.array(fc.record({ category, type: fc.constantFrom('FK-3', 'M-84'), pieces: stated }), { maxLength: 3 }),
})
const flight: fc.Arbitrary<UavFlightFacts> = fc.record({ kind: fc.constant('notification.uav_flight' as const), name: fc.constant('Drina watch'), startsOn: fc.constant('2027-06-01'), endsOn: fc.constant('2027-06-02'), area, armed: fc.boolean() })
const facts: fc.Arbitrary<Facts> = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(acquisition, disposal, declaration, strength('2027-01-01'), spending(2027)) }, { weight: 3, arbitrary: fc.oneof(activity, deployment, flight) },
)

const position: fc.Arbitrary<Position> = fc
  .record({
    declared: stated,
    declaredWithheld: seldom,
    incoming: small,
    incomingWithheld: seldom,
    outgoing: small,
    outgoingWithheld: seldom,
  })
  .map((figures) => ({ ...figures, declaredAsOf: figures.declared === null ? null : '2026-01-01' }))
const participant = fc.constantFrom(...PARTICIPANTS)
/** One drawn value for every category: what matters is that each is there, not that they differ. */
const inEach = <T>(value: fc.Arbitrary<T>) =>
  value.map((drawn) => Object.fromEntries(CATEGORY_CODES.map((code) => [code, drawn])) as Record<CategoryCode, T>)

const situation: fc.Arbitrary<Situation> = fc
  .record({
    now: fc.constant('2026-11-17T09:12:00Z'),
    participant,
    watchers: fc.subarray([...PARTICIPANTS]),
    ceilings: inEach(fc.record({ ceiling: stated, confirmed: fc.boolean(), source: fc.constant('SRCC') })),
    positions: fc.dictionary(participant, inEach(position), { maxKeys: 7 }),
    earlier: small,
    typeKnown: fc.boolean(),
    previous: fc.option(fc.record({ asOf: fc.constant('2025-01-01'), totals: inEach(pieces), withheld: inEach(seldom) }), {
      nil: null,
    }),
    earlierDeclared: fc.option(fc.oneof(strength('2026-01-01'), spending(2026)), { nil: null, freq: 6 }),
    movements: inEach(fc.record({ delivered: small, disposed: small, withheld: seldom })),
    strength: fc.option(fc.record({ active: fc.nat({ max: 30_000 }), asOf: fc.constant('2026-01-01') }), { nil: null }),
    planned: fc.option(fc.constant({ activities: [{ name: 'M 84', startsOn: '2027-03-01', endsOn: '2027-03-02' }] }), { nil: null }),
    deployedTypes: fc.subarray(['m84', 'rafalef3r']),
  })
  .map((where) => ({ ...where, neighbours: ADJACENT[where.participant], florenceParty: FLORENCE_PARTIES.includes(where.participant) }))

const subjectOf = (stated: Facts, where: Situation): Subject => ({
  facts: stated,
  participant: where.participant,
  filedAt: '2026-11-17T09:12:00Z',
})
const assessed = (stated: Facts, where: Situation) => assess(subjectOf(stated, where), where, DEFAULT_RULES)

const holds = (check: (stated: Facts, where: Situation) => void) => fc.assert(fc.property(facts, situation, check), { numRuns: 400 })

describe('whatever is filed', () => {
  test('the filer is never told, and nobody twice by one alert', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      for (const { recipients } of assessed(stated, where).alerts) {
        const addressees = recipients.map(({ recipient }) => recipient)
        expect(addressees).not.toContain(where.participant)
        expect(new Set(addressees).size).toBe(addressees.length)
        expect(addressees).toEqual(addressees.toSorted(byDesignation))
        expect(addressees).toContain('secretariat')
      }
    })
  })

  test('every other participant is either told or named with a reason', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      const { alerts, notTold } = assessed(stated, where)
      const told = new Set(alerts.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient)))
      for (const code of PARTICIPANTS) {
        const named = notTold.filter(({ participant: other }) => other === code)
        expect(named.length).toBe(code === where.participant || told.has(code) ? 0 : 1)
      }
    })
  })

  test('severity, version and basis are the rule’s, and a rule meets a category once', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      const { alerts } = assessed(stated, where)
      for (const { rule, version, severity, basis, title } of alerts)
        expect(DEFAULT_RULES.find(({ id }) => id === rule)).toMatchObject({ version, severity, basis, title })
      const keys = alerts.map(({ rule, category: met }) => `${rule} ${met}`)
      expect(new Set(keys).size).toBe(keys.length)
    })
  })

  test('no rule is both met and untested in a category', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      const { alerts, untested } = assessed(stated, where)
      const met = new Set(alerts.map(({ rule, category: code }) => `${rule} ${code}`))
      for (const { rule, category: code } of untested) expect(met).not.toContain(`${rule} ${code}`)
    })
  })

  test('every sentence is complete', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      const { alerts, untested, notTold } = assessed(stated, where)
      const texts = [
        ...alerts.flatMap(({ explanation, measured, threshold, recipients }) => [
          explanation.replaceAll('A{rrow}', 'Arrow'),
          measured,
          threshold,
          ...recipients.map(({ reason }) => reason),
        ]),
        ...untested.map(({ why }) => why),
        ...notTold.map(({ why }) => why),
      ]
      for (const text of texts) {
        expect(text).not.toMatch(/[{}]|undefined|null|NaN|Infinity|what is not measured|\s\s|\.\./)
        expect(text).not.toMatch(/Kosovo(?!\*)/)
      }
      for (const { explanation } of alerts) expect(explanation).toMatch(/^\S.*\.$/)
    })
  })

  test('the same question gets the same answer, and changes nothing', () => {
    expect.hasAssertions()
    holds((stated, where) => {
      const before = JSON.stringify([stated, where])
      expect(assessed(stated, where)).toEqual(assessed(stated, where))
      expect(JSON.stringify([stated, where])).toBe(before)
    })
  })
})

test('the generated filings meet every rule of the rulebook', () => {
  const rules = new Set<string>()
  fc.assert(
    fc.property(facts, situation, (stated, where) => assessed(stated, where).alerts.forEach(({ rule }) => rules.add(rule))),
    { numRuns: 5000, seed: 1 },
  )
  // What is left undone is measured by the schedule and by clocks, and a correction needs what it corrects.
  const elsewhere = ['declaration.overdue', 'clarification.unanswered', 'filing.corrected', 'activity.deviation']
  expect([...rules].toSorted()).toEqual(DEFAULT_RULES.map(({ id }) => id).filter((id) => !elsewhere.includes(id)).toSorted())
})

describe('more of it', () => {
  // Nothing withheld and everyone has declared, so that each rule is met often enough to be tried.
  const open = fc.dictionary(participant, inEach(position), { minKeys: 7, maxKeys: 7 }).map((drawn) =>
    Object.fromEntries(
      Object.entries(drawn).map(([code, held]) => {
        const stated = { declared: held.IVa.declared ?? 0, declaredAsOf: '2026-01-01', declaredWithheld: 0, incomingWithheld: 0 }
        return [code, { I: { ...held.I, ...stated }, IVa: { ...held.IVa, ...stated }, IVb: { ...held.IVb, ...stated } }]
      }),
    ),
  )
  const plain = fc.tuple(situation, open, small).map(([where, positions, ceiling]): Situation => {
    const limit = { ceiling, confirmed: true, source: 'SRCC' }
    return { ...where, positions, florenceParty: true, ceilings: { I: limit, IVa: limit } }
  })
  const plainly = fc.tuple(acquisition, fc.constantFrom('I', 'IVa', 'IVb'), small).map(
    ([stated, code, quantity]): AcquisitionFacts => ({ ...stated, category: code, quantity, delivered: 0, counted: true }),
  )
  const cases = fc.oneof(fc.tuple(plainly, plain), fc.tuple(acquisition, situation))

  test.each([
    'acquisition.sensitive',
    'acquisition.quantity',
    'acquisition.growth',
    'acquisition.projected_ceiling',
    'acquisition.balance',
  ])('never removes an alert of %s', (rule) => {
    let tried = 0
    fc.assert(
      fc.property(cases, fc.nat({ max: 10_000 }), ([stated, where], added) => {
        if (stated.quantity === null || !met(assessed(stated, where), rule)) return
        tried += 1
        expect(met(assessed({ ...stated, quantity: stated.quantity + added }, where), rule)).toBeDefined()
      }),
      { numRuns: 1000 },
    )
    expect(tried).toBeGreaterThan(0)
  })
})
