import { invalid, pointerOf } from '../auth/guard.ts'
import type { readDeclaredSheet, readSheet } from '../exchange/queries.ts'
import { AppError } from '../shared/errors.ts'
import { plural } from '../shared/format.ts'

type Reading = Awaited<ReturnType<typeof readSheet | typeof readDeclaredSheet>>

/** The payload of a sheet; or, when any cell is wrong, every cell that is, by its sheet and its name: nothing is taken then. */
export const sheetPayload = ({ payload, problems, found }: Reading) => {
  if (payload) return { payload }
  const fields = problems.map(({ sheet, cell, message }) => (
    { pointer: pointerOf([sheet, cell].filter((step) => step !== null)), message: cell ? `${cell}: ${message}` : message }))
  if (found <= 1) throw invalid(fields)
  throw new AppError('invalid', `Nothing was taken from the sheet: ${plural(found, 'problem')}. The first: ${fields[0]!.message}`, fields)
}
