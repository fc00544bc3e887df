import { activityDays } from '@/lib/api/calendar.ts'

export const dynamic = 'force-dynamic'
export const GET = activityDays
