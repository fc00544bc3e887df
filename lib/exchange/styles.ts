/** How cells of our own workbooks look: the order of this list is the index that a cell names. */
export const STYLES = ['plain', 'text', 'typed', 'count', 'header', 'title', 'wrapped', 'label', 'wrong'] as const
export type Style = (typeof STYLES)[number]
export const styleIndex = (style: Style): number => STYLES.indexOf(style)

/** The colour of cells that are wrong. A marked copy that comes back is recognised by it. */
export const WRONG_FILL = 'FFFFC2B8'
export const wrongFill = (prefix = ''): string =>
  `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="${WRONG_FILL}"/>`
  + `<${prefix}bgColor indexed="64"/></${prefix}patternFill></${prefix}fill>`

const [TEXT, GENERAL, WHOLE] = [49, 0, 1]
type Look = { format: number; font: number; fill: number; border: number; wraps?: boolean; quotes?: boolean }
const LOOKS: Record<Style, Look> = {
  plain: { format: GENERAL, font: 0, fill: 0, border: 0 },
  text: { format: TEXT, font: 0, fill: 0, border: 0 },
  // The apostrophe of a spreadsheet: kept a text when it is edited there, although it begins as a formula does.
  typed: { format: TEXT, font: 0, fill: 0, border: 0, quotes: true },
  count: { format: WHOLE, font: 0, fill: 0, border: 0 },
  header: { format: GENERAL, font: 2, fill: 2, border: 1, wraps: true },
  title: { format: GENERAL, font: 3, fill: 0, border: 0 },
  wrapped: { format: GENERAL, font: 0, fill: 0, border: 0, wraps: true },
  label: { format: GENERAL, font: 1, fill: 0, border: 0 },
  wrong: { format: GENERAL, font: 0, fill: 3, border: 0, wraps: true },
}

const xf = ({ format, font, fill, border, wraps, quotes }: Look): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${format ? ' applyNumberFormat="1"' : ''}`
  + `${font ? ' applyFont="1"' : ''}${fill ? ' applyFill="1"' : ''}${border ? ' applyBorder="1"' : ''}${quotes ? ' quotePrefix="1"' : ''}`
  + `${wraps ? ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' : '/>'}`

const font = (size: number, more = ''): string => `<font>${more}<sz val="${size}"/><name val="Calibri"/><family val="2"/></font>`

export const stylesXml = (): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
  + `<fonts count="4">${font(11)}${font(11, '<b/>')}${font(11, '<b/>')}${font(14, '<b/>')}</fonts>`
  + '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
  + '<fill><patternFill patternType="solid"><fgColor rgb="FFE4EAF0"/><bgColor indexed="64"/></patternFill></fill>'
  + `${wrongFill()}</fills>`
  + '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
  + '<border><left/><right/><top/><bottom style="thin"><color rgb="FF5B6B7B"/></bottom><diagonal/></border></borders>'
  + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
  + `<cellXfs count="${STYLES.length}">${STYLES.map((style) => xf(LOOKS[style])).join('')}</cellXfs>`
  + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
