'use client'
import type { Alert } from '@/lib/thresholds/situation.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import type { Preview } from '@/lib/filings/queries.ts'
import { addresseeName, DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, plural } from '@/lib/shared/format.ts'
import { Chips } from '../../ui/chips.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import { SeverityEdge } from '../../ui/severity-edge.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { PreviewState } from './use-preview.ts'

/** Names of rules by their id, and of categories, in the plural, by their code. */
type Titles = Readonly<Record<string, string>>

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const nameOf = (recipient: Alert['recipients'][number]['recipient']) => capital(addresseeName(recipient).replace(/^the /, ''))
const told = ({ recipients }: Pick<Alert, 'recipients'>) => recipients.map(({ recipient }) => recipient).join()

/** '27 → 39 manned combat aircraft, + 44.4 %' */
const headlineOf = ({ measured, category, title }: Alert, titles: Titles): string => {
  if (!measured.includes('→') || !category) return title
  const [figures, change] = measured.split(', ')
  return `${figures} ${titles[category] ?? category}${change ? `, ${change}` : ''}`
}

const Reasons = ({ alert }: { alert: Alert }) => (
  <Disclosure summary="Why each of them, and the basis">
    <ul className="space-y-1 text-sm">
      {alert.recipients.map(({ recipient, reason }) => (
        <li key={recipient}>
          {nameOf(recipient)}: {reason}
        </li>
      ))}
    </ul>
    <p className="mt-2 text-sm">
      Threshold: {alert.threshold}. Basis: {alert.basis}.
    </p>
  </Disclosure>
)

const AlertPreview = ({ alert, first, titles }: { alert: Alert; first: Alert | undefined; titles: Titles }) => (
  <SeverityEdge
    tone={alert.severity}
    word={SEVERITY_LABEL[alert.severity]}
    id={alert.rule}
    title={headlineOf(alert, titles)}
    className="mb-4.5">
    <p className="text-md">
      <PlainText>{alert.explanation}</PlainText>
    </p>
    {first && told(first) === told(alert) ? (
      <p className="mt-1.5 text-sm text-ink-3">Told to the same {alert.recipients.length}, in one message each.</p>
    ) : (
      <Chips label={`Told of ${alert.rule}`} items={alert.recipients.map(({ recipient }) => nameOf(recipient))} />
    )}
    <Reasons alert={alert} />
  </SeverityEdge>
)

const grouped = <T,>(items: readonly T[], why: (item: T) => string, name: (item: T) => string): string =>
  [...new Set(items.map(why))]
    .map((reason) => {
      const names = new Set(items.filter((item) => why(item) === reason).map(name))
      return `${formatList([...names])} (${reason})`
    })
    .join('; ')

/** Rules that could not be tested and participants that are not told, each with its reason: silence is explained too. */
const Silence = ({ preview: { alerts, untested, notTold }, titles }: { preview: Preview; titles: Titles }) => (
  <div className="space-y-1.5 text-sm text-ink-3">
    {untested.length > 0 && (
      <p>
        Not tested:{' '}
        {grouped(
          untested,
          ({ why }) => why,
          ({ rule }) => (titles[rule] ?? rule).toLowerCase(),
        )}
        .
      </p>
    )}
    {alerts.length > 0 && notTold.length > 0 && (
      <p>
        Not told:{' '}
        {grouped(
          notTold,
          ({ why }) => why,
          ({ participant }) => DESIGNATION[participant],
        )}
        .
      </p>
    )}
  </div>
)

const countWords = ({ alerts }: Preview): string => {
  if (alerts.length === 0) return 'No rule is met.'
  const told = new Set(alerts.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient)))
  return `${plural(alerts.length, 'alert')} to ${plural(told.size, 'addressee')}.`
}

const basis = ({ preview, pending }: PreviewState): string => {
  if (pending) return 'Computing from the register as of now. Nothing has been sent.'
  if (preview && preview.problems.length > 0) {
    const fields = plural(preview.problems.length, 'field')
    return preview.summary
      ? `As far as stated: ${fields} still to fill in or correct. Nothing has been sent.`
      : `${fields} still to fill in before anything can be said.`
  }
  return 'Computed from the register as of now. Nothing has been sent.'
}

// In words and before anything is sent: which alerts, for whom and why; what is not tested, and who is not told.
export const PreviewPanel = ({ state, titles }: { state: PreviewState; titles: Titles }) => {
  const { preview, failed } = state
  return (
    <Sheet title="What this filing will cause">
      <p className="mb-3 text-sm text-ink-3">{failed ?? basis(state)}</p>
      {preview?.summary && (
        <>
          {preview.alerts.map((alert, index) => (
            <AlertPreview key={`${alert.rule} ${alert.category}`} {...{ alert, titles }} first={index > 0 ? preview.alerts[0] : undefined} />
          ))}
          {preview.alerts.length === 0 && (
            <p className="mb-3 text-md text-ink-2">
              No rule is met, so nobody is alerted. The filing stands in the register for all to read.
            </p>
          )}
          <Silence preview={preview} titles={titles} />
          <p role="status" className="sr-only">
            {state.pending ? '' : countWords(preview)}
          </p>
        </>
      )}
    </Sheet>
  )
}
