import { readHoldings, type Given } from '../../lib/exchange/read.ts'
import type { Reading } from '../../lib/exchange/reading.ts'
import { openZip, unpacked } from '../../lib/exchange/zip.ts'
import { AppError } from '../../lib/shared/errors.ts'

export const DAY = '2027-01-01'
export const HEADER = ['Category', 'Type', 'In service', 'In storage', 'Unit', 'Site', 'Remark']

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const read = (bytes: Uint8Array, more: Partial<Given> & { asOf?: string | undefined } = {}): Promise<Reading> => {
  const { asOf = DAY, ...given } = more
  return readHoldings({ name: 'holdings.xlsx', type: '', bytes, ...given }, asOf)
}
export const readText = (text: string, more: Parameters<typeof read>[1] = {}): Promise<Reading> => read(bytesOf(text), { name: 'holdings.csv', ...more })

/** 'D17 A blank is not a nil.' */
export const told = ({ problems }: Reading): string[] => problems.map(({ cell, message }) => `${cell} ${message}`)
export const cells = ({ problems }: Reading): (string | null)[] => problems.map(({ cell }) => cell)

/** What the file as a whole was refused with. */
export const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return error.message
    throw error
  }
  throw new Error('was not refused')
}

export const line = (more: object = {}) => ({ category: 'I', type: 'M-84', inService: 195, inStorage: 16, ...more })
export const payload = (lines: object[], nil: string[] = [], more: object = {}) => ({ asOf: DAY, lines, nil, ...more })

/** One part of a written workbook. */
export const partOf = async (bytes: Uint8Array, name: string): Promise<string> => {
  const zip = openZip(bytes)
  let text = ''
  for await (const piece of unpacked(zip, zip.entries.get(name)!)) text += Buffer.from(piece).toString('latin1')
  return Buffer.from(text, 'latin1').toString()
}
