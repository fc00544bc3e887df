import { resource, write } from '@/lib/api/edge.ts'
import { callMeeting } from '@/lib/clarification/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(callMeeting) })
