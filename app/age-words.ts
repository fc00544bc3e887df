import { plural } from '@/lib/shared/format.ts'

const MINUTE = 60_000

/** How long ago, in the largest unit that says something: '35 minutes', '3 hours', '9 days'. */
export const ageWords = (from: string, now: Date): string => {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / MINUTE))
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return plural(minutes, 'minute')
  return minutes < 2880 ? plural(Math.floor(minutes / 60), 'hour') : plural(Math.floor(minutes / 1440), 'day')
}
