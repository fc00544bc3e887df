import { resource, upload } from '@/lib/api/edge.ts'
import { sheetPayload } from '@/lib/api/sheets.ts'
import { SHEET_BYTES } from '@/lib/exchange/input.ts'
import { markDeclaredSheet, readDeclaredSheet } from '@/lib/exchange/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: upload(readDeclaredSheet, markDeclaredSheet, SHEET_BYTES, sheetPayload) })
