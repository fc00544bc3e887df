import type { Metadata } from 'next'
import { listFourEyes } from '@/lib/participants/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { listAccounts } from '@/lib/users/queries.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'
import { AccountTable } from './account-table.tsx'
import { FourEyesTable } from './four-eyes-table.tsx'

export const metadata: Metadata = { title: 'Accounts' }

export default async function Accounts() {
  const caller = await currentCaller()
  const [accounts, participants] = await orRefuse(Promise.all([listAccounts(caller, {}), listFourEyes(caller, {})]))
  const active = accounts.filter(({ disabled }) => !disabled).length
  const { userId } = await currentViewer()
  return (
    <>
      <PageHeader
        title="Accounts"
        lead={`${plural(active, 'person may', 'people may')} sign in. Each has one role, and at most one participant.`}
      />
      <SecretariatTabs current="/accounts" />
      <Section title="Who may sign in" actions={<TextLink href="#four-eyes">Four eyes</TextLink>} hint="The operator adds accounts and keys. Each change made here is in the audit.">
        <AccountTable accounts={accounts} own={userId} />
      </Section>
      <div id="four-eyes">
        <Section title="Four eyes" hint="Whether a second person releases what a first one of the ministry drafts. On until it is switched off here.">
          <FourEyesTable participants={participants} accounts={accounts} />
        </Section>
      </div>
    </>
  )
}
