import { receiptFiles } from '@/app/receipt-files.ts'
import { read, resource } from '@/lib/api/edge.ts'
import { getReceipt } from '@/lib/filings/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(getReceipt, { formats: receiptFiles }) })
