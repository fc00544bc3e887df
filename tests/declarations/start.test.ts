import { describe, expect, test } from 'vitest'
import { startFrom, type Movement } from '../../lib/declarations/rules.ts'
import { startDeclaration } from '../../lib/declarations/queries.ts'
import type { HoldingLine } from '../../lib/filings/kinds/holdings.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

const line = (more: Partial<HoldingLine> = {}): HoldingLine => ({ category: 'I', type: 'M-84', inService: 100, inStorage: 20, unit: '1st Brigade', site: 'Niš', ...more })
const movement = (pieces: number | null, more: Partial<Movement> = {}): Movement =>
  ({ filing: { id: 'f', number: 'RS-2026-0001' }, category: 'I', type: 'M-84', pieces, on: '2026-05-01', ...more })
const started = (lines: HoldingLine[], movements: Movement[], nil: HoldingLine['category'][] = []) => startFrom({ lines, nil }, movements)

describe('a declaration starts from the last one, carried on by what was notified', () => {
  test('a delivery comes into service on the line of its type, whatever its spelling, and keeps unit and site', () => {
    const { lines, carried } = started([line({ type: 'T-72' }), line()], [movement(12, { type: 'm84' })])
    expect(lines[1]).toEqual(line({ inService: 112 }))
    expect(carried).toMatchObject([{ line: 1, field: 'inService', from: 100, to: 112, filing: { number: 'RS-2026-0001' }, why: null }])
  })

  test('a type that was not held has a line of its own, and its category is nil no more', () => {
    const { lines, nil, carried } = started([line()], [movement(12, { category: 'IVa', type: 'Rafale F3-R' })], ['IVa', 'VI'])
    expect(lines[1]).toEqual({ category: 'IVa', type: 'Rafale F3-R', inService: 12, inStorage: 0 })
    expect(nil).toEqual(['VI'])
    expect(carried[0]).toMatchObject({ line: 1, from: null, to: 12 })
  })

  test('a disposal leaves storage first, then service', () => {
    expect(started([line()], [movement(-20)]).lines[0]).toMatchObject({ inService: 100, inStorage: 0 })
    expect(started([line()], [movement(-21)]).lines[0]).toMatchObject({ inService: 79, inStorage: 20 })
    expect(started([line()], [movement(-15), movement(-10, { on: '2026-06-01' })]).lines[0]).toMatchObject({ inService: 90, inStorage: 5 })
  })

  test.each<[string, HoldingLine[], Movement, RegExp]>([
    ['more than a line holds', [line()], movement(-121), /no single line of this type states so many/],
    ['a type that is not there', [line({ type: 'T-72' })], movement(-3), /no line of this type/],
    ['a withheld number', [line()], movement(null), /withheld/],
    ['from a withheld stock', [line({ inService: { withheld: 'readiness' }, inStorage: 0 })], movement(-3), /no single line/],
  ])('%s is said, and changes nothing', (_what, lines, one, why) => {
    const start = started(lines, [one])
    expect(start.lines).toEqual(lines)
    expect(start.carried[0]).toMatchObject({ line: null, why: expect.stringMatching(why) })
  })
})

describe('from the register', () => {
  useRegister()
  const AT = new Date('2026-11-20T10:00:00Z')
  const start = (asOf: string) => startDeclaration(as('me-submitter', { now: AT }), { asOf })

  test('with nothing declared it starts empty, and says whether ceilings apply', async () => {
    expect(await start('2026-01-01')).toMatchObject({ lines: [], previous: null, florenceParty: true })
    expect((await startDeclaration(as('al-submitter', { now: AT }), { asOf: '2026-01-01' })).florenceParty).toBe(false)
    expect(await codeOf(startDeclaration(as('observer'), { asOf: '2026-01-01' }))).toBe('forbidden')
  })

  test('what was delivered by the last declaration is not counted twice', async () => {
    await filed(an.holdings('ME', { asOf: '2026-01-01', lines: [{ category: 'IVa', type: 'Rafale F3-R', inService: 3, inStorage: 0, unit: 'Squadron', site: 'Golubovci' }], nil: [] }), new Date('2025-12-01T10:00:00Z'))
    const first = await submitFiling(as('me-submitter', { now: new Date('2025-11-01T10:00:00Z') }), an.acquisition('ME', { stage: 'first_delivery', delivered: 3, deliveredOn: '2025-10-01' }) as never)
    await submitFiling(as('me-submitter', { now: new Date('2026-07-01T10:00:00Z') }), an.acquisition('ME', { stage: 'incorporated', delivered: 12, deliveredOn: '2026-06-15', previous: first.filing.id }) as never)
    await filed(an.disposal('ME', { category: 'IVa', type: 'Rafale F3-R', quantity: 1, decidedOn: '2026-07-01', completedOn: '2026-08-01' }), AT)
    const found = await start('2027-01-01')
    expect(found.previous).toMatchObject({ asOf: '2026-01-01', totals: [{ category: 'IVa', inService: 3 }] })
    expect(found.carried.map(({ pieces, from, to }) => [pieces, from, to])).toEqual([[9, 3, 12], [-1, 12, 11]])
    expect(found.lines).toEqual([{ category: 'IVa', type: 'Rafale F3-R', inService: 11, inStorage: 0, unit: 'Squadron', site: 'Golubovci' }])
  })

  test('a plan that is not delivered changes nothing', async () => {
    await submitFiling(as('me-submitter', { now: AT }), an.acquisition('ME', { category: 'IVb', type: 'Bayraktar TB2', quantity: 6 }) as never)
    expect((await start('2027-01-01')).lines.map(({ type }) => type)).toEqual(['Rafale F3-R'])
  })
})
