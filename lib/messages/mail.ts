import { DESIGNATION, FOOTNOTE } from '../participants/rules.ts'
import { SEVERITY_LABEL } from '../alerts/rules.ts'
import type { StoredMessage } from './leaves.ts'

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** One mail for one message. What a ministry typed can add no line that looks like ours, and no header. */
export const messageMail = ({ severity, title, words, path, rule, ruleVersion }: StoredMessage, baseUrl: string): { subject: string; text: string } => {
  const why = rule ? `\nRule: ${rule}, version ${ruleVersion}.` : ''
  const text = `${oneLine(words)}${why}\n\nRead and answer: ${baseUrl}${path}\n`
  const subject = oneLine(`${SEVERITY_LABEL[severity as keyof typeof SEVERITY_LABEL]}: ${title}`).slice(0, 200)
  return { subject, text: `${subject}${text}`.includes(DESIGNATION.XK) ? `${text}\n${FOOTNOTE}\n` : text }
}
