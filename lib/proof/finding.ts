import { refusedBy } from '../log/refusal.ts'
import { formatDateTime } from '../shared/format.ts'

/** Something that disagrees. `key` names it, so that it is told once; `words` say where, what, and what was expected. */
export type Finding = { key: string; words: string }

/** Few names, and many rows. */
const known = new Map<string, string>()
const camelName = (name: string): string => {
  const found = known.get(name) ?? name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  known.set(name, found)
  return found
}

/** A row as the database names its columns, under the names that the code uses. */
export const camel = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [camelName(name), value]))

/** A finding as everyone who files for a participant is told of it; `address` is the register's. */
export const findingMail = ({ key, words, at }: Finding & { at: string }, address: string): { subject: string; text: string } => {
  const [when, witness] = [formatDateTime(new Date(at)), refusedBy(key)]
  const found = witness
    ? `The register asks its witnesses to cosign each head of its log. On ${when} one of them spoke against it:`
    : `The register checks itself every minute. On ${when} it found:`
  return {
    subject: witness ? `The witness ${witness.name} refuses the log` : 'The register does not agree with its log',
    text: `${found}\n\n${words}\n\nCheck it with your own program or on ${address}/log, and keep your receipts. `
      + 'The secretariat has been told as well.\n',
  }
}
