import { acknowledgeAlert } from '@/lib/alerts/commands.ts'
import { resource, write } from '@/lib/api/edge.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(acknowledgeAlert) })
