import { read, resource, write } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { nameWitness } from '@/lib/log/commands.ts'
import { listWitnesses } from '@/lib/log/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listWitnesses, { answer: whole }), POST: write(nameWitness) })
