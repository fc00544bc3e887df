import { formatDateTime, plural } from '@/lib/shared/format.ts'
import type { listSignatures } from '@/lib/verification/queries.ts'
import { DECISION_LABEL, type Decision, type Earlier } from '@/lib/verification/rules.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { Timeline } from '../../ui/timeline.tsx'

type Signature = Awaited<ReturnType<typeof listSignatures>>[number]
const MARK = { verified: 'ok', discrepant: 'discrepancy', not_verifiable: 'withdrawn' } as const satisfies Record<Decision, string>

type Props = { signatures: readonly Signature[]; earlier: number; decided: Earlier | null; versions: readonly { id: string; version: number }[] }

export const Signatures = ({ signatures, earlier, decided, versions }: Props) => (
  <>
    {signatures.length === 0 && <p className="text-md text-ink-2">Nobody has signed this version yet.</p>}
    {signatures.length > 0 && (
      <Timeline
        label="Signatures under this version"
        items={signatures.map(({ decision, decisionLabel, remark, verifierName, affiliation, at, own }) => ({
          at: formatDateTime(at),
          title: decisionLabel,
          by: own ? 'you' : `${verifierName}, ${affiliation}`,
          mark: MARK[decision],
          children: remark && <p className="text-ink-2">“{remark}”</p>,
        }))}
      />
    )}
    {decided && (
      <p className="text-md text-ink-2">
        <TextLink href={`/register/${versions.find(({ version }) => version === decided.version)?.id}`}>Version {decided.version}</TextLink>:{' '}
        {DECISION_LABEL[decided.verification].toLowerCase()}. That says nothing of this one.
      </p>
    )}
    {earlier > 0 && <p className="text-sm text-ink-3">{plural(earlier, 'signature stands', 'signatures stand')} under earlier versions.</p>}
    <p className="mt-3 text-sm text-ink-3">
      Two verifiers of different participants, or of none of the seven, decide by agreeing. One alone leaves the entry pending; two who
      disagree leave it pending until a third agrees with one of them.
    </p>
  </>
)
