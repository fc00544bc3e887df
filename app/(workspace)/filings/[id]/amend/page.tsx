import type { Metadata } from 'next'
import { FollowUp } from '../../follow-up.tsx'

export const metadata: Metadata = { title: 'Amend' }

export default async function Amend({ params }: { params: Promise<{ id: string }> }) {
  return <FollowUp id={(await params).id} step="amend" />
}
