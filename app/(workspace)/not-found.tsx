import type { Metadata } from 'next'
import { ButtonLink } from '../ui/button.tsx'
import { Message } from '../ui/message-page.tsx'

export const metadata: Metadata = { title: 'Page not found' }

// "Not yours" and "not there" are the same page on purpose.
export default function NotFound() {
  return (
    <Message
      title="There is no such page"
      actions={
        <>
          <ButtonLink href="/workspace">Go to your workspace</ButtonLink>
          <ButtonLink href="/register" tone="quiet">
            Search the register
          </ButtonLink>
        </>
      }>
      <p>
        The address may be mistyped, or what it leads to is not open to you. A draft is seen by its own participant only; once it is
        released or discarded, its address leads nowhere.
      </p>
    </Message>
  )
}
