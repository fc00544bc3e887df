'use client'
import { Button, ButtonLink } from './ui/button.tsx'
import { digestOf } from './ui/error-digest.ts'
import { MessagePage } from './ui/message-page.tsx'
import { SiteHeader } from './ui/site-header.tsx'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <title>Something went wrong</title>
      <SiteHeader home="/" links={[]} />
      <MessagePage title="This page could not be shown" reference={digestOf(error)} actions={<>
        <Button onClick={() => retry()}>Try again</Button><ButtonLink href="/" tone="quiet" reload>Go to the start page</ButtonLink>
      </>}>
        <p>Something failed on our side while the page was being made. What was filed before is safe: a filing is confirmed only once it
          is stored. If you were sending something and saw no confirmation, look in your filings before you send it again.</p>
      </MessagePage>
    </>
  )
}
