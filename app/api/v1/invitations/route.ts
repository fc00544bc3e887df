import { read, resource } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { listInvitations } from '@/lib/observation/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listInvitations, { answer: whole }) })
