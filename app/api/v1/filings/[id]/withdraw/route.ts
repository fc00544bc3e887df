import { resource, write } from '@/lib/api/edge.ts'
import { filed } from '@/lib/api/shapes.ts'
import { withdrawFiling } from '@/lib/filings/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(withdrawFiling, { answer: filed }) })
