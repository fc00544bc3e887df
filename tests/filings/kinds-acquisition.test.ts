import { describe, expect, test } from 'vitest'
import { problemsFrom } from '../../lib/auth/guard.ts'
import { acquisition as kind } from '../../lib/filings/kinds/acquisition.ts'
import { acquisition, type Payload } from '../support/factories.ts'

const problems = (payload: Payload) => {
  const parsed = kind.schema.safeParse(payload)
  return parsed.success ? [] : problemsFrom(parsed.error, '/payload')
}
const accepts = (overrides: Parameters<typeof acquisition>[0]) => expect(problems(acquisition(overrides))).toEqual([])

const PLANNED = { stage: 'planned', decidedOn: '2024-04-09', signedOn: undefined, deliveries: undefined }
const FIRST = { stage: 'first_delivery', delivered: 3, deliveredOn: '2028-02-01' }
const COMPILED = { compiled: { source: 'SIPRI Arms Transfers Database' } }

describe('an acquisition that holds', () => {
  test.each<[string, Parameters<typeof acquisition>[0]]>([
    ['the example of the design', { delivered: 0, decidedOn: '2024-04-09' }],
    ['a plan without contract and years', PLANNED],
    ['nil', { quantity: 0 }],
    ['the largest quantity', { quantity: 10_000_000 }],
    [
      'quantity, supplier and value withheld with reasons',
      { quantity: { withheld: 'Security' }, supplier: { withheld: 'Confidential' }, value: { withheld: 'Not public' } },
    ],
    ['a gift worth nothing', { mode: 'donation', value: { amount: 0, currency: 'EUR' } }],
    ['delivery begun in the year of signature', { deliveries: { from: 2024, to: 2024 } }],
    ['a first delivery of one', { ...FIRST, delivered: 1 }],
    ['a first delivery of everything', { ...FIRST, delivered: 12 }],
    ['a first delivery of a withheld part', { ...FIRST, delivered: { withheld: 'Security' } }],
    ['delivery on the day of signature', { ...FIRST, deliveredOn: '2024-08-29' }],
    ['signature on the day of the decision', { decidedOn: '2024-08-29' }],
    ['incorporated without a count', { stage: 'incorporated' }],
    [
      'a cyber capability that is not counted',
      { category: 'E5', quantity: { withheld: 'Stated, not counted' }, effect: 'adds', replaces: undefined },
    ],
    ['years alone where it is compiled', { ...COMPILED, signedOn: '2024', deliveries: undefined }],
    ['a leap day', { signedOn: '2024-02-29' }],
    ['a purpose of 2000 characters', { purpose: 'x'.repeat(2000) }],
  ])('%s', (_what, overrides) => accepts(overrides))
})

