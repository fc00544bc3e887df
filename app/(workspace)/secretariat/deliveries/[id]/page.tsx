import type { Metadata } from 'next'
import { getDelivery } from '@/lib/alerts/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { CopyButton } from '../../../../ui/copy-button.tsx'
import { Disclosure } from '../../../../ui/disclosure.tsx'
import { KeyValues } from '../../../../ui/key-values.tsx'
import { PageHeader } from '../../../../ui/page-header.tsx'
import { Section } from '../../../../ui/section.tsx'
import { Sheet } from '../../../../ui/sheet.tsx'
import { TextLink } from '../../../../ui/text-link.tsx'
import { currentCaller } from '../../../../viewer.ts'
import { orRefuse } from '../../../refusals.ts'

export const metadata: Metadata = { title: 'Message' }

export default async function Delivery({ params }: { params: Promise<{ id: string }> }) {
  const message = await orRefuse(getDelivery(await currentCaller(), { id: (await params).id }))
  return (
    <>
      <PageHeader
        breadcrumb={[{ href: '/secretariat/deliveries', label: 'Deliveries' }, { label: message.number }]}
        title={message.subject ?? `Message about ${message.number}`}
      />
      <Section title="Delivery">
        <KeyValues
          items={[
            { label: 'Addressee', value: message.name.charAt(0).toUpperCase() + message.name.slice(1) },
            { label: 'Channel', value: message.channel === 'email' ? 'E-mail' : 'Inbox' },
            { label: 'Sent to', value: message.sentTo, hide: !message.sentTo },
            { label: 'State', value: message.stateLabel },
            { label: 'Detail', value: message.detail, hide: !message.detail },
            { label: 'Attempts', value: message.attempts },
            { label: 'Queued', value: formatDateTime(message.queuedAt) },
            { label: 'Last change', value: formatDateTime(message.updatedAt) },
            { label: 'Filing', value: <TextLink href={`/register/${message.filingId}`}>{message.number}</TextLink> },
          ]}
        />
      </Section>
      {message.bodyText && (
        <Section title="Text part" actions={<CopyButton text={message.bodyText} label="Copy the text" />}>
          <Sheet>
            <pre className="max-w-text font-sans text-md whitespace-pre-wrap">{message.bodyText}</pre>
          </Sheet>
        </Section>
      )}
      {message.bodyHtml && (
        <Section title="HTML part" hint="Shown as source: what came from a filing is never run on this page.">
          <Disclosure summary="Show the source">
            <pre className="font-mono text-xs break-words whitespace-pre-wrap">{message.bodyHtml}</pre>
          </Disclosure>
        </Section>
      )}
    </>
  )
}
