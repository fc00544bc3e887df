import { expect, test } from 'vitest'
import { listFigures } from '../../lib/analysis/queries.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { figureRows } from '../../app/(public)/declared-years.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

useRegister()
const budget = (overrides: Payload) => ({ kind: 'declaration.budget' as const, participant: 'MK', payload: { ...(FILING_EXAMPLES.budget!.value.payload as Payload), ...overrides } })

test('figures stand year by year, each with its filing, a line for each basis, as far as the reader may read them', async () => {
  const NOW = new Date('2026-11-20T10:00:00Z')
  const first = await filed(budget({}), NOW)
  const second = await filed(budget({ year: 2027, total: 350_000_000, adoptedOn: '2026-11-15', gdp: { withheld: 'not published yet' } }), NOW)
  await filed(budget({ year: 2026, basis: 'planned', total: 400_000_000 }), NOW)
  const seen = await listFigures(as(null), { participant: 'MK' })
  expect(new Set(seen.map(({ figure }) => figure))).toEqual(new Set(['total', 'gdp', 'share']))
  const rows = figureRows(seen)
  expect(rows.map(({ name }) => name)).toEqual([
    'Defence budget, adopted, EUR', 'Defence budget, planned, EUR', 'Gross domestic product, adopted, EUR', 'Gross domestic product, planned, EUR',
    'Share of gross domestic product, adopted', 'Share of gross domestic product, planned',
  ])
  expect(rows[0]!.cells).toEqual([
    { year: 2026, value: 331_000_000, words: '331 m', href: `/register/${first.filing.id}#field-total` }, { year: 2027, value: 350_000_000, words: '350 m', href: `/register/${second.filing.id}#field-total` },
  ])
  expect(rows[2]!.cells.map(({ words }) => words)).toEqual(['16.2 bn', 'withheld'])
  expect(new Set((await listFigures(as('observer'), { participant: 'MK' })).map(({ figure }) => figure))).toContain('procurement')
})
