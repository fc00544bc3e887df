import { VerificationMark } from '@/app/marks.tsx'
import { Sheet } from '@/app/ui/sheet.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { Timeline } from '@/app/ui/timeline.tsx'
import type { Viewer } from '@/lib/auth/policy.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { DECISION_LABEL, SIGNATURES_NEEDED, type Decision } from '@/lib/verification/rules.ts'
import { decisionOf, type Signature } from './decision.ts'
import type { Filing } from './lead.tsx'

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

/** What was decided of a version that no longer stands, before what is decided of the newest. */
const OfThis = ({ filing: { entry, version }, signatures }: Pick<Props, 'filing' | 'signatures'>) => {
  const decision = decisionOf(entry, version, signatures)
  return (
    <p className="mb-2 text-md">
      Version {version.version}, this one:{' '}
      {decision ? <VerificationMark status={decision} signatures={SIGNATURES_NEEDED} /> : <VerificationMark status="unverified" signatures={0} />}
    </p>
  )
}

export const Verification = ({ filing, signatures, viewer }: Props) => {
  const { entry } = filing
  const isOlder = filing.version.version < entry.version
  const earlier = entry.earlier && filing.versions.find(({ version }) => version === entry.earlier!.version)
  return (
    <Sheet title="Verification">
      {isOlder && <OfThis filing={filing} signatures={signatures} />}
      <p className="text-md">
        {isOlder && <><TextLink href={`/register/${entry.id}`}>Version {entry.version}</TextLink>, the newest: </>}
        <VerificationMark status={entry.verification} signatures={entry.signatures} long />
      </p>
      {earlier && earlier.id !== filing.version.id && (
        <p className="mt-1 text-sm text-ink-2">
          <TextLink href={`/register/${earlier.id}`}>Version {earlier.version}</TextLink>: {DECISION_LABEL[entry.earlier!.verification].toLowerCase()}.
          That says nothing of later ones: each is verified anew.
        </p>
      )}
      <p className="mt-1 text-sm text-ink-3">{meaning(entry)}</p>
      {signatures.length > 0 && <div className="mt-4 -mb-4"><Signatures filing={filing} signatures={signatures} /></div>}
      {viewer.role === 'public' && (entry.verification !== 'unverified' || entry.earlier) && (
        <p className="mt-2 text-sm text-ink-3">Names and remarks are for observers and participants.</p>
      )}
    </Sheet>
  )
}
