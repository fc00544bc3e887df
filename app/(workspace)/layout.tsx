import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Foot, Navigation } from '../navigation.tsx'
import { Main } from '../ui/main.tsx'
import { currentViewer } from '../viewer.ts'
import { signInAddress } from './refusals.ts'

export const dynamic = 'force-dynamic'

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  if ((await currentViewer()).role === 'public') redirect(await signInAddress())
  return (
    <>
      <Navigation />
      <Main>{children}</Main>
      <Foot />
    </>
  )
}
