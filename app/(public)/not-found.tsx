import type { Metadata } from 'next'
import { ButtonLink } from '@/app/ui/button.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'

export const metadata: Metadata = { title: 'Page not found' }

// Within the head and foot of the public pages. "Not yours" and "not there" are the same page on purpose.
export default function NotFound() {
  return <>
    <PageHeader title="There is no such page" lead={<>
      The address may be mistyped, or what it leads to is not open to you. If you followed a link in an alert or an e-mail, sign in with the
      account it was sent to and open the link again.
    </>} />
    <div className="flex flex-wrap gap-2.5">
      <ButtonLink href="/register">Search the register</ButtonLink><ButtonLink href="/" tone="quiet">Go to the start page</ButtonLink>
    </div>
  </>
}
