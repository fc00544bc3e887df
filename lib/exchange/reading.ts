import type { z } from 'zod'
import { HoldingsPayload } from '../filings/kinds/holdings.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import { areaName, readText, type Area, type Row } from './cells.ts'
import { HEAD_ROWS, isWhole, readDay, type Found, type Head } from './head.ts'
import { readLine, type Line } from './lines.ts'
import { MOST_PROBLEMS, problemAt, refuseCell, type CellProblem } from './refusal.ts'
import { NEEDED } from './columns.ts'
import type { Field, Label } from './words.ts'

export const MOST_LINES = 20_000
export const MOST_COLUMNS = 64

/**
 * What a file says, and the sheets that it was read from. `payload` is null as soon as there is one problem: all or nothing. `found` counts
 * the problems beyond those kept.
 */
export type Reading<P = HoldingsPayload> = { sheets: readonly string[]; payload: P | null; problems: CellProblem[]; found: number }

const TOO_MANY = 'A declaration has at most 20,000 lines. Remove those beyond.'
const NO_DAY = 'The sheet does not say of which day it is. Write “As of” and the day above the header, or choose the day beside the file.'
const otherDay = (said: string, asked: string): string =>
  `The sheet is as of ${said}, but holdings as of ${asked} are being declared. Correct the one that is wrong.`
export const mergedCells = (area: Area): string => `The cells ${areaName(area)} are merged: nobody can say which row holds what. Unmerge them and fill in each.`
export const NO_HEAD = `No header was found in the first ${HEAD_ROWS} rows. One row must name the columns ${NEEDED.map(({ header }) => header).join(', ')}.`

const touches = (area: Area, head: Head): boolean => {
  const columns = [...head.columns.values(), ...head.aside]
  return area.bottom >= head.row && area.left <= Math.max(...columns) && area.right >= Math.min(...columns)
}

/** The rows of one sheet, one after the other, into a payload or the problems of their cells. Pure but for what it keeps. */
export const readingOf = (sheet: string | null, head: Head, asOf: string | undefined) => {
  const problems: CellProblem[] = []
  const sheets = sheet === null ? [] : [sheet]
  let found = 0
  const lines: Line[] = []
  const nil: CategoryCode[] = []
  const lineRows: number[] = []
  const nilRows: number[] = []

  const refuse = (row: number, column: number, message: string): void => {
    found += 1
    if (problems.length < MOST_PROBLEMS) problems.push(problemAt(sheet, row, column, message))
  }
  const columnAt = (field: PropertyKey): number => head.columns.get(field as Field) ?? 0

  const row = (given: Row): void => {
    if (given.row <= head.row || !isWhole(head) || given.cells.every(({ column }) => head.aside.has(column))) return
    const beyond = given.cells.find(({ column }) => column >= MOST_COLUMNS)
    if (beyond) throw refuseCell(problemAt(sheet, given.row, beyond.column, `A sheet may have ${MOST_COLUMNS} columns. Remove what stands beyond.`))
    if (lines.length + nil.length >= MOST_LINES) throw refuseCell(problemAt(sheet, given.row, columnAt('category'), TOO_MANY))
    const read = readLine(head, given)
    if ('problems' in read) for (const { column, message } of read.problems) refuse(given.row, column, message)
    else if ('nil' in read) { nil.push(read.nil); nilRows.push(given.row) }
    else { lines.push(read.line); lineRows.push(given.row) }
  }

  const above = (label: Label): Found => head.labels[label] ?? { row: 1, column: 0, cell: undefined }
  const day = (): string | undefined => {
    const { row: at, column, cell } = above('asOf')
    const read = readDay(cell)
    if ('problem' in read) refuse(at, column, read.problem)
    else if (read.value && asOf && read.value !== asOf) refuse(at, column, otherDay(read.value, asOf))
    else if (!read.value && !asOf) refuse(at, column, NO_DAY)
    return ('value' in read ? read.value : undefined) ?? asOf
  }
  const remark = (): string | undefined => {
    const { row: at, column, cell } = above('remark')
    const read = readText(cell)
    if ('problem' in read) refuse(at, column, read.problem)
    return 'value' in read ? read.value : undefined
  }

  /** A problem that only the payload as a whole shows, in the cell that it comes from. */
  const refuseIssue = ({ path: [list, index, field], message }: z.core.$ZodIssue): void => {
    if (list === 'lines' && typeof index === 'number') return refuse(lineRows[index] ?? head.row, columnAt(field ?? 'category'), message)
    if (list === 'nil' && typeof index === 'number') return refuse(nilRows[index] ?? head.row, columnAt('category'), message)
    const label = list === 'asOf' || list === 'remark' ? above(list) : null
    return refuse(label?.row ?? head.row, label?.column ?? columnAt('category'), message)
  }

  const end = (merged: readonly Area[]): Reading => {
    for (const { row: at, column, message } of head.problems) refuse(at, column, message)
    for (const area of merged) {
      if (touches(area, head)) refuse(area.top, area.left, mergedCells(area))
    }
    const stated = { asOf: day(), lines, nil, ...withRemark(remark()) }
    if (found > 0 && !isWhole(head)) return { sheets, payload: null, problems, found }
    const parsed = HoldingsPayload.safeParse(stated)
    const issues = parsed.success ? [] : parsed.error.issues
    // While cells are wrong, what is said of all lines together would be about others.
    const ofCells = issues.filter(({ path }) => path.length > 2)
    for (const issue of found > 0 || ofCells.length > 0 ? ofCells : issues) refuseIssue(issue)
    return { sheets, payload: found === 0 && parsed.success ? parsed.data : null, problems, found }
  }
  return { row, end }
}

const withRemark = (remark: string | undefined): { remark?: string } => (remark === undefined ? {} : { remark })
