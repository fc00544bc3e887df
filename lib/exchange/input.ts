import { z } from 'zod'
import { DECLARED_KINDS } from '../filings/kinds/declared-fields.ts'
import { day, isYearOnly } from '../filings/kinds/stated.ts'

/** Largest file: 20,000 lines take one or two MB. */
export const SHEET_BYTES = 10 * 1024 * 1024

const Day = day('the date of the declaration').refine((text) => !isYearOnly(text), 'State the full date of the declaration, YYYY-MM-DD.')

/** A file is not copied into the input: a workbook of 10 MB is looked at once, by who reads it. */
export const SheetFile = z.strictObject({ file: z.file('Send the file.').max(SHEET_BYTES, 'The file is larger than 10 MB.'), asOf: Day.optional() })
const Declared = z.enum(DECLARED_KINDS, `Sheets are of holdings, or of one of these kinds: ${DECLARED_KINDS.join(', ')}.`)
export const DeclaredFile = SheetFile.extend({ kind: Declared })
export const TemplateOf = z.strictObject({ asOf: Day.optional() })
export const DeclaredTemplateOf = TemplateOf.extend({ kind: Declared })
export const SheetOf = z.strictObject({
  id: z.uuid('This is not the id of a filing.').toLowerCase(), format: z.enum(['xlsx', 'csv'], 'State xlsx or csv.').default('xlsx'),
})
