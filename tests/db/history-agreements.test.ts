import { describe, expect, test } from 'vitest'
import { agreementFilings } from '../../lib/db/history-agreements.ts'
import { readIncidents } from '../../lib/db/history.ts'
import { AgreementPayload } from '../../lib/filings/kinds/agreement.ts'
import { readData, rowsIn } from '../support/history.ts'

const rows = rowsIn('agreements.csv')
const reported = rowsIn('incidents.csv')
const filings = agreementFilings(readData)
const codes = (list: string | undefined): string[] => (list ? list.split(';') : [])

describe('the agreements of history', () => {
  test('are 34: each row is filed once, by the first of its parties, and passes the schema', () => {
    expect(filings).toHaveLength(34)
    expect(filings.map(({ ref, participant }) => [ref, participant])).toEqual(rows.map(({ id, parties }) => [id, codes(parties)[0]]))
    for (const { ref, payload } of filings) expect([ref, AgreementPayload.safeParse(payload).error?.issues]).toEqual([ref, undefined])
  })

  test('name every other party of their row, participants and outsiders, and nobody else', () => {
    for (const [index, { participant, payload }] of filings.entries()) {
      const { partners = [], organisations = [] } = payload as { partners?: string[]; organisations?: string[] }
      expect([participant, ...partners, ...organisations].toSorted()).toEqual([...codes(rows[index]!.parties), ...codes(rows[index]!.others)].toSorted())
    }
  })

  test('state nothing that their row does not', () => {
    for (const [index, { payload: { title, agreement, status, signedOn, compiled, partners: _partners, organisations: _organisations, ...besides } }] of filings.entries()) {
      const row = rows[index]!
      expect({ title, agreement, status, signedOn, ...besides }).toEqual({ title: row.title!.replace('Kosovo ', 'Kosovo* '), agreement: row.kind, status: row.status, signedOn: row.date || row.year || undefined })
      expect((compiled as { note?: string }).note ?? '').toBe(row.note!.replace('the seed ', 'the working text '))
    }
  })

  test('without a year keep none: they are filed on the day of what no source dates', () => {
    const undated = filings.filter(({ payload }) => !('signedOn' in payload))
    expect(undated.map(({ ref, filedAt }) => [ref, filedAt])).toEqual([['G24', '2025-12-31T09:00:00Z'], ['G32', '2025-12-31T09:00:00Z']])
  })

  test('say by designation whose forces use an air base', () => {
    expect(filings.find(({ ref }) => ref === 'G22')!.payload.title).toBe('Use of the Kucove air base by the Kosovo* Security Force')
  })
})

describe('the incidents of history', () => {
  const incidents = readIncidents()
  test('are 25: each row with its day or year, its parties, its place and its note', () => {
    expect(incidents).toHaveLength(25)
    expect(incidents.map(({ id, happenedOn, year, parties, kind }) => [id, happenedOn ?? '', year === null ? '' : String(year), parties.join(';'), kind]))
      .toEqual(reported.map(({ id, date, year, parties, kind }) => [id, date, year, parties, kind]))
    const starred = (text: string | undefined) => text!.replace(/Kosovo(?!\*)/g, 'Kosovo*').replace('the seeds', 'the working texts')
    expect(incidents.map(({ title, place, note }) => [title, place ?? '', note ?? ''])).toEqual(reported.map(({ title, place, note }) => [starred(title), starred(place), starred(note)]))
  })

  test('name everyone by designation, and their sources in words that a reader knows', () => {
    expect(incidents.filter((one) => /Kosovo(?!\*)/.test(JSON.stringify(one)))).toEqual([])
    expect(incidents.find(({ id }) => id === 'I04')!.title).toContain('the Kosovo* Security Force')
    expect(incidents.filter(({ source }) => /^$|\d{3}_\w+\.txt/.test(source))).toEqual([])
  })

  test('the one without a year has none', () => {
    expect(incidents.filter(({ year }) => year === null).map(({ id, happenedOn }) => [id, happenedOn])).toEqual([['I25', null]])
  })
})
