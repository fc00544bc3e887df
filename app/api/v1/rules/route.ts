import { read, resource } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { listRules } from '@/lib/thresholds/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listRules, { answer: whole }) })
