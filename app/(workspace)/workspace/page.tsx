import type { Metadata } from 'next'
import { may } from '@/lib/auth/policy.ts'
import { currentViewer } from '../../viewer.ts'
import { Ministry } from './ministry.tsx'
import { Observer } from './observer.tsx'
import { Secretariat } from './secretariat.tsx'
import { Verifier } from './verifier.tsx'

export const metadata: Metadata = { title: 'Workspace' }

// What is due, what arrived, what waits for me: which of these there are depends on the role.
export default async function Workspace() {
  const viewer = await currentViewer()
  const now = new Date()
  if (may(viewer.role, 'draft.read')) return <Ministry viewer={viewer} now={now} />
  if (may(viewer.role, 'filing.verify')) return <Verifier viewer={viewer} now={now} />
  if (may(viewer.role, 'audit.read')) return <Secretariat now={now} />
  return <Observer now={now} />
}
