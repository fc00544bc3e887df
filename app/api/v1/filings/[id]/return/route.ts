import { resource, write } from '@/lib/api/edge.ts'
import { returnFiling } from '@/lib/filings/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(returnFiling) })
