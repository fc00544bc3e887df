import { activityFeed } from '@/lib/api/atom.ts'

export const dynamic = 'force-dynamic'
export const GET = activityFeed
