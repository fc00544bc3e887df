import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { historicFilings, readBorders, readCeilings, readParticipants, type HistoricFiling } from '../../lib/db/history.ts'
import { kindOf } from '../../lib/filings/kinds/registry.ts'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'
import { isCategory } from '../../lib/taxonomy/rules.ts'
import {
  WITHHELD, acquisitions, byRef, compiledOf, derived, disposals, filings, holdings, mapping, ofKind, readData, readings, rowOf, type Row,
} from '../support/history.ts'

const deals = filings.filter(({ kind }) => kind === 'notification.acquisition' || kind === 'notification.disposal')

/** Every row that tells of one deal. */
const sourcesOf = (table: Row[], id: string): Row[] => table.filter((row) => row.id === id || row.same_as === id)
/** Every whole number that the rows hold, in columns or in words. */
const numbersIn = (table: Row[]): Set<number> =>
  new Set(table.flatMap((row) => Object.values(row).join(' ').replace(/(\d),(?=\d{3})/g, '$1').match(/\d+/g) ?? []).map(Number))

describe('the filings of history', () => {
  test('every deal is filed, and no row that only tells of another', () => {
    const filed = (kind: HistoricFiling['kind']) => [...new Set(ofKind(kind).map(rowOf))].toSorted()
    const main = (table: Row[]) => table.filter((row) => row.same_as === '').map((row) => row.id).toSorted()
    expect(filed('notification.acquisition')).toEqual(main(acquisitions))
    expect(filed('notification.acquisition')).toHaveLength(170)
    expect(filed('notification.disposal')).toEqual(main(disposals))
    expect(ofKind('notification.disposal')).toHaveLength(39)
  })

  test('each belongs to the participant of its row, and Kosovo* is XK', () => {
    const owner = (id: string) =>
      [...acquisitions, ...disposals].filter((row) => row.id === id).map((row) => row.recipient ?? row.participant)[0]
    expect(deals.filter((filing) => filing.participant !== owner(rowOf(filing)))).toEqual([])
    expect(filings.filter((filing) => filing.participant === 'XK').length).toBeGreaterThan(20)
    expect(filings.filter((filing) => /Kosovo(?!\*)/.test(JSON.stringify(filing.payload)))).toEqual([])
  })

  test('each passes the schema of its kind, as a filing of today must', () => {
    const problems = ({ ref, kind, payload }: HistoricFiling) =>
      (kindOf(kind).schema as z.ZodType).safeParse(payload).error?.issues.map((issue) => [ref, issue]) ?? []
    expect(filings.flatMap(problems)).toEqual([])
  })

  test('each names its sources in words that a reader knows', () => {
    const raw = /^$|github:|\d{3}_\w+\.txt|(^|; )years?:/
    expect(filings.map((filing) => compiledOf(filing).source).filter((source) => raw.test(source))).toEqual([])
    const sipri = acquisitions.filter((row) => row.same_as === '' && row.source!.includes('SIPRI AT id'))
    expect(sipri.length).toBeGreaterThan(50)
    for (const { id } of sipri) {
      expect(compiledOf(filings.find((filing) => rowOf(filing) === id)!).source).toContain('SIPRI Arms Transfers Database')
    }
  })

  test('they stand in the order of their days, none in the future of the register', () => {
    const days = filings.map((filing) => filing.filedAt)
    expect(days).toEqual(days.toSorted())
    expect(new Set(filings.map((filing) => filing.ref)).size).toBe(filings.length)
    expect(days.filter((day) => new Date(day).toISOString().replace('.000', '') !== day || day > '2026-08-01')).toEqual([])
  })

  test('a stage follows an earlier filing of the same participant and category, further along', () => {
    const stages = ['planned', 'contracted', 'first_delivery', 'incorporated']
    const following = filings.filter((filing) => filing.follows)
    expect(following.length).toBeGreaterThan(75)
    const same = ({ participant, payload }: HistoricFiling) => [participant, payload.category, payload.type].join()
    const stage = ({ payload }: HistoricFiling) => stages.indexOf(payload.stage as string)
    expect(following.filter((filing) => {
      const earlier = byRef.get(filing.follows!)!
      return same(earlier) !== same(filing) || stage(earlier) >= stage(filing) || filings.indexOf(earlier) >= filings.indexOf(filing)
    })).toEqual([])
    expect(new Set(following.map((filing) => filing.follows)).size).toBe(following.length)
  })

  test('no number is invented: each is in a row of its deal, or the sum of its rows', () => {
    // "First of class" is one; the years of the AW169 are those of its contract, told of the AW149.
    const inWords = ['A046.first_delivery 1', 'A129.contracted 2026', 'A129.contracted 2028']
    const invented = deals.flatMap((filing) => {
      const sources = sourcesOf([...acquisitions, ...disposals], rowOf(filing))
      const sum = sources.reduce((total, row) => total + Number(row.quantity), 0)
      const known = numbersIn(sources).add(0).add(sum)
      const { quantity, delivered, value, deliveries } = filing.payload as Record<string, object | undefined>
      return [quantity, delivered, ...Object.values(value ?? {}), ...Object.values(deliveries ?? {})]
        .filter((item) => typeof item === 'number' && !known.has(item)).map((number) => `${filing.ref} ${number}`)
    })
    expect(invented.toSorted()).toEqual(inWords)
  })

  test('no date is invented', () => {
    const countedByHoldings = ['A069', 'A073']
    const invented = deals.filter((filing) => !countedByHoldings.includes(rowOf(filing))).flatMap((filing) => {
      const known = numbersIn(sourcesOf([...acquisitions, ...disposals], rowOf(filing)))
      return ['decidedOn', 'signedOn', 'deliveredOn', 'completedOn'].map((field) => (filing.payload[field] ?? '') as string)
        .filter((date) => date && (!known.has(Number(date.slice(0, 4))) || (date.length > 4 && !known.has(Number(date.slice(8))))))
        .map((date) => `${filing.ref} ${date}`)
    })
    expect(invented).toEqual([])
  })
})

