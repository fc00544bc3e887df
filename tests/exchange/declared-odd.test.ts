import { expect, test } from 'vitest'
import { readGiven } from '../../lib/exchange/read.ts'
import { DECLARED_KINDS } from '../../lib/filings/kinds/declared-fields.ts'
import { kindOf } from '../../lib/filings/kinds/registry.ts'
import { chanceOf } from './chance.ts'
import { ODD_FAULTS, oddOf, type Odd } from './declared-odd.ts'
import { refusal } from './given.ts'

const SHEETS = 600

/** Two thirds with one fault each, all faults in turn, each in a kind that it fits; the rest as they should be. */
const made = async (): Promise<Odd[]> => {
  const chance = chanceOf(20_270_102)
  const sent: Odd[] = []
  for (let nth = 0; sent.length < SHEETS; nth += 1) {
    const fault = nth % 3 === 0 ? null : ODD_FAULTS[(nth - Math.ceil(nth / 3)) % ODD_FAULTS.length]!
    let one: Odd | null = null
    while (!one) one = await oddOf(chance, chance.pick(DECLARED_KINDS), fault)
    sent.push(one)
  }
  return sent
}

test(`${SHEETS} spreadsheets of the other declarations: each imports to what was meant, or is refused with the cell named; none is silently misread`, async () => {
  const sent = await made()
  const refused = new Map<string, number>()
  let imported = 0
  for (const { kind, name, bytes, meant, fault, sheet, cell, about } of sent) {
    expect({ about, ...kindOf(kind).schema.safeParse(meant) }).toMatchObject({ success: true })
    const given = { name, type: '', bytes }
    if (fault === 'two sheets') expect(await refusal(readGiven(kind, given))).toContain('“Копија”')
    else {
      const { payload, problems } = await readGiven(kind, given)
      expect({ about, places: problems.map((problem) => [problem.sheet, problem.cell]) }).toEqual({ about, places: fault === null ? [] : [[sheet, cell]] })
      expect({ about, payload }).toEqual({ about, payload: fault === null ? meant : null })
    }
    if (fault === null) imported += 1
    else refused.set(fault, (refused.get(fault) ?? 0) + 1)
  }
  expect(imported).toBeGreaterThan(150)
  expect(ODD_FAULTS.filter((fault) => (refused.get(fault) ?? 0) < 2)).toEqual([])
  expect(sent.filter(({ name }) => name.endsWith('.csv')).length).toBeGreaterThan(100)
}, 60_000)
