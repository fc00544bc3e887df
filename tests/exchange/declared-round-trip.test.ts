import fc from 'fast-check'
import { expect, test } from 'vitest'
import { declaredPayload, declaredValues } from '../../app/(workspace)/filings/declared-values.ts'
import { formOf } from '../../lib/exchange/declared-sheets.ts'
import { declaredCsv, declaredXlsx } from '../../lib/exchange/declared-write.ts'
import { readGiven } from '../../lib/exchange/read.ts'
import { DECLARED, type DeclaredKind } from '../../lib/filings/kinds/declared-fields.ts'
import { BUDGET_BASES } from '../../lib/filings/kinds/budget.ts'
import { kindOf } from '../../lib/filings/kinds/registry.ts'
import { AUTONOMY_LEVELS, CYBER_CAPABILITY, SURVEILLANCE_MODES } from '../../lib/filings/kinds/statements.ts'
import { UNIT_LEVELS } from '../../lib/filings/kinds/structure.ts'
import type { Json } from '../../lib/log/canonical.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'
import { bytesOf } from './given.ts'
import { withheld, words } from './texts.ts'

type Payload = Record<string, Json>
const day = fc.constantFrom('2027-01-01', '1996-02-29', '2026-12-31')
const yes = fc.boolean()
const persons = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 30_000 }) }, fc.constant(0), withheld)
const part = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 99_999_999 }).map((cents) => cents / 100), fc.integer({ min: 0, max: 999_999 }).map((mills) => mills / 1000), withheld)
const total = fc.oneof(fc.integer({ min: 4_000_000, max: 900_000_000 }), withheld)
const remark = words(2000)

const PAYLOADS: Record<DeclaredKind, fc.Arbitrary<object>> = {
  'declaration.personnel': fc.record({
    asOf: day, active: fc.record({ land: persons, air: persons, naval: persons, joint: persons }), authorised: persons, reserve: persons, specialForces: persons, paramilitary: persons, remark,
  }, { requiredKeys: ['asOf', 'active', 'authorised', 'reserve', 'specialForces', 'paramilitary'] }),
  'declaration.budget': fc.record({
    year: fc.integer({ min: 1950, max: 2100 }), basis: fc.constantFrom(...BUDGET_BASES), currency: fc.constantFrom('EUR', 'RSD'), adoptedOn: day, total, personnel: part, operations: part, procurement: part,
    research: part, gdp: fc.oneof(fc.integer({ min: 1e9, max: 1e15 }), withheld), remark,
  }, { requiredKeys: ['year', 'basis', 'currency', 'adoptedOn', 'total', 'personnel', 'operations', 'procurement', 'research', 'gdp'] }),
  'declaration.structure': fc.record({
    asOf: day, remark,
    units: fc.uniqueArray(fc.record({ name: words(120), level: fc.constantFrom(...UNIT_LEVELS), location: words(120), above: fc.nat(), remark: words(500) }, { requiredKeys: ['name', 'level', 'location'] }), { minLength: 1, maxLength: 8, selector: ({ name }) => name })
      .map((units) => units.map(({ above, ...unit }, nth) => (above === undefined || nth === 0 ? unit : { ...unit, superior: units[above % nth]!.name }))),
  }, { requiredKeys: ['asOf', 'units'] }),
  'statement.cyber': fc.record({
    asOf: day, capability: fc.constantFrom(...CYBER_CAPABILITY), command: words(200), doctrinePublic: yes, legalBasis: words(1000), parliamentaryOversight: yes, contact: words(300), pledge: yes, norms: words(4000),
    reviewedOn: day, remark,
  }, { requiredKeys: ['asOf', 'capability', 'command', 'doctrinePublic', 'legalBasis', 'parliamentaryOversight', 'contact', 'pledge', 'norms'] }),
  'statement.autonomy': fc.record({
    asOf: day, pledge: yes, remark,
    systems: fc.array(fc.record({ name: words(80), category: fc.constantFrom(...CATEGORY_CODES), level: fc.constantFrom(...AUTONOMY_LEVELS), legalReview: yes, remark: words(500) }, { requiredKeys: ['name', 'category', 'level', 'legalReview'] }), { maxLength: 6 }),
  }, { requiredKeys: ['asOf', 'pledge', 'systems'] }).chain((given) => (given.systems.length === 0 ? fc.constant({ ...given, nil: true }) : fc.constantFrom(given, { ...given, nil: false }))),
  'statement.surveillance': fc.record({
    asOf: day, parliamentToldOn: day, remark,
    uses: fc.array(fc.record({ system: words(120), mode: fc.constantFrom(...SURVEILLANCE_MODES), faceRecognition: yes, site: words(120), remark: words(500) }, { requiredKeys: ['system', 'mode', 'faceRecognition'] }), { maxLength: 6 }),
  }, { requiredKeys: ['asOf', 'parliamentToldOn', 'uses'] }).map((given) => (given.uses.length === 0 ? { ...given, nil: true } : given)),
}
const about = { designation: 'Kosovo*', source: null }
const numbersIn = (value: unknown): unknown[] => (typeof value === 'object' && value !== null && !('withheld' in value) ? Object.values(value).flatMap(numbersIn) : [value])

