import { read, resource } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { listTimeline } from '@/lib/timeline/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listTimeline, { answer: whole }) })
