import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { activityFilings } from '../../lib/db/history-activities.ts'
import { rowsOf } from '../../lib/db/history-rows.ts'
import { ActivityPayload } from '../../lib/filings/kinds/activity.ts'

const readCsv = (file: string): string => readFileSync(`data/${file}`, 'utf8')
const rows = rowsOf(readCsv('exercises.csv'))
const filings = activityFilings(readCsv)
const named = (name: string) => filings.find(({ payload }) => payload.name === name)!

test('every row of a known year is an activity of its host, and passes the schema', () => {
  expect(filings).toHaveLength(rows.filter((row) => row.start_date || row.year).length)
  expect(filings.map(({ participant }) => participant)).toEqual(rows.filter((row) => row.start_date || row.year).map(({ host }) => host))
  for (const { payload } of filings) expect(ActivityPayload.safeParse(payload).error?.issues).toBeUndefined()
})

test('nothing is invented: what a row leaves out is left out', () => {
  expect(named('Winner 2023 (Pobednik)').payload).not.toHaveProperty('personnel')
  expect(named('Winner 2023 (Pobednik)').payload).toMatchObject({ startsOn: '2023', compiled: { note: expect.stringContaining('Live fire is reported; with what is not stated') } })
  expect(named('Platinum Wolf 19').payload).toMatchObject({ startsOn: '2019-06-03', endsOn: '2019-06-19', personnel: 500, liveFire: [], forces: expect.arrayContaining(['RS', 'US']) })
  expect(filings.every(({ payload }) => payload.area === undefined && payload.compiled !== undefined)).toBe(true)
})
