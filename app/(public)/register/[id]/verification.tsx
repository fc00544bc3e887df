import { VerificationMark } from '@/app/marks.tsx'
import { Sheet } from '@/app/ui/sheet.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { Timeline } from '@/app/ui/timeline.tsx'
import type { Viewer } from '@/lib/auth/policy.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import type { listSignatures } from '@/lib/verification/queries.ts'
import type { Decision } from '@/lib/verification/rules.ts'
import type { Filing } from './lead.tsx'

type Signature = Awaited<ReturnType<typeof listSignatures>>[number]
type Props = { filing: Filing; signatures: readonly Signature[]; viewer: Viewer }

const MARK = { verified: 'ok', discrepant: 'discrepancy', not_verifiable: 'withdrawn' } as const satisfies Record<Decision, string>

const meaning = ({ compiled, status, verification }: Filing['entry']): string => {
  if (status === 'withdrawn') return 'A withdrawn entry is not verified.'
  if (compiled) return 'Verifiers sign what a participant has filed; entries compiled from open sources are not put to them.'
  if (verification === 'unverified') return 'No verifier has signed. Two verifiers decide, neither of them of the filing participant.'
  if (verification === 'pending') return 'Another verifier, of another participant or of none of the seven, has to agree.'
  return 'Two verifiers agree on this decision.'
}

const Signatures = ({ filing, signatures }: Pick<Props, 'filing' | 'signatures'>) => (
  <Timeline label="Signatures" items={signatures.map(({ decision, decisionLabel, remark, verifierName, affiliation, at, filingId }) => {
    const signed = filing.versions.find(({ id }) => id === filingId)
    return {
      at: formatDateTime(at), title: decisionLabel, by: `${verifierName} (${affiliation})`, mark: MARK[decision],
      children: <>
        {remark && <p className="max-w-text text-ink-2">“{remark}”</p>}
        {signed && signed.version !== filing.entry.version && (
          <p className="text-xs text-ink-3">Under <TextLink href={`/register/${signed.id}`}>version {signed.version}</TextLink></p>
        )}
      </>,
    }
  })} />
)

export const Verification = ({ filing, signatures, viewer }: Props) => {
  const isOlder = filing.version.version < filing.entry.version
  return (
    <Sheet title="Verification">
      <p className="text-md"><VerificationMark status={filing.entry.verification} signatures={filing.entry.signatures} long /></p>
      {isOlder && (
        <p className="mt-1 text-sm text-ink-2">
          Of the newest, <TextLink href={`/register/${filing.entry.id}`}>version {filing.entry.version}</TextLink>: each is verified anew.
        </p>
      )}
      <p className="mt-1 text-sm text-ink-3">{meaning(filing.entry)}</p>
      {signatures.length > 0 && <div className="mt-4 -mb-4"><Signatures filing={filing} signatures={signatures} /></div>}
      {viewer.role === 'public' && filing.entry.verification !== 'unverified' && (
        <p className="mt-2 text-sm text-ink-3">Names and remarks are for observers and participants.</p>
      )}
    </Sheet>
  )
}
