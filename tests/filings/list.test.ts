import { beforeAll, describe, expect, test } from 'vitest'
import { FILING_SORTS } from '../../lib/filings/input.ts'
import { listFilings, suggestTypes } from '../../lib/filings/queries.ts'
import { searchQuery, searchText } from '../../lib/filings/rules.ts'
import { withdrawFiling } from '../../lib/filings/commands.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

useRegister()
type Filter = Parameters<typeof listFilings>[1]
const listed = async (filter: Filter = {}) => (await listFilings(as(null), { limit: 200, ...filter })).items
const numbers = async (filter: Filter) => (await listed(filter)).map(({ number }) => number).toSorted()
const day = (n: number) => new Date(Date.UTC(2025, 0, n, 23, 30))

beforeAll(async () => {
  const types = ['Rafale F3-R', 'M-84', 'Šumadija', 'Bayraktar TB2', 'T-72']
  for (let n = 0; n < 12; n += 1) {
    const participant = ['ME', 'AL', 'BA'][n % 3]!
    await filed(
      an.acquisition(participant, {
        type: types[n % 5],
        category: ['IVa', 'I', 'VIIa', 'IVb', 'I'][n % 5],
        quantity: n % 4 === 0 ? { withheld: 'Security' } : n,
        supplier: n % 2 ? 'FR' : 'TR',
      }),
      day(n + 1),
    )
  }
  await filed(an.disposal('ME', { decidedOn: '2024-12-01' }), day(20))
  await filed(an.holdings('ME'), day(21))
  const { filing } = await filed(an.disposal('AL', { decidedOn: '2024-12-01', type: 'Withdrawn gun', category: 'III' }), day(22))
  await withdrawFiling(as('al-submitter', { now: day(23) }), { id: filing.id, reason: 'Filed twice.' })
}, 60_000)

describe('the register’s list', () => {
  test.each(FILING_SORTS)('sorted by %s is paged without losing, repeating or reordering anything', async (sort) => {
    const whole = (await listed({ sort })).map(({ entryId }) => entryId)
    expect(new Set(whole).size).toBe(15)
    const pages: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listFilings>> = await listFilings(as(null), { sort, limit: 4, ...(cursor ? { cursor } : {}) })
      expect(page.total).toBe(15)
      pages.push(...page.items.map(({ entryId }) => entryId))
      cursor = page.next
    } while (cursor)
    expect(pages).toEqual(whole)
    const other = (await listed({ sort: (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as typeof sort })).map(({ entryId }) => entryId)
    expect(other).toEqual(whole.toReversed())
  })

  test('a page begun before a filing goes on where it was, whatever is filed meanwhile', async () => {
    const first = await listFilings(as(null), { sort: 'number', participant: 'BA', limit: 2 })
    await filed(an.disposal('AL', { decidedOn: '2024-12-01' }), day(28))
    const rest = await listFilings(as(null), { sort: 'number', participant: 'BA', limit: 200, cursor: first.next! })
    expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual(await numbers({ participant: 'BA' }))
  })

  test('is filtered by participant, kind, category, stage, status, verification and days, and by all of them together', async () => {
    expect(new Set((await listed({ participant: 'ME' })).map(({ participant }) => participant))).toEqual(new Set(['ME']))
    expect(await numbers({ kind: 'notification.disposal', participant: 'ME' })).toEqual(['ME-2025-0005'])
    expect((await listed({ category: 'IVb' })).every(({ category }) => category === 'IVb')).toBe(true)
    expect(await numbers({ kind: 'declaration.holdings', category: 'VI' })).toEqual(await numbers({ kind: 'declaration.holdings' }))
    expect(await listed({ stage: 'planned' })).toEqual([])
    expect(await numbers({ status: 'withdrawn' })).toHaveLength(1)
    expect(await listed({ verification: 'verified' })).toEqual([])
    expect(
      await numbers({
        participant: 'ME',
        kind: 'notification.acquisition',
        category: 'IVa',
        from: '2025-01-01',
        to: '2025-01-31',
        q: 'rafale',
      }),
    ).toEqual(['ME-2025-0001'])
  })

  test('counts days in UTC, the last one included', async () => {
    expect(await numbers({ from: '2025-01-03', to: '2025-01-03' })).toEqual(['BA-2025-0001'])
    expect(await numbers({ to: '2025-01-02' })).toEqual(['AL-2025-0001', 'ME-2025-0001'])
    expect(await listed({ from: '2026' })).toEqual([])
  })

  test.each<[string, Filter]>([
    ['a day that does not exist', { from: '2025-02-30' }],
    ['a month that does not exist', { to: '2025-13' }],
    ['a month that is none', { to: '2025-00' }],
    ['a day that no database takes', { to: '9999-12-31' }],
    ['the year 0', { from: '0000-01-01' }],
    ['an unknown sort', { sort: 'secret' as never }],
    ['201 rows', { limit: 201 }],
    ['a made-up cursor', { cursor: 'bm90aGluZw' }],
    [
      'a cursor of another sort',
      { sort: 'quantity', cursor: Buffer.from(JSON.stringify(['Rafale', '00000000-0000-4000-8000-000000000000'])).toString('base64url') },
    ],
    [
      'a cursor with a NUL',
      { sort: 'type', cursor: Buffer.from(JSON.stringify(['\u0000', '00000000-0000-4000-8000-000000000000'])).toString('base64url') },
    ],
    ['a cursor with half an id', { cursor: Buffer.from(JSON.stringify(['2025-01-01', '-'.repeat(36)])).toString('base64url') }],
    ['a field of the table', { words: 'x' } as never],
  ])('refuses %s in words', async (_what, filter) => expect(await codeOf(listFilings(as(null), filter))).toBe('invalid'))
})

describe('search', () => {
  test.each<[string, number]>([
    ['rafale', 3],
    ['RAFALE f3', 3],
    ['f3-r rafale', 3],
    ['šumadija', 2],
    ['albania', 5],
    ['france', 6],
    ['combat aircraft', 3],
    ['ME-2025-0001', 1],
    ['nothing of the kind', 0],
    ['   ', 15],
    ['&|!:*()', 15],
    ["' or 1=1 --", 0],
  ])('for %j finds %i', async (q, count) => {
    const found = await listed({ q, to: '2025-01-24' })
    expect(found.length).toBe(count)
  })

  test('never asks the database anything but words', () => {
    expect(searchQuery("f3-r & !secret:* | 'x'")).toBe('f3:* & r:* & secret:* & x:*')
    expect(searchQuery('!!!')).toBeNull()
    expect(searchText(['Šumadija', null, ' 122-mm '])).toBe('šumadija 122 mm')
  })
})

describe('suggested types', () => {
  test('begin as typed first, spelled as filed, with who filed them', async () => {
    const [first] = await suggestTypes(as('hr-submitter'), { q: 'raf' })
    expect(first).toMatchObject({ type: 'Rafale F3-R', category: 'IVa' })
    expect(first!.participants.toSorted()).toEqual(['AL', 'BA', 'ME'])
    expect((await suggestTypes(as('hr-submitter'), { q: '72', category: 'I' })).map(({ type }) => type)).toContain('T-72')
    expect(await suggestTypes(as('hr-submitter'), { q: '%' })).not.toEqual([])
    expect(await suggestTypes(as('hr-submitter'), { q: 'zzz' })).toEqual([])
  })
})
