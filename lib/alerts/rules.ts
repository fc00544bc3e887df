import type { Addressee } from '../participants/rules.ts'
import { SEVERITIES, type Alert, type Severity } from '../thresholds/situation.ts'

export const CHANNELS = ['inbox', 'email'] as const
export type Channel = (typeof CHANNELS)[number]

/** `kept`: there is no mail server, so the message is kept readable in the secretariat's delivery log. */
export const DELIVERY_STATES = ['queued', 'delivered', 'sent', 'kept', 'retrying', 'failed', 'historic'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]
export const DELIVERY_STATE_LABEL = {
  queued: 'Queued', delivered: 'Delivered', sent: 'Sent', kept: 'Kept, no mail server', retrying: 'Failed, will be retried',
  failed: 'Failed for good', historic: 'Historic, not sent',
} as const satisfies Record<DeliveryState, string>

export const SEVERITY_LABEL = {
  info: 'Info', notice: 'Notice', warning: 'Warning', critical: 'Critical',
} as const satisfies Record<Severity, string>

export const moreSevere = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b)

/** One message per addressee, whatever number of rules were met, as severe as the most severe of them. */
export const noticesFrom = (alerts: readonly Pick<Alert, 'severity' | 'recipients'>[]): { addressee: Addressee; severity: Severity }[] => {
  const severityOf = new Map<Addressee, Severity>()
  for (const alert of alerts) {
    for (const { recipient } of alert.recipients) severityOf.set(recipient, moreSevere(alert.severity, severityOf.get(recipient) ?? 'info'))
  }
  return [...severityOf].map(([addressee, severity]) => ({ addressee, severity }))
}

/** Inboxes begin with the last 90 days when history is loaded. */
export const INBOX_DAYS = 90
