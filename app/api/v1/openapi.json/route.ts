import { only } from '@/lib/api/edge.ts'
import { describeApi } from '@/lib/api/openapi.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = only({ GET: describeApi })
