import { resource, write } from '@/lib/api/edge.ts'
import { retireWitness } from '@/lib/log/commands.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ POST: write(retireWitness) })
