import { describe, expect, test } from 'vitest'
import { readCeilings } from '../../lib/db/history.ts'
import { HoldingsPayload, totalsOf } from '../../lib/filings/kinds/holdings.ts'
import { WITHHELD, derived, filings, holdings, mapping, ofKind, rowOf, type Row } from '../support/history.ts'

const declarations = ofKind('declaration.holdings').map((filing) => ({ ...filing, holds: HoldingsPayload.parse(filing.payload) }))
const latest = (participant: string) => declarations.filter((filing) => filing.participant === participant).at(-1)!
const holdsOf = (participant: string, year: number | string) =>
  declarations.find((filing) => filing.ref === `H.${participant}.${year}`)!.holds
const linesOf = (participant: string, year: number, category: string) => Object.fromEntries(
  holdsOf(participant, year).lines.filter((line) => line.category === category).map((line) => [line.type, line.inService]))

describe('the declarations of history', () => {
  test('one for each participant and year that a figure is of', () => {
    expect(declarations.map((filing) => filing.ref).toSorted())
      .toEqual([...new Set(holdings.map((row) => `H.${row.participant}.${row.as_of_year}`))].toSorted())
    expect(declarations.filter(({ ref, filedAt, holds }) =>
      holds.asOf !== `${ref.slice(-4)}-12-31` || filedAt !== `${holds.asOf}T12:00:00Z`)).toEqual([])
  })

  test('every figure is told in the declaration of its year: as a line, as nil, or in words', () => {
    const untold = [...holdings, ...derived].filter((row) => !holdsOf(row.participant!, row.as_of_year!).compiled!.note!.includes(row.id!))
    expect(untold).toEqual([])
    const lost = holdings.filter((row) => row.quantity !== '').filter((row) => {
      const holds = holdsOf(row.participant!, row.as_of_year!)
      const { category, type, use } = mapping.find((entry) => entry.id === row.id)!
      if (use === 'part' || use === 'note') {
        return !`${holds.lines.map((line) => line.remark).join(' ')} ${holds.compiled!.note}`.includes(`${row.item} ${row.quantity}`)
      }
      return !holds.nil.some((code) => code === category) && !holds.compiled!.note!.includes(`None: ${type}`) &&
        !holds.lines.some((line) => line.category === category && line.type === type && line.inService === Number(row.quantity))
    })
    expect(lost).toEqual([])
  })

  test('no number is invented: each is a figure of the participant by that year, or worked out from the rows it names', () => {
    const figures = new Map(holdings.map((row) => [row.id, row.quantity === '' ? NaN : Number(row.quantity)]))
    const arrivals = (id: string) => filings.filter((filing) => rowOf(filing) === id).at(-1)!.payload
    const worth = (id: string): number => figures.get(id) ?? Number(arrivals(id).delivered ?? arrivals(id).quantity)
    const worked = derived.filter((row) => row.basis !== '').map((row) => {
      const [first, ...rest] = row.basis!.split(' ')
      let sum = worth(first!)
      for (let at = 0; at < rest.length; at += 2) sum += (rest[at] === '-' ? -1 : 1) * worth(rest[at + 1]!)
      return { ...row, quantity: String(sum) } as Row
    })
    const invented = declarations.flatMap(({ ref, participant, holds }) => {
      const known = new Set([...holdings, ...worked]
        .filter((row) => row.participant === participant && row.as_of_year! <= ref.slice(-4))
        .map((row) => `${mapping.find((entry) => entry.id === row.id)?.category ?? row.category} ${row.quantity}`))
      return holds.lines.flatMap((line) => [line.inService, line.inStorage]
        .filter((number) => typeof number === 'number' && number !== 0 && !known.has(`${line.category} ${number}`))
        .map((number) => `${ref} ${line.type} ${number}`))
    })
    expect(invented).toEqual([])
  })

  test('a category once declared is declared in every later declaration', () => {
    const named = (filing: (typeof declarations)[number]) => totalsOf(filing.holds).map((total) => total.category)
    expect(declarations.flatMap((filing, index) => {
      const later = declarations.slice(index + 1).filter((other) => other.participant === filing.participant)
      return later.flatMap((other) => named(filing).filter((code) => !named(other).includes(code)).map((code) => `${other.ref} ${code}`))
    })).toEqual([])
  })

  test('what is carried says from when', () => {
    const tanks = latest('RS').holds.lines.find((line) => line.category === 'I' && line.inService === 464)!
    expect(tanks.remark).toMatch(/^As reported for 2019\. Official answer/)
  })

  test('Serbia: the types still named replace the total of 2013 in 2024', () => {
    expect(linesOf('RS', 2021, 'IVa')).toEqual({ 'Combat aircraft (all types)': 84 })
    expect(linesOf('RS', 2024, 'IVa')).toEqual({ 'MiG-29': 14, 'J-22 Orao': 17 })
    expect(linesOf('RS', 2024, 'I')).toEqual({ 'Battle tanks (all types)': 464, 'T-72MS': 30 })
    expect(linesOf('RS', 2024, 'Va')).toEqual({ 'Mi-35M': 4, 'Mi-35P': 11 })
  })

  test('Croatia: tanks less those given away; the ranking site does not make it exceed its ceiling', () => {
    expect(linesOf('HR', 2025, 'I')).toEqual({ 'Battle tanks (all types)': 202 })
    expect(linesOf('HR', 2018, 'II')).toEqual({ 'Armoured combat vehicles (all types)': WITHHELD })
    expect(linesOf('HR', 2025, 'IVa')).toEqual({ 'Rafale F3-R': 8 })
  })

  test('North Macedonia: nil after what it gave away', () => {
    expect(latest('MK').holds.nil).toEqual(['I', 'IVa', 'Va'])
    expect(linesOf('MK', 2022, 'IVa')).toEqual({ 'Su-25': 4 })
  })

  test('no declaration exceeds a ceiling in force', () => {
    const ceilings = readCeilings()
    const limit = (participant: string, category: string, day: string) => ceilings.find((row) => row.participant === participant &&
      row.category === category && row.validFrom <= day && (row.validTo === null || day <= row.validTo))?.ceiling ?? Infinity
    expect(declarations.flatMap(({ ref, participant, holds }) => totalsOf(holds)
      .filter((total) => total.inService + total.inStorage > limit(participant, total.category, holds.asOf))
      .map((total) => `${ref} ${total.category}`))).toEqual([])
  })
})
