import { describe, expect, test } from 'vitest'
import { problemsFrom } from '../../lib/auth/guard.ts'
import { disposal as disposalKind } from '../../lib/filings/kinds/disposal.ts'
import { holdings as holdingsKind, totalsOf } from '../../lib/filings/kinds/holdings.ts'
import { disposal, holdings, type Payload } from '../support/factories.ts'

const problemsOf = (schema: { safeParse: (payload: Payload) => { success: boolean; error?: unknown } }) => (payload: Payload) => {
  const parsed = schema.safeParse(payload)
  return parsed.success ? [] : problemsFrom(parsed.error as never, '/payload')
}
const ofDisposal = problemsOf(disposalKind.schema as never)
const ofHoldings = problemsOf(holdingsKind.schema as never)
const line = (overrides = {}) => ({ category: 'I', type: 'M-84', inService: 1, inStorage: 0, ...overrides })

describe('a disposal', () => {
  test.each<[string, Parameters<typeof disposal>[0]]>([
    ['retired', {}],
    ['sold', { mode: 'sale', recipient: 'UA' }],
    ['donated to a participant', { mode: 'donation', recipient: 'XK' }],
    ['destroyed on the day of the decision', { mode: 'destruction', completedOn: '2025-03-01' }],
    ['of a withheld number', { quantity: { withheld: 'Security' } }],
    ['of new production', { mode: 'sale', recipient: 'UA', fromHoldings: false }],
    ['compiled, with a year alone', { compiled: { source: 'UNROCA' }, decidedOn: undefined, completedOn: '2019', mode: 'sale' }],
  ])('%s holds', (_what, overrides) => expect(ofDisposal(disposal(overrides))).toEqual([]))

  test.each<[string, Parameters<typeof disposal>[0], string, string]>([
    ['without decision', { decidedOn: undefined }, '/payload/decidedOn', 'State the date of the decision'],
    ['sold to nobody', { mode: 'sale' }, '/payload/recipient', 'State who receives it'],
    ['donated to nobody', { mode: 'donation' }, '/payload/recipient', 'State who receives it'],
    ['retired to someone', { recipient: 'UA' }, '/payload/recipient', 'has no recipient'],
    ['destroyed to someone', { mode: 'destruction', recipient: 'UA' }, '/payload/recipient', 'has no recipient'],
    ['completed before it was decided', { completedOn: '2025-02-28' }, '/payload/completedOn', 'before the decision'],
    ['of a negative number', { quantity: -30 }, '/payload/quantity', 'cannot be negative'],
    ['lost', { mode: 'lost' }, '/payload/mode', 'State the mode'],
    ['whose stock is half said', { fromHoldings: 'no' }, '/payload/fromHoldings', 'true or false'],
    ['with a field of its own', { verified: true }, '/payload/verified', 'is not a field here'],
  ])('%s is refused', (_what, overrides, pointer, message) => {
    const found = ofDisposal(disposal(overrides))
    expect(found.map((problem) => problem.pointer)).toEqual([pointer])
    expect(found[0]!.message).toContain(message)
  })
})

describe('a declaration of holdings', () => {
  test.each<[string, Parameters<typeof holdings>[0]]>([
    ['of the example', {}],
    ['of nil only', { lines: [], nil: ['I', 'II'] }],
    ['without nil', { nil: undefined }],
    ['of withheld numbers', { lines: [line({ inService: { withheld: 'Security' }, inStorage: { withheld: 'Security' } })] }],
    ['of a line of zeroes in a nil category', { lines: [line({ category: 'VI', inService: 0 })] }],
    ['of the same type in two units', { lines: [line({ unit: 'A' }), line({ unit: 'B' })] }],
  ])('%s holds', (_what, overrides) => expect(ofHoldings(holdings(overrides))).toEqual([]))

  test.each<[string, Parameters<typeof holdings>[0], string, string]>([
    ['of nothing', { lines: [], nil: [] }, '/payload/lines', 'at least one line'],
    ['of no lines at all', { lines: undefined }, '/payload/lines', 'State the lines'],
    ['as of a year', { asOf: '2026' }, '/payload/asOf', 'full date'],
    ['as of a day that does not exist', { asOf: '2026-02-30' }, '/payload/asOf', 'a date that exists'],
    ['nil where lines state holdings', { nil: ['VI', 'I'] }, '/payload/nil/1', 'declared nil, but lines state holdings'],
    [
      'nil where a line withholds',
      { lines: [line({ category: 'VI', inService: { withheld: 'Security' } })], nil: ['VI'] },
      '/payload/nil/0',
      'declared nil',
    ],
    ['nil twice', { nil: ['VI', 'VI'] }, '/payload/nil/1', 'named twice'],
    ['nil in an unknown category', { nil: ['XII'] }, '/payload/nil/0', 'not a category'],
    [
      'with a blank number in its second line',
      { lines: [line(), line({ inStorage: '' })] },
      '/payload/lines/1/inStorage',
      'A blank is not a nil',
    ],
    [
      'with a missing number',
      { lines: [{ category: 'I', type: 'M-84', inService: 1 }] },
      '/payload/lines/0/inStorage',
      'A blank is not a nil',
    ],
    ['with half a tank', { lines: [line({ inService: 0.5 })] }, '/payload/lines/0/inService', 'whole number'],
    ['with a line without type', { lines: [line({ type: '' })] }, '/payload/lines/0/type', 'State the type or model'],
    ['with an unknown field in a line', { lines: [line({ secret: 1 })] }, '/payload/lines/0/secret', 'is not a field here'],
    ['with lines that are no list', { lines: {} }, '/payload/lines', 'as a list'],
  ])('%s is refused', (_what, overrides, pointer, message) => {
    const found = ofHoldings(holdings(overrides))
    expect(found.map((problem) => problem.pointer)).toContain(pointer)
    expect(found.find((problem) => problem.pointer === pointer)!.message).toContain(message)
  })

  test('adds up per category: nil is 0, withheld is counted apart and never as zero, what is not named is not there', () => {
    const payload = holdingsKind.schema.parse(
      holdings({
        lines: [
          line({ inService: 195, inStorage: 16 }),
          line({ type: 'T-72', inService: 4 }),
          line({ category: 'II', inService: { withheld: 'Security' }, inStorage: 5 }),
        ],
        nil: ['VI'],
      }),
    )
    expect(totalsOf(payload)).toEqual([
      { category: 'VI', inService: 0, inStorage: 0, withheld: 0 },
      { category: 'I', inService: 199, inStorage: 16, withheld: 0 },
      { category: 'II', inService: 0, inStorage: 5, withheld: 1 },
    ])
    expect(totalsOf(payload).map(({ category }) => category)).not.toContain('III')
  })
})
