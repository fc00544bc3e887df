'use client'
import { Button, ButtonLink } from '../ui/button.tsx'
import { digestOf } from '../ui/error-digest.ts'
import { Message } from '../ui/message-page.tsx'

export default function WorkspaceError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <title>Something went wrong</title>
      <Message
        title="This page could not be shown"
        reference={digestOf(error)}
        actions={
          <>
            <Button onClick={() => retry()}>Try again</Button>
            <ButtonLink href="/workspace" tone="quiet" reload>
              Go to your workspace
            </ButtonLink>
          </>
        }>
        <p>
          Something failed on our side while the page was being made. What was filed before is safe. If you were sending something and saw
          no confirmation, look in your filings before you send it again.
        </p>
      </Message>
    </>
  )
}