describe('an acquisition that does not hold names the field, the problem and what would be right', () => {
  test.each<[string, Parameters<typeof acquisition>[0], string, string]>([
    ['a blank quantity', { quantity: '' }, '/payload/quantity', 'A blank is not a nil'],
    ['no quantity', { quantity: undefined }, '/payload/quantity', 'A blank is not a nil'],
    ['null', { quantity: null }, '/payload/quantity', 'A blank is not a nil'],
    ['a negative quantity', { quantity: -1 }, '/payload/quantity', 'cannot be negative'],
    ['half a piece below nothing', { quantity: -0.5 }, '/payload/quantity', 'whole number'],
    ['a truth', { quantity: true }, '/payload/quantity', 'whole number, or as'],
    ['a number in a list', { quantity: [12] }, '/payload/quantity', 'whole number, or as'],
    ['half a piece', { quantity: 0.5 }, '/payload/quantity', 'whole number'],
    ['a quantity as text', { quantity: '12' }, '/payload/quantity', 'not as text'],
    ['one more than the largest', { quantity: 10_000_001 }, '/payload/quantity', 'implausibly large'],
    ['withheld without a reason', { quantity: { withheld: '' } }, '/payload/quantity/withheld', 'Say why it is withheld'],
    ['withheld with two letters', { quantity: { withheld: 'no' } }, '/payload/quantity/withheld', 'Say why it is withheld'],
    ['an unknown stage', { stage: 'rumoured' }, '/payload/stage', 'State the stage'],
    ['an unknown category', { category: 'XII' }, '/payload/category', 'not a category of the register'],
    ['no category', { category: '' }, '/payload/category', 'Choose a category'],
    ['an unknown mode', { mode: 'theft' }, '/payload/mode', 'State the mode'],
    ['a blank type', { type: '  ' }, '/payload/type', 'State the type or model'],
    ['a type of 81 characters', { type: 'x'.repeat(81) }, '/payload/type', 'At most 80'],
    ['a type in two lines', { type: 'T-72\nB' }, '/payload/type', 'in one line'],
    ['a type that reads backwards', { type: 'T-\u202e27' }, '/payload/type', 'in one line'],
    ['a supplier in words', { supplier: 'France' }, '/payload/supplier', 'two-letter ISO code'],
    ['no supplier', { supplier: undefined }, '/payload/supplier', 'or withheld with a reason'],
    ['no value', { value: undefined }, '/payload/value', 'A blank is not a nil'],
    ['a value below nothing', { value: { amount: -1, currency: 'EUR' } }, '/payload/value/amount', 'cannot be negative'],
    ['a value without currency', { value: { amount: 1 } }, '/payload/value', 'ISO 4217'],
    ['a value in small letters', { value: { amount: 1, currency: 'eur' } }, '/payload/value/currency', 'ISO 4217'],
    ['a day that does not exist', { signedOn: '2023-02-29' }, '/payload/signedOn', 'a date that exists'],
    ['a day in another order', { signedOn: '29.08.2024' }, '/payload/signedOn', 'YYYY-MM-DD'],
    ['a year alone', { signedOn: '2024' }, '/payload/signedOn', 'full date'],
    ['a plan without its decision', { ...PLANNED, decidedOn: undefined }, '/payload/decidedOn', 'date of the government decision'],
    ['a contract without its signature', { signedOn: undefined }, '/payload/signedOn', 'date of signature'],
    ['a contract without delivery years', { deliveries: undefined }, '/payload/deliveries', 'first and the last year'],
    ['delivery years the wrong way round', { deliveries: { from: 2029, to: 2028 } }, '/payload/deliveries/to', 'before the first'],
    [
      'delivery in the year before its signature',
      { deliveries: { from: 2023, to: 2029 } },
      '/payload/deliveries/from',
      'before the signature',
    ],
    ['delivery on the day before its signature', { ...FIRST, deliveredOn: '2024-08-28' }, '/payload/deliveredOn', 'before the signature'],
    ['signature on the day before the decision', { decidedOn: '2024-08-30' }, '/payload/signedOn', 'before the decision'],
    ['more delivered than bought', { ...FIRST, delivered: 13 }, '/payload/delivered', 'More is delivered (13)'],
    ['a first delivery of none', { ...FIRST, delivered: 0 }, '/payload/delivered', 'at least one'],
    ['a first delivery without a count', { ...FIRST, delivered: undefined }, '/payload/delivered', 'how many have been delivered'],
    ['something delivered under a contract only', { delivered: 1 }, '/payload/delivered', 'first delivery or incorporated'],
    ['replaces nothing named', { replaces: undefined }, '/payload/replaces', 'State the type that it replaces'],
    ['adds, and replaces', { effect: 'adds' }, '/payload/replaces', 'leave this out'],
    ['a counted cyber capability', { category: 'E5' }, '/payload/quantity', 'stated, not counted'],
    ['no purpose', { purpose: ' ' }, '/payload/purpose', 'State the purpose'],
    ['a purpose of 2001 characters', { purpose: 'x'.repeat(2001) }, '/payload/purpose', 'At most 2000'],
    ['an earlier stage that is no id', { previous: 'RS-2024-0001' }, '/payload/previous', 'State the id'],
    ['a field that nobody asked for', { verified: true }, '/payload/verified', 'is not a field here'],
    ['another participant in the payload', { participant: 'HR' }, '/payload/participant', 'is not a field here'],
    ['a field beside the amount', { value: { amount: 1, currency: 'EUR', secret: 1 } }, '/payload/value/secret', 'is not a field here'],
  ])('%s', (_what, overrides, pointer, message) => {
    const found = problems(acquisition(overrides))
    expect(found.map((problem) => problem.pointer)).toContain(pointer)
    expect(found.find((problem) => problem.pointer === pointer)!.message).toContain(message)
    expect(
      found.every((problem) => problem.message.length > 10 && !/invalid|expected|received|too (small|big)/i.test(problem.message)),
      JSON.stringify(found),
    ).toBe(true)
  })

  test('names every problem at once, in the order of the form', () => {
    expect(problems({}).map(({ pointer }) => pointer)).toEqual(
      ['stage', 'category', 'type', 'quantity', 'supplier', 'mode', 'value', 'effect', 'purpose'].map((field) => `/payload/${field}`),
    )
  })
})

describe('nil, withheld and blank', () => {
  const entryOf = (overrides: Parameters<typeof acquisition>[0]) => kind.entry(kind.schema.parse(acquisition(overrides)))
  const summaryOf = (overrides: Parameters<typeof acquisition>[0]) =>
    kind.summary(kind.schema.parse(acquisition(overrides)), () => 'France')

  test('are three different things in the list and in the summary', () => {
    expect(entryOf({ quantity: 0 }).quantity).toBe(0)
    expect(entryOf({ quantity: { withheld: 'Security' } }).quantity).toBeNull()
    expect(summaryOf({ quantity: 0 })).toBe('0 Rafale F3-R from France, contracted')
    expect(summaryOf({ quantity: { withheld: 'Security' } })).toBe('A withheld number of Rafale F3-R from France, contracted')
  })

  test('of a delivery: incorporated means all, a contract none, withheld unknown', () => {
    expect(entryOf({ stage: 'incorporated' }).delivered).toBe(12)
    expect(entryOf({}).delivered).toBe(0)
    expect(entryOf({ ...FIRST, delivered: { withheld: 'Security' } }).delivered).toBeNull()
    expect(entryOf({ stage: 'incorporated', quantity: { withheld: 'Security' } }).delivered).toBeNull()
  })
})