describe('categories and types', () => {
  test('every row has one category of the register, one type and a reason', () => {
    const main = [...acquisitions, ...disposals].filter((row) => row.same_as === '')
    expect(mapping.map((row) => row.id)).toEqual([...main, ...holdings].map((row) => row.id))
    expect([...mapping, ...derived].filter((row) => !isCategory(row.category) || row.type === '' || row.why === '')).toEqual([])
  })

  test('a type has one category everywhere', () => {
    const types = new Map<string, Set<string>>()
    for (const row of [...mapping, ...derived]) types.set(row.type!, (types.get(row.type!) ?? new Set()).add(row.category!))
    expect([...types].filter(([, categories]) => categories.size > 1)).toEqual([])
  })

  test.each([
    ['A088', 'S4', 'JLTV'], ['A156', 'S4', 'M-ATV'], ['A004', 'II', 'BRDM-2MS'], ['A008', 'E4', 'FK-3'], ['A077', 'E9', 'FGM-148 Javelin'],
    ['A189', 'E9', '9M120 Ataka'], ['A071', 'IVb', 'Bayraktar TB2'], ['A046', 'S3', 'Omis class'],
    ['A105', 'E8', 'Anti-drone system (Koncar)'], ['A193', 'VIIa', 'R-77'], ['A195', 'none', 'Kh-29'], ['A125', 'E1', 'Skydagger'],
  ])('%s is %s, %s', (id, category, type) => {
    expect(filings.find((filing) => rowOf(filing) === id)!.payload).toMatchObject({ category, type })
  })

  test('every reading is of a row and a field that exist, and says why', () => {
    const fields: Record<string, string> = {
      acquisitions: 'quantity delivered decided signed received from to replaces purpose mode value filed follows withdrawn',
      disposals: 'quantity completed',
      holdings: 'inStorage',
    }
    const tables: Record<string, Row[]> = { acquisitions, disposals, holdings }
    expect(readings.filter(({ file, id, field, why }) => why === '' || !fields[file!]!.split(' ').includes(field!) ||
      !tables[file!]!.some((row) => row.id === id && !row.same_as))).toEqual([])
  })
})

