import type { SheetKind } from './declared-sheets.ts'
import type { OutSheet } from './workbook-write.ts'

/** A sheet that nobody sees says from which template a workbook was made. */
export const TEMPLATE_SHEET = '_batp'
export const TEMPLATE_VERSION = 1
export const templateMark = (kind: SheetKind): OutSheet =>
  ({ name: TEMPLATE_SHEET, isHidden: true, widths: [24, 8], rows: [[{ value: kind, style: 'plain' }, { value: TEMPLATE_VERSION, style: 'plain' }]] })
