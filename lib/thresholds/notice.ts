import { isYearOnly } from '../filings/kinds/stated.ts'
import { viennaDay } from './metrics-projected.ts'

const DAY_MS = 86_400_000

/** Whole days from the Vienna day of filing to the first day, negative after it; null for a bare year (Vienna Document 2011, chapter V). */
export const noticeDays = (startsOn: string, filedAt: string): number | null =>
  isYearOnly(startsOn) ? null : (Date.parse(startsOn) - Date.parse(viennaDay(filedAt))) / DAY_MS
