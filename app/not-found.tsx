import type { Metadata } from 'next'
import { connection } from 'next/server'
import { ButtonLink } from './ui/button.tsx'
import { MessagePage } from './ui/message-page.tsx'
import { SiteHeader } from './ui/site-header.tsx'

export const metadata: Metadata = { title: 'Page not found' }

// "Not yours" and "not there" are the same page on purpose. Made anew for each request: a page built beforehand carries no nonce, so its
// scripts would not run.
export default async function NotFound() {
  await connection()
  return (
    <>
      <SiteHeader home="/" links={[]} />
      <MessagePage title="There is no such page" actions={<>
        <ButtonLink href="/register">Search the register</ButtonLink><ButtonLink href="/" tone="quiet">Go to the start page</ButtonLink>
      </>}>
        <p>The address may be mistyped, or what it leads to is not open to you. If you followed a link in an alert or an e-mail, sign in
          with the account it was sent to and open the link again.</p>
      </MessagePage>
    </>
  )
}
