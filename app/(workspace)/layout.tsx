import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Foot, Navigation } from '../navigation.tsx'
import { Main } from '../ui/main.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../viewer.ts'
import { listFindings } from '@/lib/log/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { signInAddress } from './refusals.ts'

export const dynamic = 'force-dynamic'

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  if ((await currentViewer()).role === 'public') redirect(await signInAddress())
  const finding = (await listFindings(await currentCaller(), {})).find(({ isOpen }) => isOpen)
  return (
    <>
      <Navigation />
      <Main>
        {finding && (
          <Notice tone="crit"
            title={finding.witness ? `The witness ${finding.witness} refuses the log` : 'The register does not agree with its log'}>
            {formatDateTime(finding.at)}: {finding.words} <TextLink href="/log">All that was found, and how to check it yourself</TextLink>
          </Notice>
        )}
        {children}
      </Main>
      <Foot />
    </>
  )
}
