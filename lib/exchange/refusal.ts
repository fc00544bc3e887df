import { AppError } from '../shared/errors.ts'
import { cellName } from './cells.ts'

/** What is wrong in one cell, or in the file as a whole where `cell` is null. Rows and columns count from 1. */
export type CellProblem = { sheet: string | null; cell: string | null; row: number | null; column: number | null; message: string }

/** Problems kept of one file: enough to find what went wrong, and `found` says how many there are. */
export const MOST_PROBLEMS = 1_000

export const problemAt = (sheet: string | null, row: number, column: number, message: string): CellProblem =>
  ({ sheet, cell: cellName(column, row), row, column: column + 1, message })

/** The file cannot be read at all; nothing of it is taken. */
export const refuseFile = (message: string): AppError => new AppError('invalid', message)

/** Reading cannot go on behind this cell. */
export const refuseCell = (problem: CellProblem): AppError => Object.assign(new AppError('invalid', problem.message), { problem })
export const problemOf = (error: unknown): CellProblem | null =>
  (error instanceof AppError ? ((error as AppError & { problem?: CellProblem }).problem ?? null) : null)
