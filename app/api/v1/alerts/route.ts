import { read, resource } from '@/lib/api/edge.ts'
import { listAlerts } from '@/lib/alerts/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listAlerts) })