test.each(Object.entries(PAYLOADS) as [DeclaredKind, fc.Arbitrary<object>][])('what is exported of a %s imports to the same payload, as a workbook and as CSV, in full or as far as it is stated', async (kind, payloads) => {
  const met = { withheld: 0, zero: 0, blank: 0 }
  await fc.assert(fc.asyncProperty(payloads, fc.boolean(), async (given, isWhole) => {
    const payload = kindOf(kind).schema.parse(given) as Payload
    const [workbook, text] = [await declaredXlsx(formOf(kind), payload, isWhole, about), await declaredCsv(formOf(kind), payload, isWhole)]
    for (const [name, bytes] of [['d.xlsx', workbook], ['d.csv', bytesOf(text)]] as const) {
      const reading = await readGiven(kind, { name, type: '', bytes })
      expect(reading.problems).toEqual([])
      expect(reading.payload).toEqual(payload)
    }
    met.withheld += numbersIn(payload).filter((value) => typeof value === 'object').length
    met.zero += numbersIn(payload).filter((value) => value === 0).length
    met.blank += payload.remark === undefined ? 1 : 0
  }), { seed: 20_270_101, numRuns: 60 })
  expect(met.blank).toBeGreaterThan(5)
  if (kind === 'declaration.personnel' || kind === 'declaration.budget') for (const count of [met.withheld, met.zero]) expect(count).toBeGreaterThan(5)
})

test.each(Object.entries(PAYLOADS) as [DeclaredKind, fc.Arbitrary<object>][])('no cell of an exported CSV of a %s begins as a formula does', async (kind, payloads) => {
  await fc.assert(fc.asyncProperty(payloads, async (given) => {
    const text = await declaredCsv(formOf(kind), given as Payload, true)
    for (const cell of text.slice(1).match(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^,\r\n]*)/g) ?? []) {
      expect(cell.replace(/^(?:,|\r\n)/, '').replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r\n＋－＝＠]/)
    }
  }), { seed: 7, numRuns: 25 })
})

/** Breaks stay in the long texts, which have a control of several lines. */
const asShown = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return key === 'norms' || key === '/remark' ? value : value.replace(/\s*[\r\n]\s*/g, ' ')
  if (Array.isArray(value)) return value.map((one) => asShown(one, 'row'))
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asShown(one, key === '' && name === 'remark' ? '/remark' : name)])) : value
}
test.each(Object.entries(PAYLOADS) as [DeclaredKind, fc.Arbitrary<object>][])('what a sheet of a %s states stands in the form as it is, but for breaks in what has one line', (kind, payloads) => {
  fc.assert(fc.property(payloads, (given) => {
    const { nil, ...payload } = kindOf(kind).schema.parse(given) as Payload
    const { values, rows } = declaredValues(DECLARED[kind], { ...payload, ...(nil === undefined ? {} : { nil }) }, '')
    expect(declaredPayload(DECLARED[kind], values, rows)).toEqual(asShown({ ...payload, ...(nil === true ? { nil } : {}) }))
  }), { seed: 11, numRuns: 60 })
})
