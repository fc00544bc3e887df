import { download, resource } from '@/lib/api/edge.ts'
import { getDeclaredTemplate } from '@/lib/exchange/queries.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: download(getDeclaredTemplate) })
