import type { Viewer } from '@/lib/auth/policy.ts'
import type { getFiling } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import type { listSignatures } from '@/lib/verification/queries.ts'
import { VERIFICATION_LABEL } from '@/lib/verification/rules.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SignForm } from './sign-form.tsx'

type Filing = Awaited<ReturnType<typeof getFiling>>
type Props = { filing: Filing; signatures: Awaited<ReturnType<typeof listSignatures>>; viewer: Viewer }

/** Why the viewer cannot sign, said before they write a remark. The command decides, by the same rules. */
const obstacle = ({ filing: { entry, version }, signatures, viewer }: Props): { title: string; text: string; tone?: 'ok' } | null => {
  const own = signatures.find((signature) => signature.own && signature.filingId === version.id)
  if (viewer.participant === entry.participant) {
    const name = DESIGNATION[entry.participant]
    return {
      title: `You come from ${name}`,
      text: 'A verifier never verifies the entries of their own participant. Verifiers of others, or of none of the seven, sign this one.',
    }
  }
  if (own) {
    return {
      tone: 'ok',
      title: `You signed “${own.decisionLabel.toLowerCase()}”`,
      text:
        entry.verification === 'pending'
          ? 'Your signature alone leaves the entry pending. The second is another verifier’s.'
          : `The entry is now: ${VERIFICATION_LABEL[entry.verification].toLowerCase()}.`,
    }
  }
  if (entry.id !== version.id) return { title: 'There is a newer version', text: 'Verification concerns the newest version only.' }
  if (entry.status === 'withdrawn') return { title: 'This entry has been withdrawn', text: 'There is nothing to verify.' }
  if (entry.compiled)
    return { title: 'Compiled from open sources', text: 'No participant filed this entry, so it is not put to verifiers.' }
  if (!['unverified', 'pending'].includes(entry.verification)) {
    return {
      title: `Decided: ${VERIFICATION_LABEL[entry.verification].toLowerCase()}`,
      text: 'Two verifiers agreed. A new version of the entry opens its verification again.',
    }
  }
  return null
}

export const Signing = (props: Props) => {
  const { entry, version } = props.filing
  const refusal = obstacle(props)
  if (!refusal) return <SignForm id={version.id} number={entry.number} />
  return (
    <Notice
      title={refusal.title}
      tone={refusal.tone ?? 'info'}
      live
      actions={
        entry.id === version.id ? (
          <ButtonLink href="/verify" tone="quiet">
            Back to the queue
          </ButtonLink>
        ) : (
          <ButtonLink href={`/verify/${entry.id}`} tone="quiet">
            Open the newest version
          </ButtonLink>
        )
      }>
      {refusal.text}
    </Notice>
  )
}
