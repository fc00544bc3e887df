import { listActivityNews, type ActivityNews } from '../activities/queries.ts'
import { daysInWords } from '../activities/rules.ts'
import { anonymousCaller } from '../auth/guard.ts'
import type { Action } from '../filings/rules.ts'
import { describeArea } from '../geo/words.ts'
import { DESIGNATION, FOOTNOTE, isParticipant, type ParticipantCode } from '../participants/rules.ts'
import { env } from '../shared/env.ts'
import { formatDateTime } from '../shared/format.ts'
import { activityDays, FEED_HEADERS, NOT_FOUND } from './calendar.ts'

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML 1.0 cannot hold, even escaped (section 2.2, Char). */
const UNHOLDABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const escaped = (text: string): string => text.replace(UNHOLDABLE, '').replace(/[&<>"]/g, (mark) => ESCAPED[mark]!)
const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`
const link = (rel: string, type: string, href: string): string => `<link rel="${rel}" type="${type}" href="${escaped(href)}"/>`

const DONE: Record<Action, string> = { file: 'Filed', stage: 'Filed', amend: 'Corrected', withdraw: 'Withdrawn' }

const whereOf = ({ area, place }: ActivityNews['payload']): string => {
  const stated = [place, area && describeArea(area)].filter(Boolean)
  return stated.length > 0 ? `Where: ${stated.join('; ')}.` : ''
}
const plannedOf = ({ activities = [] }: ActivityNews['payload']): string[] =>
  activities.map((one) => `Planned: ${one.name}, ${daysInWords({ ...one, vague: false })}, ${one.place}.`)

/** What the filing says, in words, and what was done with it. */
const contentOf = (news: ActivityNews): string => {
  const { participant, summary, payload, action, number, version, filedAt, reason, compiled } = news
  const lines = [
    `${DESIGNATION[participant]}: ${summary}.`, whereOf(payload), ...plannedOf(payload),
    compiled ? 'Compiled from open sources, not an official filing.' : `${DONE[action]} as ${number}, version ${version}, ${formatDateTime(filedAt)}.`,
    reason && !compiled ? `Reason: ${reason}` : '',
  ].filter(Boolean)
  return [...lines, ...(lines.some((line) => line.includes(DESIGNATION.XK)) ? [FOOTNOTE] : [])].join('\n')
}

/** RFC 4287, 4.1.2. A version never changes, so its id and its time stand for good. */
const entryOf = (news: ActivityNews, baseUrl: string): string => [
  '<entry>', element('id', `urn:uuid:${news.id}`),
  element('title', `${DESIGNATION[news.participant]}: ${news.summary}${news.action === 'amend' ? ' (corrected)' : news.action === 'withdraw' ? ' (withdrawn)' : ''}`),
  element('updated', news.filedAt), element('published', news.filedAt), `<author>${element('name', DESIGNATION[news.participant])}</author>`,
  link('alternate', 'text/html', `${baseUrl}/register/${news.id}`), `<category term="${news.kind}"/>`, `<content type="text">${escaped(contentOf(news))}</content>`, '</entry>',
].join('\n')

const feedOf = (asked: 'all' | ParticipantCode, news: readonly ActivityNews[], baseUrl: string): string => [
  '<?xml version="1.0" encoding="utf-8"?>', '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
  // A tag of its own (RFC 4151): the same when the register moves to another port or scheme.
  element('id', `tag:${new URL(baseUrl).hostname},2026:activities/${asked}`),
  element('title', asked === 'all' ? 'Filings about activities' : `${DESIGNATION[asked]}: filings about activities`),
  ...(asked === 'all' || asked === 'XK' ? [element('subtitle', FOOTNOTE)] : []),
  element('updated', news[0]?.filedAt ?? '2026-01-01T00:00:00.000Z'), `<author>${element('name', 'Balkan Arms Transparency Platform')}</author>`,
  link('self', 'application/atom+xml', `${baseUrl}/activities/${asked}.atom`), link('alternate', 'text/html', `${baseUrl}/activities${asked === 'all' ? '' : `?participant=${asked}`}`),
  ...news.map((one) => entryOf(one, baseUrl)), '</feed>', '',
].join('\n')

type Asked = { params: Promise<{ file: string }> }

/** The newest filings about what takes place, of one participant or of all (Atom 1.0, RFC 4287). */
export const activityNews = async (_request: Request, { params }: Asked): Promise<Response> => {
  const asked = /^(all|[A-Z]{2})\.atom$/.exec((await params).file)?.[1]
  if (asked !== 'all' && !isParticipant(asked)) return NOT_FOUND()
  const news = await listActivityNews(anonymousCaller(), asked === 'all' ? {} : { participant: asked })
  return new Response(feedOf(asked, news, env().baseUrl), {
    headers: { ...FEED_HEADERS, 'Content-Type': 'application/atom+xml; charset=utf-8', 'Content-Disposition': `inline; filename="batp-activities-${asked.toLowerCase()}.atom"` },
  })
}

/** The feeds of activities, by what the file's name ends with. */
export const activityFeed = async (request: Request, asked: Asked): Promise<Response> =>
  ((await asked.params).file.endsWith('.atom') ? activityNews : activityDays)(request, asked)
