import { resource, write } from '@/lib/api/edge.ts'
import { answerInvitation } from '@/lib/observation/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(answerInvitation) })
