import type { Area } from '../geo/area.ts'
import { canonicalJson, type Json } from '../log/canonical.ts'
import { noticeDays } from '../thresholds/notice.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { ActivityPayload } from './kinds/activity.ts'
import type { CalendarPayload } from './kinds/calendar.ts'
import type { DeploymentPayload } from './kinds/deployment.ts'
import { isYearOnly, lastDayOf } from './kinds/stated.ts'
import type { UavFlightPayload } from './kinds/uav-flight.ts'
import { takesPlace } from './kinds/words.ts'
import type { FiledVersion } from './projections.ts'

/** What takes place, for calendars and maps, from one filed version. */
export type ActivityRow = {
  filingId: string; line: number; participant: ParticipantCode; kind: FiledVersion['kind']; name: string; sort: string; startsOn: string; endsOn: string | null
  vague: boolean; personnel: number | null; forces: string; place: string | null; area: string | null; noticeDays: number | null
}
type Stated = { name: string; sort: string; startsOn: string; endsOn?: string | undefined; personnel?: unknown; forces: readonly string[]; place?: string | undefined; area?: Area | undefined }

/** Whether filings of the kind have such rows. */
export const hasActivities = (kind: FiledVersion['kind']): boolean => takesPlace(kind) || kind === 'calendar.activities'

const firstDayOf = (date: string): string => (isYearOnly(date) ? `${date}-01-01` : date)

const rowOf = (filing: FiledVersion, line: number, stated: Stated, isOpen: boolean, notice: number | null): ActivityRow => ({
  filingId: filing.id, line, participant: filing.participant, kind: filing.kind, name: stated.name, sort: stated.sort,
  startsOn: firstDayOf(stated.startsOn), endsOn: stated.endsOn ? lastDayOf(stated.endsOn) : isOpen ? null : lastDayOf(stated.startsOn),
  vague: isYearOnly(stated.startsOn), personnel: typeof stated.personnel === 'number' ? stated.personnel : null, forces: stated.forces.join(' '),
  place: stated.place ?? null, area: stated.area ? canonicalJson(stated.area as unknown as Json) : null, noticeDays: notice,
})

/** The rows of one version: one for a notice, one for each activity that a calendar holds; none once it is withdrawn. */
export const activityRows = (filing: FiledVersion): ActivityRow[] => {
  if (filing.action === 'withdraw') return []
  if (filing.kind === 'notification.activity') {
    const payload = filing.payload as unknown as ActivityPayload
    return [rowOf(filing, 0, { ...payload, sort: payload.activity }, false, filing.compiled ? null : noticeDays(payload.startsOn, filing.firstFiledAt))]
  }
  if (filing.kind === 'notification.deployment') return [rowOf(filing, 0, filing.payload as unknown as DeploymentPayload, true, null)]
  if (filing.kind === 'notification.uav_flight') {
    const payload = filing.payload as unknown as UavFlightPayload
    return [rowOf(filing, 0, { ...payload, sort: payload.armed ? 'armed' : 'unarmed', forces: [filing.participant] }, false, null)]
  }
  if (filing.kind !== 'calendar.activities') return []
  const { activities } = filing.payload as unknown as CalendarPayload
  return activities.map((planned, index) => rowOf(filing, index + 1, { ...planned, sort: planned.activity }, false, null))
}
