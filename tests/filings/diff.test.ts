import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../lib/log/canonical.ts'
import { changesBetween } from '../../lib/filings/diff.ts'

const line = (type: string, inService: number, more: Record<string, Json> = {}) => ({ category: 'I', type, inService, inStorage: 0, ...more })

describe('what differs between two versions', () => {
  test('a value with its currency is one fact', () => {
    const before = { value: { amount: 2.7e9, currency: 'EUR' }, quantity: 12 }
    expect(changesBetween(before, { ...before, value: { withheld: 'commercial' } }))
      .toEqual([{ pointer: '/value', label: 'Value', before: before.value, after: { withheld: 'commercial' } }])
  })

  test('what is stated anew, and what is no longer stated', () => {
    expect(changesBetween({ replaces: 'MiG-29' }, { decidedOn: '2024-04-09' })).toEqual([
      { pointer: '/decidedOn', label: 'Decided on', before: null, after: '2024-04-09' },
      { pointer: '/replaces', label: 'Replaces', before: 'MiG-29', after: null },
    ])
  })

  test('a line put in before others changes no other line', () => {
    const before = { lines: [line('M-84', 195), line('T-72', 30)] }
    expect(changesBetween(before, { lines: [line('T-55', 4), ...before.lines] }))
      .toEqual([{ pointer: '/lines/0', label: 'T-55 (I)', before: null, after: line('T-55', 4) }])
  })

  test('a figure of a line is named with its line; a line taken out points into the earlier version', () => {
    const before = { lines: [line('M-84', 195, { unit: '1st' }), line('T-72', 30)] }
    expect(changesBetween(before, { lines: [line('M-84', 189, { unit: '1st' })] })).toEqual([
      { pointer: '/lines/0/inService', label: 'M-84 (I): in service', before: 195, after: 189 },
      { pointer: '/lines/1', label: 'T-72 (I)', before: line('T-72', 30), after: null },
    ])
  })

  test('two lines that state the same are told apart by their order', () => {
    const before = { lines: [line('M-84', 1), line('M-84', 2)] }
    expect(changesBetween(before, { lines: [line('M-84', 1), line('M-84', 3)] }).map(({ pointer }) => pointer)).toEqual(['/lines/1/inService'])
  })

  test('all lines, or none', () => {
    expect(changesBetween({ lines: [line('M-84', 1)], nil: [] }, { lines: [], nil: ['I'] })).toEqual([
      { pointer: '/lines', label: 'Lines', before: [line('M-84', 1)], after: [] },
      { pointer: '/nil', label: 'Nil categories', before: [], after: ['I'] },
    ])
  })

  test('20,000 equal lines are compared in proportion to their number', () => {
    const lines = Array.from({ length: 20_000 }, () => line('M-84', 1))
    const started = performance.now()
    expect(changesBetween({ lines }, { lines: lines.slice(1) })).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(8000)
  })
})

const payload = fc.dictionary(fc.constantFrom('quantity', 'value', 'lines', 'nil', 'purpose'), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<Record<string, Json>>

test('nothing differs from itself, whatever the order of its members', () => {
  fc.assert(fc.property(payload, (given) => {
    const turned = JSON.parse(JSON.stringify(given), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value) as Record<string, Json>
    expect(changesBetween(given, turned)).toEqual([])
  }))
})

test('what differs is found from either side', () => {
  fc.assert(fc.property(payload, payload, (a, b) => {
    expect(changesBetween(a, b).length).toBe(changesBetween(b, a).length)
  }))
})
