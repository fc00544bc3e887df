import type { AlertView, listNotices } from '@/lib/alerts/queries.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { formatDateTime, plural } from '@/lib/shared/format.ts'
import { EntryLink } from '../entry-link.tsx'
import type { ToldAt } from '../log-words.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { KeyValues } from '../ui/key-values.tsx'
import { PlainText } from '../ui/plain-text.tsx'
import { SeverityEdge, SeverityWord } from '../ui/severity-edge.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Acknowledgement } from './acknowledgement.tsx'
import { acknowledgedWords, headline, whyYou } from './notice-words.ts'

export type Notice = Awaited<ReturnType<typeof listNotices>>['items'][number]

const ruleOf = ({ rule, version }: AlertView) => `${rule}, version ${version}`

const Figures = ({ alerts }: { alerts: readonly AlertView[] }) => (
  <div className="space-y-4">
    {alerts.map((alert) => (
      <KeyValues
        key={alert.id}
        items={[
          {
            label: 'Rule',
            value: (
              <>
                <TextLink href={`/rules#${alert.rule}`}>{alert.title}</TextLink> ({ruleOf(alert)})
              </>
            ),
          },
          { label: 'Measured', value: alert.measured },
          { label: 'Threshold', value: alert.threshold },
          { label: 'Basis', value: alert.basis },
        ]}
      />
    ))}
  </div>
)

/** That the reader was told, and whether they answered, as anybody can prove it later. */
const InLog = ({ logged: { told, acknowledged, size }, notice }: { logged: ToldAt; notice: Notice }) => {
  if (told === null) return null
  const { issuedAt, acknowledgedAt } = notice
  const none = `no acknowledgement in the tree of ${plural(size, 'entry', 'entries')}.`
  return (
    <p>
      In the log: told at {formatDateTime(issuedAt)}, <EntryLink index={told} />;{' '}
      {acknowledged !== null && acknowledgedAt ? <>acknowledged at {formatDateTime(acknowledgedAt)}, <EntryLink index={acknowledged} />.</> : none}
    </p>
  )
}

type Props = { notice: Notice; mayAcknowledge: boolean; heading?: 'h2' | 'h3'; logged?: ToldAt }

// One message: who did what, every rule it met with its reasons, why the reader, who else; then what to do.
export const NoticeArticle = ({ notice, mayAcknowledge, heading, logged }: Props) => {
  const [first, ...others] = notice.alerts
  const done = acknowledgedWords(notice.acknowledgedBy, notice.acknowledgedAt)
  return (
    <SeverityEdge
      tone={notice.severity}
      word={SEVERITY_LABEL[notice.severity]}
      id={first && ruleOf(first)}
      title={<PlainText>{headline(notice)}</PlainText>}
      heading={heading}
      why={
        <>
          {notice.alerts.length > 0 && <p>{whyYou(notice.alerts, notice.alsoTold)}</p>}
          <Disclosure
            summary={
              <>
                Figures and basis<span className="sr-only"> of {notice.number}</span>
              </>
            }>
            <Figures alerts={notice.alerts} />
          </Disclosure>
          {logged && !notice.historic && <InLog logged={logged} notice={notice} />}
        </>
      }
      actions={(mayAcknowledge || done) && <Acknowledgement id={notice.id} about={`${notice.number}, ${notice.summary}`} done={done} />}
      meta={
        <>
          {notice.historic ? 'History, filed' : 'Filed'} {formatDateTime(notice.issuedAt)} · <TextLink href={`/register/${notice.filingId}`}>{notice.number}</TextLink>
        </>
      }>
      {first && (
        <p>
          <PlainText>{first.explanation}</PlainText>
        </p>
      )}
      {others.map((alert) => (
        <div key={alert.id} className="mt-2.5">
          <SeverityWord tone={alert.severity}>
            {SEVERITY_LABEL[alert.severity]} · {ruleOf(alert)}
          </SeverityWord>
          <p className="mt-0">
            <PlainText>{alert.explanation}</PlainText>
          </p>
        </div>
      ))}
    </SeverityEdge>
  )
}
