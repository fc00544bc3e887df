import ical, { ICalCalendarMethod } from 'ical-generator'
import { listActivities } from '../activities/queries.ts'
import { isPlannedOnly, noticeInWords, withoutNotified, type Listed } from '../activities/rules.ts'
import { anonymousCaller } from '../auth/guard.ts'
import { DESIGNATION, FOOTNOTE, isParticipant } from '../participants/rules.ts'
import { listObligations } from '../schedule/queries.ts'
import type { Obligation } from '../schedule/rules.ts'
import { env } from '../shared/env.ts'
import { dayAfter, plural } from '../shared/format.ts'

export const FEED_HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'public, max-age=900' }

const stateWords = ({ state, daysLate, filing, nil }: Obligation): string => {
  if (filing) return `Filed as ${filing.number}${nil ? ', nil' : ''}${state === 'filed_late' ? `, ${plural(daysLate, 'day')} late` : ', in time'}.`
  return state === 'late' ? `Not filed: late by ${plural(daysLate, 'day')}.` : 'Not filed yet.'
}

export const NOT_FOUND = () => new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' } })
const begun = (name: string, withFootnote: boolean) =>
  ical({ name, method: ICalCalendarMethod.PUBLISH, prodId: { company: 'BATP', product: 'register', language: 'EN' }, ttl: 3600, ...(withFootnote ? { description: FOOTNOTE } : {}) })
const answer = (calendar: ReturnType<typeof begun>, name: string) => new Response(calendar.toString(), {
  headers: { ...FEED_HEADERS, 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': `inline; filename="${name}.ics"` },
})

const date = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** What a participant owes, as whole days of an ordinary calendar (RFC 5545). The same event keeps its id when its date moves. */
export const dueDates = async (_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> => {
  const code = /^([A-Z]{2})\.ics$/.exec((await params).file)?.[1]
  if (!isParticipant(code)) return NOT_FOUND()
  const { baseUrl } = env()
  const calendar = begun(`${DESIGNATION[code]}: due dates of the register`, code === 'XK')
  for (const obligation of await listObligations(anonymousCaller(), { participant: code })) {
    const { id, title, asOf, dueOn, filing } = obligation
    calendar.createEvent({
      id: `${id}@${new URL(baseUrl).hostname}`, allDay: true, start: date(dueOn), end: date(dayAfter(dueOn)), stamp: date(dueOn),
      summary: `${DESIGNATION[code]}: ${title} as of ${asOf}`, description: `${stateWords(obligation)} Due by 23:59:59 in Vienna.`,
      url: filing ? `${baseUrl}/register/${filing.id}` : `${baseUrl}/punctuality`,
    })
  }
  return answer(calendar, `batp-${code.toLowerCase()}`)
}

const aboutActivity = (one: Listed): string => [
  one.personnel === null ? '' : `${one.personnel.toLocaleString('en-GB')} personnel.`, noticeInWords(one) === null ? '' : `Notified ${noticeInWords(one)} the first day.`,
  isPlannedOnly(one) ? 'Planned in the calendar; not notified yet.' : '', one.compiled ? 'Compiled from open sources, not an official filing.' : '',
].filter(Boolean).join(' ')

/** What takes place, of one participant or of all, as whole days of an ordinary calendar (RFC 5545). What has no end is shown on its first day. */
export const activityDays = async (_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> => {
  const asked = /^(all|[A-Z]{2})\.ics$/.exec((await params).file)?.[1]
  if (asked !== 'all' && !isParticipant(asked)) return NOT_FOUND()
  const { baseUrl } = env()
  const calendar = begun(asked === 'all' ? 'Activities in the register' : `${DESIGNATION[asked]}: activities in the register`, asked === 'all' || asked === 'XK')
  for (const one of withoutNotified(await listActivities(anonymousCaller(), asked === 'all' ? {} : { participant: asked }))) {
    if (one.vague) continue
    calendar.createEvent({
      id: `${one.filing.number}.${one.line}@${new URL(baseUrl).hostname}`, allDay: true, start: date(one.startsOn), end: date(dayAfter(one.endsOn ?? one.startsOn)), stamp: date(one.startsOn),
      summary: `${DESIGNATION[one.participant]}: ${one.name}`, description: aboutActivity(one), url: `${baseUrl}/register/${one.filing.id}`, ...(one.place ? { location: one.place } : {}),
    })
  }
  return answer(calendar, `batp-activities-${asked.toLowerCase()}`)
}
