import { read, resource } from '@/lib/api/edge.ts'
import { history } from '@/lib/api/shapes.ts'
import { getFiling } from '@/lib/filings/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(getFiling, { answer: history }) })
