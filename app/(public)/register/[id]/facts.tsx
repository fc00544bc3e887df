import { DeclaredTable } from '@/app/declared-table.tsx'
import { closedWords } from '@/app/closed-words.ts'
import { placeId } from '@/app/places.ts'
import { itemsOf } from '@/app/payload-words.ts'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { Section } from '@/app/ui/section.tsx'
import type { Viewer } from '@/lib/auth/policy.ts'
import { noticeInWords } from '@/lib/activities/rules.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import type { Area } from '@/lib/geo/area.ts'
import { noticeDays } from '@/lib/thresholds/notice.ts'
import { listRules } from '@/lib/thresholds/queries.ts'
import { noticeAsked } from '@/lib/thresholds/rules.ts'
import { currentCaller } from '@/app/viewer.ts'
import { AreaMap } from '@/app/map/area-map.tsx'
import type { Filing } from './lead.tsx'

/** How long before its first day it was first notified, kept for good; nothing where no notice is owed. */
const noticeOf = async ({ entry, version: { payload } }: Filing) => {
  if (entry.kind !== 'notification.activity' || entry.compiled) return []
  const asked = noticeAsked(await listRules(await currentCaller(), {}), entry.firstFiledAt)
  const words = noticeInWords({ noticeDays: noticeDays(String(payload.startsOn), entry.firstFiledAt), noticeAsked: asked })
  return words === null ? [] : [{ label: 'Notice', value: `${words} the first day`, field: 'notice', at: '/notice' }]
}

export const Facts = async ({ filing, viewer }: { filing: Filing; viewer: Viewer }) => {
  const { entry, version } = filing
  const closed = version.full ? null : closedWords(entry.kind, viewer.role)
  return (
    <Section title={kindOf(entry.kind).title}>
      <KeyValues items={[...itemsOf(entry.kind, version.payload), ...await noticeOf(filing)].map(({ label, value, at }) => ({ label, value, id: placeId(at) }))} />
      {version.payload.area !== undefined && (
        <div className="mt-6 max-w-3xl"><AreaMap area={version.payload.area as Area} name={String(version.payload.name)} /></div>
      )}
      <DeclaredTable kind={entry.kind} payload={version.payload} />
      {closed && <p className="mt-4 max-w-text text-sm text-ink-3">{closed}</p>}
    </Section>
  )
}
