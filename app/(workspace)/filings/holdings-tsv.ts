/** A block of cells, as spreadsheets put it on the clipboard: tabs between cells, line ends between rows. */
export type Block = readonly (readonly string[])[]

const rowsIn = function* (text: string): Generator<string[]> {
  let row: string[] = []
  let at = 0
  while (at <= text.length) {
    // A cell that holds a tab, a line end or a quotation mark stands in quotes, with its own quotes doubled.
    const quoted = text[at] === '"' ? /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)/y : null
    if (quoted) quoted.lastIndex = at
    const found = quoted?.exec(text)
    const plain = /[^\t\r\n]*/y
    plain.lastIndex = at
    const cell = found ? found[0] : plain.exec(text)![0]
    row.push(found ? found[1]!.replaceAll('""', '"') : cell)
    at += cell.length
    if (text[at] === '\t') {
      at += 1
      continue
    }
    yield row
    row = []
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
}

/** Reads what a spreadsheet copied. The line end after the last row begins no row of its own; empty rows within stay. */
export const parseTsv = (text: string): Block => {
  const rows = [...rowsIn(text.replace(/\r?\n$/, ''))]
  return text === '' ? [] : rows
}

const cellText = (cell: string): string => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export const toTsv = (block: Block): string => block.map((row) => row.map(cellText).join('\t')).join('\r\n')
