'use client'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { addresseeName } from '@/lib/participants/rules.ts'
import type { Alert } from '@/lib/thresholds/situation.ts'
import { Chips } from '../../ui/chips.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import { SeverityEdge } from '../../ui/severity-edge.tsx'

/** Names of rules by their id, and of categories, in the plural, by their code. */
export type Titles = Readonly<Record<string, string>>

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

// One alert that a filing would cause, as its addressees will read it.
export const AlertPreview = ({ alert, first, titles }: { alert: Alert; first: Alert | undefined; titles: Titles }) => (
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
