import { downloadRegister } from '@/lib/api/downloads.ts'
import { only } from '@/lib/api/edge.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = only({ GET: downloadRegister })
