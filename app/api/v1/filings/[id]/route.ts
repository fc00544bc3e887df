import { filingFiles } from '@/app/filing-sheet.ts'
import { read, resource } from '@/lib/api/edge.ts'
import { filingText } from '@/lib/api/shapes.ts'
import { getFilingText } from '@/lib/filings/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(getFilingText, { answer: filingText, formats: filingFiles }) })
