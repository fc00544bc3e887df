import { isCountry } from '../taxonomy/countries.ts'
import { participantOf, rowsOf, type HistoricFiling, type ReadCsv } from './history-rows.ts'
import { UNDATED, named, readableSource } from './history-words.ts'

const LIVE_FIRE_WORDS: Record<string, string> = { yes: 'Live fire is reported; with what is not stated', unknown: 'Whether there was live fire is not stated' }

/** Noon of the last day known: nobody gave notice of it, so the register learns of it when it is over. */
const filedAtOf = ({ start_date: start, end_date: end, year }: Record<string, string>): string => {
  const last = end || start
  return last ? `${last}T12:00:00Z` : year ? `${year}-12-31T12:00:00Z` : UNDATED
}

const activityOf = (row: Record<string, string>, index: number): HistoricFiling[] => {
  const { name = '', host, participants = '', start_date: start, end_date: end, year, personnel, area, kind = '', live_fire: fired = '', source = '', note } = row
  const startsOn = start || year
  if (!startsOn) return []
  const forces = participants.split(';').filter((code) => isCountry(code))
  return [{
    ref: `X.${String(index + 1).padStart(3, '0')}`, participant: participantOf(host), kind: 'notification.activity',
    payload: {
      name: named(name), activity: kind === 'parade' ? 'other' : 'exercise', startsOn, ...(end && start ? { endsOn: end } : {}), ...(area ? { place: named(area).slice(0, 200) } : {}),
      forces: [...new Set(forces)], ...(personnel ? { personnel: Number(personnel) } : {}), equipment: {}, ...(fired === 'no' ? { liveFire: [] } : {}),
      purpose: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      compiled: { source: readableSource(source), note: named([note, LIVE_FIRE_WORDS[fired]].filter(Boolean).join('. ')).slice(0, 1000) },
    },
    filedAt: filedAtOf(row),
  }]
}

/** Exercises that open sources tell of, as activities: what is known, and nothing besides. Rows without a year are of no day and are left out. */
export const activityFilings = (readCsv: ReadCsv): HistoricFiling[] => rowsOf(readCsv('exercises.csv')).flatMap(activityOf)
