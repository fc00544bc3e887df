import { expect, test } from 'vitest'
import { figureRows, holdingCells } from '../../app/(public)/declared-years.ts'
import { placeId, totalId } from '../../app/places.ts'
import { itemsOf } from '../../app/payload-words.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { listDeclarations, listFigures, listHoldings } from '../../lib/analysis/queries.ts'
import { withdrawFiling } from '../../lib/filings/commands.ts'
import { getFiling } from '../../lib/filings/queries.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

useRegister()

test('each number of a participant’s page leads to its place on the page of its filing, for everyone', async () => {
  const { filing } = await filed(an.holdings('ME'))
  for (const name of ['personnel', 'budget']) await filed({ ...FILING_EXAMPLES[name]!.value, participant: 'ME' } as unknown as Parameters<typeof filed>[0])
  const held = holdingCells((await listHoldings(as(null), { participant: 'ME' })).filter(({ category }) => category === 'I'))
  expect(held.map(({ words, href }) => [words, href])).toEqual([['211', `/register/${filing.id}#${totalId('I')}`]])
  const cells = figureRows(await listFigures(as(null), { participant: 'ME' })).flatMap((row) => row.cells)
  expect(cells.length).toBeGreaterThan(3)
  for (const { href } of cells) {
    const [id, place] = href.replace('/register/', '').split('#')
    const { entry, version } = await getFiling(as(null), { id: id! })
    expect(itemsOf(entry.kind, version.payload).map(({ at }) => placeId(at)), href).toContain(place)
  }
})

test('a participant’s page lists every declaration and statement, withdrawn ones too, and nobody else’s', async () => {
  const now = new Date('2027-01-10T10:00:00Z')
  for (const name of ['cyber', 'structure']) {
    const { filing } = await filed({ ...FILING_EXAMPLES[name]!.value, participant: 'BA' } as unknown as Parameters<typeof filed>[0], now)
    if (name === 'cyber') await withdrawFiling(as('ba-submitter', { now }), { id: filing.id, reason: 'Filed too early.' })
  }
  await filed(an.acquisition('BA'))
  const listed = await listDeclarations(as(null), { participant: 'BA' })
  expect(listed.map(({ kind, asOf, status }) => [kind, asOf, status])).toEqual([['declaration.structure', '2027-01-01', 'filed'], ['statement.cyber', '2026-10-31', 'withdrawn']])
})
