import type { Metadata } from 'next'
import { FollowUp } from '../../follow-up.tsx'

export const metadata: Metadata = { title: 'Withdraw' }

export default async function Withdraw({ params }: { params: Promise<{ id: string }> }) {
  return <FollowUp id={(await params).id} step="withdraw" />
}
