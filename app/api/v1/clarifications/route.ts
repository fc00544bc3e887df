import { read, resource, write } from '@/lib/api/edge.ts'
import { clarificationPath, whole } from '@/lib/api/shapes.ts'
import { askClarification } from '@/lib/clarification/commands.ts'
import { listClarifications } from '@/lib/clarification/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(listClarifications, { answer: whole }), POST: write(askClarification, { created: clarificationPath }),
})
