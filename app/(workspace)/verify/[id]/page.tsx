import type { Metadata } from 'next'
import { getFiling } from '@/lib/filings/queries.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { listSignatures, verificationQueue } from '@/lib/verification/queries.ts'
import { VerificationMark } from '../../../marks.tsx'
import { Columns } from '../../../ui/columns.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Section } from '../../../ui/section.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { Entry } from '../entry.tsx'
import { Signing } from '../signing.tsx'
import { Signatures } from '../signatures.tsx'

export const metadata: Metadata = { title: 'Verify an entry' }

export default async function VerifyEntry({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const caller = await currentCaller()
  await orRefuse(verificationQueue(caller, { limit: 1 }))
  const filing = await orRefuse(getFiling(caller, { id }))
  const signatures = await listSignatures(caller, { entryId: filing.entry.entryId })
  const { entry, version } = filing
  return (
    <>
      <PageHeader
        breadcrumb={[{ href: '/verify', label: 'Verify' }, { label: entry.number }]}
        title={`${DESIGNATION[entry.participant]}: ${version.summary}`}
        status={<VerificationMark status={entry.verification} signatures={entry.signatures} earlier={entry.earlier} />}
        lead={
          <>
            {kindOf(entry.kind).title}, version {version.version}, filed {formatDateTime(version.filedAt)}.{' '}
            <TextLink href={`/register/${version.id}`}>{entry.number} in the register</TextLink>
          </>
        }
      />
      <Columns
        label="Signatures"
        aside={
          <Sheet title="Signatures">
            <Signatures
              signatures={signatures.filter(({ filingId }) => filingId === version.id)}
              earlier={signatures.filter(({ filingId }) => filingId !== version.id).length}
              decided={entry.id === version.id ? entry.earlier : null}
              versions={filing.versions}
            />
          </Sheet>
        }>
        <Section title="What was filed">
          <Entry kind={entry.kind} payload={version.payload} />
        </Section>
        <Section title="Your signature">
          <Signing filing={filing} signatures={signatures} viewer={await currentViewer()} />
        </Section>
      </Columns>
    </>
  )
}
