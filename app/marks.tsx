import type { FilingStatus } from '@/lib/filings/rules.ts'
import { FILING_STATUS_LABEL } from '@/lib/filings/rules.ts'
import { EARLIER_LABEL, isDecided, SIGNATURES_NEEDED, VERIFICATION_LABEL, type Earlier, type VerificationStatus } from '@/lib/verification/rules.ts'
import { StatusMark, type StatusKind } from './ui/status-mark.tsx'

const OF_VERIFICATION: Record<VerificationStatus, StatusKind> = {
  unverified: 'none', pending: 'pending', verified: 'ok', discrepant: 'discrepancy', not_verifiable: 'withdrawn',
}

type VerificationProps = { status: VerificationStatus; signatures: number; earlier?: Earlier | null; long?: boolean }

/** Pending shows how many have signed: '1 of 2', and where there is room for it, of what. */
export const VerificationMark = ({ status, signatures, earlier, long }: VerificationProps) => <>
  <StatusMark mark={OF_VERIFICATION[status]}>
    {status === 'pending'
      ? <>{signatures} of {SIGNATURES_NEEDED}<span className={long ? undefined : 'sr-only'}> signatures</span></>
      : VERIFICATION_LABEL[status]}
  </StatusMark>
  {earlier && !isDecided(status) && <span className="sub whitespace-normal">{EARLIER_LABEL[earlier.verification]}</span>}
</>

const OF_FILING: Record<FilingStatus, StatusKind> = {
  draft: 'none', awaiting_approval: 'pending', returned: 'late', filed: 'ok', superseded: 'superseded', withdrawn: 'withdrawn',
}

export const FilingMark = ({ status }: { status: FilingStatus }) =>
  <StatusMark mark={OF_FILING[status]} tone={status === 'filed' ? 'ink' : undefined}>{FILING_STATUS_LABEL[status]}</StatusMark>
