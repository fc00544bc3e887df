import { read, resource } from '@/lib/api/edge.ts'
import { observationOf } from '@/lib/observation/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(observationOf) })
