import { read, resource } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { listParticipants } from '@/lib/participants/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listParticipants, { answer: whole }) })
