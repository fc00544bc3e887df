import type { Metadata } from 'next'
import { countDeliveries, listUnacknowledged } from '@/lib/alerts/queries.ts'
import { DELIVERY_STATE_LABEL, type DeliveryState } from '@/lib/alerts/rules.ts'
import { listEvents } from '@/lib/audit/queries.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { listAccounts } from '@/lib/users/queries.ts'
import { KeyValues } from '../../ui/key-values.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { orRefuse } from '../refusals.ts'
import { UnacknowledgedTable } from '../unacknowledged-table.tsx'
import { SecretariatTabs } from './tabs.tsx'

export const metadata: Metadata = { title: 'Secretariat' }

const load = async () => {
  const caller = await currentCaller()
  return orRefuse(
    Promise.all([
      countDeliveries(caller, {}),
      listUnacknowledged(caller, { limit: 200 }),
      listObligations(caller, {}),
      listEvents(caller, { outcome: 'refused', limit: 1 }),
      listAccounts(caller, {}),
    ]),
  )
}

export default async function SecretariatPage() {
  const [states, unread, obligations, refused, accounts] = await load()
  const count = (...wanted: DeliveryState[]) =>
    states.filter(({ state }) => wanted.includes(state)).reduce((sum, row) => sum + row.count, 0)
  const shown = states.toSorted((a, b) => b.count - a.count)
  const late = obligations.filter(({ state }) => state === 'late').length
  return (
    <>
      <PageHeader
        title="Secretariat"
        lead={
          count('failed', 'retrying') > 0
            ? 'Some deliveries have failed; the log says why. The secretariat can alter no filing: nobody can.'
            : 'No delivery has failed. The secretariat watches deliveries and keeps the accounts; it can alter no filing: nobody can.'
        }
      />
      <SecretariatTabs current="" />
      <Section title="At a glance">
        <KeyValues
          items={[
            { label: 'Not acknowledged', value: `${formatNumber(unread.total)} messages` },
            { label: 'Late', value: `${formatNumber(late)} declarations` },
            {
              label: 'Accounts',
              value: (
                <TextLink href="/secretariat/accounts">{formatNumber(accounts.filter(({ disabled }) => !disabled).length)} active</TextLink>
              ),
            },
            {
              label: 'Refusals on record',
              value: <TextLink href="/secretariat/audit?outcome=refused">{formatNumber(refused.total)}</TextLink>,
            },
            ...shown.map(({ state, count }) => ({
              label: `Deliveries: ${DELIVERY_STATE_LABEL[state].toLowerCase()}`,
              value: <TextLink href={`/secretariat/deliveries?state=${state}`}>{formatNumber(count)}</TextLink>,
            })),
          ]}
        />
      </Section>
      <Section title="Not acknowledged yet" hint="The longest waiting first.">
        <UnacknowledgedTable items={unread.items} now={new Date()} />
      </Section>
    </>
  )
}
