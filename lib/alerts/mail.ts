import { addresseeName, DESIGNATION, FOOTNOTE, type Addressee, type ParticipantCode } from '../participants/rules.ts'
import { formatDateTime, formatList } from '../shared/format.ts'
import type { Severity, Told } from '../thresholds/situation.ts'
import { SEVERITY_LABEL } from './rules.ts'

export type MailAlert = { rule: string; ruleVersion: number; title: string; severity: Severity; measured: string; threshold: string; basis: string; explanation: string; told: Told[] }
export type MailNotice = {
  addressee: Addressee; participant: ParticipantCode; number: string; version: number; summary: string; filedAt: string; severity: Severity
  alerts: MailAlert[]; link: string
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

const whyOf = (alert: MailAlert, addressee: Addressee): string => alert.told.find(({ recipient }) => recipient === addressee)?.reason ?? ''
const othersOf = (notice: MailNotice): string[] =>
  [...new Set(notice.alerts.flatMap((alert) => alert.told.map(({ recipient }) => recipient)))].filter((other) => other !== notice.addressee).map(addresseeName)

const needsFootnote = (text: string): boolean => text.includes(DESIGNATION.XK)

const textOf = (notice: MailNotice): string => {
  const parts = notice.alerts.map((alert) => [
    `${SEVERITY_LABEL[alert.severity].toUpperCase()} · ${alert.rule}, version ${alert.ruleVersion}`,
    alert.explanation,
    `Measured: ${alert.measured}`,
    `Threshold: ${alert.threshold}`,
    `Basis: ${alert.basis}`,
    `Why you: ${whyOf(alert, notice.addressee)}.`,
  ].join('\n'))
  const others = othersOf(notice)
  const body = [
    `${DESIGNATION[notice.participant]}: ${notice.summary}`,
    `Filing ${notice.number}, version ${notice.version}, filed ${formatDateTime(notice.filedAt)}`,
    '', parts.join('\n\n'), '',
    others.length > 0 ? `Also told: ${formatList(others)}.` : 'Nobody else was told.',
    `Read and acknowledge: ${notice.link}`,
  ].join('\n')
  return needsFootnote(body) ? `${body}\n\n${FOOTNOTE}\n` : `${body}\n`
}

const htmlOf = (notice: MailNotice): string => {
  const edge = { critical: '#9a2a20', warning: '#8a5a00', notice: '#17506b', info: '#5f6c79' }
  const parts = notice.alerts.map((alert) => `
<div style="border-left:3px solid ${edge[alert.severity]};padding:2px 0 2px 16px;margin:0 0 22px">
<p style="margin:0 0 4px;font-weight:600;color:${edge[alert.severity]}">${SEVERITY_LABEL[alert.severity]} · ${escape(alert.rule)}, version ${alert.ruleVersion}</p>
<p style="margin:0 0 8px">${escape(alert.explanation)}</p>
<p style="margin:0;color:#4a5866">Measured: ${escape(alert.measured)}. Threshold: ${escape(alert.threshold)}. Basis: ${escape(alert.basis)}.</p>
<p style="margin:4px 0 0;color:#4a5866">You receive this because ${escape(whyOf(alert, notice.addressee))}.</p>
</div>`).join('')
  const others = othersOf(notice)
  const body = `<h1 style="font:600 22px Georgia,serif;margin:0 0 6px">${escape(DESIGNATION[notice.participant])}: ${escape(notice.summary)}</h1>
<p style="color:#4a5866;margin:0 0 22px">Filing <a href="${escape(notice.link)}">${escape(notice.number)}</a>, version ${notice.version}, filed ${formatDateTime(notice.filedAt)}</p>
${parts}
<p>${others.length > 0 ? `Also told: ${escape(formatList(others))}.` : 'Nobody else was told.'}</p>
<p><a href="${escape(notice.link)}">Read and acknowledge</a></p>`
  const foot = needsFootnote(body) ? `<hr><p style="font-size:12px;color:#5f6c79">${escape(FOOTNOTE)}</p>` : ''
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(subjectOf(notice))}</title></head><body style="font:15px/1.5 system-ui,sans-serif;color:#1b2733;max-width:640px">${body}${foot}</body></html>`
}

const subjectOf = (notice: MailNotice): string =>
  oneLine(`${SEVERITY_LABEL[notice.severity]}: ${DESIGNATION[notice.participant]}, ${notice.summary} (${notice.number})`).slice(0, 200)

const inOneLine = (alert: MailAlert): MailAlert => ({
  ...alert, measured: oneLine(alert.measured), threshold: oneLine(alert.threshold), basis: oneLine(alert.basis), explanation: oneLine(alert.explanation),
})

/** One message with every reason, in plain text and in HTML. What a ministry typed can add neither a header nor a line that looks like ours. */
export const composeMail = (given: MailNotice): { subject: string; text: string; html: string } => {
  const notice = { ...given, summary: oneLine(given.summary), alerts: given.alerts.map(inOneLine) }
  return { subject: subjectOf(notice), text: textOf(notice), html: htmlOf(notice) }
}
