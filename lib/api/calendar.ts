import ical, { ICalCalendarMethod } from 'ical-generator'
import { anonymousCaller } from '../auth/guard.ts'
import { DESIGNATION, FOOTNOTE, isParticipant } from '../participants/rules.ts'
import { listObligations } from '../schedule/queries.ts'
import type { Obligation } from '../schedule/rules.ts'
import { env } from '../shared/env.ts'
import { plural } from '../shared/format.ts'

const HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'public, max-age=900' }

const stateWords = ({ state, daysLate, filing, nil }: Obligation): string => {
  if (filing) return `Filed as ${filing.number}${nil ? ', nil' : ''}${state === 'filed_late' ? `, ${plural(daysLate, 'day')} late` : ', in time'}.`
  return state === 'late' ? `Not filed: late by ${plural(daysLate, 'day')}.` : 'Not filed yet.'
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
const date = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** What a participant owes, as whole days of an ordinary calendar (RFC 5545). The same event keeps its id when its date moves. */
export const dueDates = async (_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> => {
  const code = /^([A-Z]{2})\.ics$/.exec((await params).file)?.[1]
  if (!isParticipant(code)) return new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' } })
  const { baseUrl } = env()
  const name = `${DESIGNATION[code]}: due dates of the register`
  const calendar = ical({ name, method: ICalCalendarMethod.PUBLISH, prodId: { company: 'BATP', product: 'register', language: 'EN' }, ttl: 3600, ...(code === 'XK' ? { description: FOOTNOTE } : {}) })
  for (const obligation of await listObligations(anonymousCaller(), { participant: code })) {
    const { id, title, asOf, dueOn, filing } = obligation
    calendar.createEvent({
      id: `${id}@${new URL(baseUrl).hostname}`, allDay: true, start: date(dueOn), end: date(dayAfter(dueOn)), stamp: date(dueOn),
      summary: `${DESIGNATION[code]}: ${title} as of ${asOf}`, description: `${stateWords(obligation)} Due by 23:59:59 in Vienna.`,
      url: filing ? `${baseUrl}/register/${filing.id}` : `${baseUrl}/punctuality`,
    })
  }
  return new Response(calendar.toString(), {
    headers: { ...HEADERS, 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': `inline; filename="batp-${code.toLowerCase()}.ics"` },
  })
}
