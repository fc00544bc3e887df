import { FILING_BYTES } from '@/lib/api/body.ts'
import { read, resource, write } from '@/lib/api/edge.ts'
import { filed, filingPage, filingPath, preview } from '@/lib/api/shapes.ts'
import { submitFiling } from '@/lib/filings/commands.ts'
import { listFilings, previewFiling } from '@/lib/filings/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(listFilings, { answer: filingPage }),
  POST: write(submitFiling, { bytes: FILING_BYTES, answer: filed, created: filingPath, dryRun: { operation: previewFiling, answer: preview } }),
})
