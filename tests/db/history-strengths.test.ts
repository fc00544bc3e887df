import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'
import { byRef, ofKind, readData, type Row } from '../support/history.ts'

const budgets = ofKind('declaration.budget')
const personnel = ofKind('declaration.personnel')
const rowsOf = (file: string): Row[] => parse(readData(file), { columns: true, skip_empty_lines: true })
const compiled = (payload: Record<string, unknown>) => payload.compiled as { source: string; note?: string }

describe('spending', () => {
  test('of every participant and year from 2014 to 2024 is SIPRI’s, in one currency, as executed', () => {
    for (const participant of PARTICIPANTS) {
      const series = budgets.filter((filing) => filing.participant === participant && filing.payload.basis === 'executed')
      expect(series.map(({ payload }) => payload.year)).toEqual(Array.from({ length: 11 }, (_, index) => 2014 + index))
      expect(new Set(series.map(({ payload }) => `${payload.currency} ${compiled(payload).source}`)).size).toBe(1)
    }
  })

  test('each figure is that of its row', () => {
    const rows = rowsOf('budgets.csv')
    for (const { participant, payload } of budgets) {
      const found = rows.find((row) => row.participant === participant && Number(row.year) === payload.year && row.currency === payload.currency && Number(row.amount) === payload.total)
      expect(payload.total === undefined || typeof payload.total === 'object' || found, `${participant} ${payload.year as number}`).toBeTruthy()
      if (payload.shareOfGdp !== undefined) expect(rows.some((row) => row.participant === participant && Number(row.year) === payload.year && Math.abs(Number(row.percent_gdp) / 100 - (payload.shareOfGdp as number)) < 1e-9)).toBe(true)
    }
  })

  test('a target is a plan, and what another source says is told beside the series', () => {
    expect(byRef.get('B.HR.2030')!.payload).toMatchObject({ basis: 'planned', shareOfGdp: 0.03 })
    expect(byRef.get('B.RS.2021')!.payload).toMatchObject({ basis: 'executed', currency: 'RSD', total: 179_462_400_000 })
    expect(compiled(byRef.get('B.RS.2021')!.payload).note).toContain('Also reported, not in this series: USD 1,460,000,000, 2.5 % of GDP')
  })
})

describe('strengths', () => {
  test('a target is never a strength: Project 5000 starts at 1,500', () => {
    const { payload } = byRef.get('P.RS.2024')!
    expect(payload.specialForces).toBe(1500)
    expect(compiled(payload).note).toContain('special forces 5,000')
    for (const row of rowsOf('personnel.csv').filter(({ note }) => note!.includes('TARGET'))) {
      const filing = personnel.find(({ participant, payload: { asOf } }) => participant === row.participant && (asOf as string).startsWith(row.year!))
      if (filing) expect([filing.payload.activeTotal, filing.payload.reserve, filing.payload.specialForces]).not.toContain(Number(row.number))
    }
  })

  test('the World Bank’s series, which counts paramilitary forces in, is no active strength', () => {
    const { payload } = byRef.get('P.ME.2014')!
    expect(payload).toMatchObject({ activeAndParamilitary: 12_180 })
    expect(payload.activeTotal).toBeUndefined()
  })

  test('a ranking of low reliability and what is only authorised are told, not counted', () => {
    expect(byRef.get('P.AL.2018')!.payload.activeTotal).toBeUndefined()
    expect(byRef.get('P.ME.2018')!.payload).toMatchObject({ authorised: 2368 })
    expect(byRef.get('P.ME.2018')!.payload.activeTotal).toBeUndefined()
  })
})
