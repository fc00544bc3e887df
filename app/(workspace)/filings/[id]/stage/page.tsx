import type { Metadata } from 'next'
import { FollowUp } from '../../follow-up.tsx'

export const metadata: Metadata = { title: 'File the next stage' }

export default async function Stage({ params }: { params: Promise<{ id: string }> }) {
  return <FollowUp id={(await params).id} step="stage" />
}
