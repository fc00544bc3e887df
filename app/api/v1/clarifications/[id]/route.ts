import { read, resource } from '@/lib/api/edge.ts'
import { getClarification } from '@/lib/clarification/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(getClarification) })
