import { formatNumber } from '../shared/format.ts'
import type { Reading } from './reading.ts'

type Told = Pick<Reading, 'problems' | 'found'>

export const WHAT_IS_WRONG = 'What is wrong, and what would be right'

/** What is said of the problems beyond those that were kept; null where there are none. */
export const moreProblems = ({ problems, found }: Told): string | null =>
  (found > problems.length ? `${formatNumber(found - problems.length)} more problems are not listed. Correct these first.` : null)

/** Every problem of a file in words, for a sheet of their own. */
export const problemRows = (told: Told): (string | null)[][] => {
  const more = moreProblems(told)
  return [
    ['Sheet', 'Cell', WHAT_IS_WRONG],
    ...told.problems.map(({ sheet, cell, message }) => [sheet, cell, message]),
    ...(told.found === 0 ? [[null, null, 'No problem was found.']] : []),
    ...(more ? [[null, null, more]] : []),
  ]
}
