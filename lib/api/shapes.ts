import type { submitFiling } from '../filings/commands.ts'
import { TOLD } from './problems.ts'
import { changesBetween } from '../filings/diff.ts'
import type { EntryView, getFiling, getFilingText, Preview } from '../filings/queries.ts'

/** How values of operations look on the wire. Names are those that clients rely on: docs/api.md, and the OpenAPI document. */
type Value<O extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<O>>

/** The other side of an entry under the name that its payload uses: a supplier, or a recipient. */
const counterpartOf = ({ kind, counterpart }: Pick<EntryView, 'kind' | 'counterpart'>) =>
  kind === 'notification.acquisition' ? { supplier: counterpart } : kind === 'notification.disposal' ? { recipient: counterpart } : {}

/** Every list has the same form, whole ones too. */
export const whole = <T>(items: readonly T[]) => ({ items, next: null })

export const filingPage = ({ items, next, total }: { items: EntryView[]; next: string | null; total: number }) =>
  ({ items: items.map((item) => ({ ...item, ...counterpartOf(item) })), next, total })

/** A draft that awaits approval has no number yet. */
export const filed = ({ filing, alerts, receipt }: Value<typeof submitFiling>) =>
  ({ filing: { ...filing, number: filing.number || null }, alerts, receipt })

export const filingPath = ({ filing }: { filing: { id: string } }): string => `/api/v1/filings/${filing.id}`

export const clarificationPath = ({ clarification }: { clarification: { id: string } }): string => `/api/v1/clarifications/${clarification.id}`

/** JSON text: a payload of 400 lines is put in as it is stored, not parsed to be written again. */
export const filingText = ({ head, payload }: Value<typeof getFilingText>): string => {
  const named = 'counterpart' in head ? { ...head, ...counterpartOf(head) } : head
  return `${JSON.stringify(named).slice(0, -1)},"payload":${payload}}`
}

type Version = Value<typeof getFiling>['versions'][number]

const versionShape = (version: Version, before: Version | undefined) => ({
  id: version.id, version: version.version, action: version.action, status: version.status, reason: version.reason, summary: version.summary,
  filedAt: version.filedAt, commitment: version.commitment, ...(version.people ? { people: version.people } : {}), payload: version.payload,
  changes: before ? changesBetween(before.payload, version.payload) : [],
})

/** Every version of an entry, oldest first, each with what it changed in the one before. */
export const history = ({ versions }: Value<typeof getFiling>) =>
  whole(versions.map((version, index) => versionShape(version, versions[index - 1])))

export const preview = ({ problems, summary, alerts, untested, notTold }: Preview) => ({
  valid: problems.length === 0,
  problems: problems.slice(0, TOLD).map(({ pointer, message }) => ({ pointer, detail: message })),
  summary,
  alerts: alerts.map(({ recipients, ...alert }) => ({ ...alert, recipients: recipients.map(({ recipient }) => recipient), reasons: recipients })),
  untested,
  notTold,
})