describe('what sources say of the same deal', () => {
  test('they fill blanks and are told beside', () => {
    expect(byRef.get('A008.incorporated')!.payload).toMatchObject({ quantity: 3, delivered: 3, signedOn: '2020', deliveredOn: '2023' })
    expect(byRef.get('A007.contracted')!.payload.quantity).toBe(9)
    expect(compiledOf(byRef.get('A007.contracted')!).note).toContain('SIPRI counts 6')
  })

  test('what arrived in part is a first delivery', () => {
    expect(byRef.get('A037.first_delivery')!.payload)
      .toMatchObject({ quantity: 12, delivered: 8, effect: 'replaces', replaces: 'MiG-21bis' })
    expect(byRef.get('A045.contracted')!.payload).toMatchObject({ quantity: 76, decidedOn: '2020' })
    expect(byRef.get('A045.first_delivery')!.payload).toMatchObject({ quantity: 89, delivered: 22 })
  })

  test('a plan that a second source knows as a contract is filed as both', () => {
    expect(byRef.get('A051.planned')!.payload.quantity).toEqual(WITHHELD)
    expect(byRef.get('A051.contracted')!.payload).toMatchObject({ quantity: 6, value: { amount: 86_000_000, currency: 'EUR' } })
  })

  test('what nobody states is withheld, not zero', () => {
    expect(byRef.get('A010.incorporated')!.payload).toMatchObject({ quantity: WITHHELD, delivered: WITHHELD, value: WITHHELD })
    expect(byRef.get('A036.incorporated')!.payload.supplier).toEqual(WITHHELD)
    expect(byRef.get('A010.incorporated')!.filedAt).toBe('2025-12-31T09:00:00Z')
  })

  test('days that a note states are used, years go by convention', () => {
    expect(byRef.get('A089.contracted')!).toMatchObject({ filedAt: '2024-11-04T10:00:00Z', payload: { signedOn: '2024-11-04' } })
    expect(byRef.get('A102.contracted')!).toMatchObject({ filedAt: '2025-12-31T10:00:00Z', payload: { signedOn: '2025' } })
    expect(byRef.get('A003.contracted')!.filedAt).toBe('2016-07-01T10:00:00Z')
    expect(byRef.get('A003.incorporated')!.filedAt).toBe('2021-12-20T10:00:00Z')
  })

  test('plans that failed carry their withdrawal, after they were filed', () => {
    const failed = filings.filter((filing) => filing.withdrawn)
    expect(failed.map((filing) => filing.ref)).toEqual(['A038.planned', 'A017.planned'])
    expect(failed.every((filing) => filing.withdrawn!.at > filing.filedAt)).toBe(true)
  })

  test('exports of new production are not taken from holdings', () => {
    const exported = disposals.filter((row) => row.note!.includes('export of new production')).map((row) => row.id)
    expect(exported.length).toBeGreaterThan(10)
    const marked = ofKind('notification.disposal').filter((filing) => filing.payload.fromHoldings === false)
    expect(marked.map((filing) => filing.ref).toSorted()).toEqual(exported)
  })
})

describe('reference', () => {
  test('the seven, with Kosovo* under its code and footnote', () => {
    expect(readParticipants().map((row) => row.code).toSorted()).toEqual([...PARTICIPANTS].toSorted())
    const party = readParticipants().filter((row) => row.florenceParty).map((row) => row.code)
    expect(party.toSorted()).toEqual(['BA', 'HR', 'ME', 'RS'])
    expect(readParticipants().find((row) => row.code === 'XK')).toMatchObject({ designation: 'Kosovo*', unMember: false })
  })

  test('thirteen pairs adjoin by land and three by sea', () => {
    expect(readBorders().filter((row) => row.kind === 'land')).toHaveLength(13)
    expect(readBorders().filter((row) => row.kind === 'sea')).toHaveLength(3)
  })

  test('ceilings: only of parties, one at a time, and what was not found is null and unconfirmed', () => {
    const ceilings = readCeilings()
    expect([...new Set(ceilings.map((row) => row.participant))].toSorted()).toEqual(['BA', 'HR', 'ME', 'RS'])
    const at = (participant: string, category: string, day: string) => ceilings
      .filter((row) => row.participant === participant && row.category === category)
      .filter((row) => row.validFrom <= day && (row.validTo === null || day <= row.validTo))
      .map((row) => [row.ceiling, row.confirmed])
    expect(at('RS', 'I', '2006-06-04')).toEqual([[1025, true]])
    expect(at('RS', 'I', '2006-06-05')).toEqual([[948, true]])
    expect(at('RS', 'II', '2024-01-01')).toEqual([[786, true]])
    expect(at('RS', 'IVa', '2024-01-01')).toEqual([[null, false]])
    expect(at('ME', 'I', '2006-06-04')).toEqual([])
    expect(at('ME', 'II', '2024-01-01')).toEqual([[64, false]])
    expect(at('BA', 'I', '2024-01-01')).toEqual([[410, true]])
    expect(at('AL', 'I', '2024-01-01')).toEqual([])
  })
})

test('reading is pure: the same files give the same filings, and a figure that cannot be is refused', () => {
  expect(historicFilings(readData)).toEqual(filings)
  const tampered = (of: string, from: string, to: string) => () =>
    historicFilings((file) => (file === of ? readData(file).replace(from, to) : readData(file)))
  expect(tampered('derived.csv', 'H026 - D012', 'D012 - H026')).toThrow('negative')
  expect(tampered('derived.csv', 'H026 - D012', 'H026 - D999')).toThrow('there is no D999')
  expect(tampered('mapping.csv', 'A001,IVa', 'A001,XX')).toThrow('not a category')
})
