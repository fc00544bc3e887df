import { verifierKey } from '@/lib/api/log.ts'

export const dynamic = 'force-dynamic'
export const GET = verifierKey
