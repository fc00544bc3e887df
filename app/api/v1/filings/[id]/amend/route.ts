import { FILING_BYTES } from '@/lib/api/body.ts'
import { resource, write } from '@/lib/api/edge.ts'
import { filed, filingPath } from '@/lib/api/shapes.ts'
import { amendFiling } from '@/lib/filings/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: write(amendFiling, { bytes: FILING_BYTES, answer: filed, created: filingPath }),
})
