import type { ReactNode } from 'react'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { Section } from '@/app/ui/section.tsx'
import { SeverityEdge } from '@/app/ui/severity-edge.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { alertsOfFiling } from '@/lib/alerts/queries.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { may, type Viewer } from '@/lib/auth/policy.ts'
import { addresseeName, DESIGNATION, type Addressee, type ParticipantCode } from '@/lib/participants/rules.ts'
import type { listPlaces } from '@/lib/proof/queries.ts'
import { formatList, plural } from '@/lib/shared/format.ts'
import { Acknowledgements } from './acknowledgements.tsx'
import type { Version } from './lead.tsx'

type OfFiling = Awaited<ReturnType<typeof alertsOfFiling>>
type Alert = OfFiling['alerts'][number]
export type Caused = OfFiling & { version: Version }
export type Places = Awaited<ReturnType<typeof listPlaces>>
type Props = { caused: readonly Caused[]; shown: string; filer: ParticipantCode; viewer: Viewer; places: Places }

const BODY: Partial<Record<Viewer['role'], Addressee>> = { secretariat: 'secretariat', observer: 'observers', verifier: 'verifiers' }

const whyWords = ({ why, recipients }: Alert, viewer: Viewer): string => {
  const me = recipients.find((recipient) => recipient === viewer.participant) ?? BODY[viewer.role]
  const others = formatList(recipients.filter((recipient) => !why || recipient !== me).map(addresseeName))
  return why ? `You receive this because ${why}.${others ? ` Also told: ${others}.` : ''}` : `Told: ${others}.`
}

const OneAlert = ({ alert, viewer }: { alert: Alert; viewer: Viewer }) => (
  <SeverityEdge tone={alert.severity} word={SEVERITY_LABEL[alert.severity]}
    id={<TextLink href={`/rules#${alert.rule}`} className="text-inherit">{alert.rule}, version {alert.version}</TextLink>}
    title={`${alert.title}: ${alert.measured}`} why={<>
      <p>{whyWords(alert, viewer)}</p>
      <Disclosure summary="Why each is told">
        <ul>{alert.reasons.map(({ recipient, reason }) => <li key={recipient}>{addresseeName(recipient)}: {reason}.</li>)}</ul>
      </Disclosure>
    </>}>
    <p>{alert.explanation}</p>
    <p className="text-sm">Measured {alert.measured}; threshold {alert.threshold}. Basis: {alert.basis}.</p>
  </SeverityEdge>
)

const nothingWords = (viewer: Viewer, filer: ParticipantCode, shown: string): ReactNode => {
  if (viewer.role === 'public') {
    return <>Alerts are for those they are addressed to, the filing participant and the secretariat.{' '}
      <TextLink href={`/sign-in?next=/register/${shown}`}>Sign in</TextLink> to see those that concern you.</>
  }
  if (viewer.participant === filer || viewer.role === 'secretariat') return 'This version met no threshold, so nobody was told.'
  return `No alert of this version is addressed to ${viewer.participant ? DESIGNATION[viewer.participant] : 'you'}.`
}

/** What the shown version caused, in full; of the others, that they did. */
export const Alerts = ({ caused, shown, filer, viewer, places }: Props) => {
  const current = caused.find(({ version }) => version.id === shown)!
  const others = caused.filter(({ version, alerts }) => version.id !== shown && alerts.length > 0)
  const seesAll = viewer.participant === filer || viewer.role === 'secretariat'
  const waiting = current.told.find(({ mine, historic, acknowledgedAt }) => mine && !historic && !acknowledgedAt)
  return (
    <Section title={current.alerts.length > 0 ? `${plural(current.alerts.length, 'alert')} caused` : 'Alerts'}>
      {current.alerts.length === 0 && <p className="max-w-text text-ink-2">{nothingWords(viewer, filer, shown)}</p>}
      {current.alerts.map((alert) => <OneAlert key={alert.id} alert={alert} viewer={viewer} />)}
      {waiting && may(viewer.role, 'alert.acknowledge') && (
        <p className="mb-5 text-md">This waits for your acknowledgement: <TextLink href="/inbox">open the inbox</TextLink>.</p>
      )}
      {current.told.length > 0 && <Acknowledgements told={current.told} seesAll={seesAll} places={places} />}
      {others.length > 0 && (
        <p className="mt-4 text-sm text-ink-3">
          Other versions: {others.map(({ version: { id, version }, alerts }, index) => (
            <span key={id}>
              {index > 0 && ', '}<TextLink href={`/register/${id}`}>version {version}</TextLink> caused {plural(alerts.length, 'alert')}
            </span>
          ))}.
        </p>
      )}
    </Section>
  )
}
