'use client'
import '@fontsource-variable/inter'
import '@fontsource-variable/source-serif-4'
import './globals.css'
import { Button } from './ui/button.tsx'
import { digestOf } from './ui/error-digest.ts'
import { MessagePage } from './ui/message-page.tsx'

// Takes the place of the root layout when that itself fails, so it leans on nothing but the styles.
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <MessagePage title="The platform cannot answer at the moment" reference={digestOf(error)}
          actions={<Button onClick={() => retry()}>Try again</Button>}>
          <p>Something failed on our side. What was filed before is safe. Try again in a minute; if it stays like this, tell the secretariat
            and quote the reference below, if there is one.</p>
        </MessagePage>
      </body>
    </html>
  )
}
