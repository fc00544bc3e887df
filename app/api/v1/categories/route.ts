import { read, resource } from '@/lib/api/edge.ts'
import { whole } from '@/lib/api/shapes.ts'
import { listCategories } from '@/lib/taxonomy/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: read(listCategories, { answer: whole }) })
