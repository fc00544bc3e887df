import type { Metadata } from 'next'
import { ROLE_LABEL } from '@/lib/auth/policy.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Message } from '../ui/message-page.tsx'
import { currentViewer } from '../viewer.ts'

export const metadata: Metadata = { title: 'Not open to your role' }

export default async function Forbidden() {
  const { name, role } = await currentViewer()
  return (
    <Message
      title="This page is not open to your role"
      actions={
        <>
          <ButtonLink href="/workspace">Go to your workspace</ButtonLink>
          <ButtonLink href="/register" tone="quiet">
            Search the register
          </ButtonLink>
        </>
      }>
      <p>
        You are signed in as {name}, {ROLE_LABEL[role].toLowerCase()}. What this page does is for another role. If your duties have changed,
        ask the secretariat, which keeps the accounts.
      </p>
    </Message>
  )
}
