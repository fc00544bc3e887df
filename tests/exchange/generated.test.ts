import { expect, test } from 'vitest'
import { chanceOf } from './chance.ts'
import { cells, read, refusal } from './given.ts'
import { ALL_FAULTS, sheetOf, type Sent } from './sheets.ts'

const SHEETS = 500

/** Two thirds with one fault each, all faults in turn; the rest as they should be. */
const made = async (): Promise<Sent[]> => {
  const chance = chanceOf(20_270_101)
  const sent: Sent[] = []
  for (let nth = 0; sent.length < SHEETS; nth += 1) {
    const one = await sheetOf(chance, nth % 3 === 0 ? null : ALL_FAULTS[nth % ALL_FAULTS.length]!)
    if (one) sent.push(one)
  }
  return sent
}

test(`${SHEETS} spreadsheets: each imports to what was meant, or is refused with the cell named; none is silently misread`, async () => {
  const sent = await made()
  const refused = new Map<string, number>()
  let imported = 0
  for (const { name, bytes, meant, fault, cell, about } of sent) {
    if (fault === 'two sheets') {
      const message = await refusal(read(bytes, { name }))
      expect(message).toContain('“Списак”')
      expect(message).toContain('“Копија”')
    } else {
      const reading = await read(bytes, { name })
      expect({ fault, about, cells: cells(reading) }).toEqual({ fault, about, cells: cell === null ? [] : [cell] })
      expect({ about, payload: reading.payload }).toEqual({ about, payload: fault === null ? meant : null })
    }
    if (fault === null) imported += 1
    else refused.set(fault, (refused.get(fault) ?? 0) + 1)
  }
  expect(imported).toBeGreaterThan(150)
  expect(ALL_FAULTS.filter((fault) => (refused.get(fault) ?? 0) < 3)).toEqual([])
  expect(sent.filter(({ name }) => name.endsWith('.csv')).length).toBeGreaterThan(100)
}, 60_000)
