import { resource, write } from '@/lib/api/edge.ts'
import { signVerification } from '@/lib/verification/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(signVerification) })
