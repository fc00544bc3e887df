import { listNotices } from '@/lib/alerts/queries.ts'
import type { Caller } from '@/lib/auth/guard.ts'
import type { Notice } from './notice-article.tsx'

const JUST_MS = 10 * 60_000

/** What waits, and in its place what was acknowledged in the last ten minutes: who pressed the button sees what became of it. */
export const waitingNotices = async (caller: Caller, limit: number, cursor?: string) => {
  const [waiting, done] = await Promise.all([
    listNotices(caller, { acknowledged: 'false', limit, cursor }),
    listNotices(caller, { acknowledged: 'true', limit: 10 }),
  ])
  const just = cursor ? [] : done.items.filter(({ acknowledgedAt }) => acknowledgedAt && Date.now() - Date.parse(acknowledgedAt) < JUST_MS)
  const items: Notice[] = [...waiting.items, ...just].toSorted((a, b) => b.issuedAt.localeCompare(a.issuedAt) || b.id.localeCompare(a.id))
  return { items, next: waiting.next, total: waiting.total }
}
