import type { Metadata } from 'next'
import { ButtonLink } from '@/app/ui/button.tsx'
import { Columns } from '@/app/ui/columns.tsx'
import { Notice } from '@/app/ui/notice.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { getCosigned, getLog, getPolicy, listFindings, listLeaves, listWitnesses } from '@/lib/log/queries.ts'
import { env } from '@/lib/shared/env.ts'
import { Entries } from './entries.tsx'
import { Findings } from './findings.tsx'
import { Head } from './head.tsx'
import { HowToCheck } from './how-to-check.tsx'
import { Witnesses } from './witnesses.tsx'

export const metadata: Metadata = { title: 'The log' }

const PER_PAGE = 25
const INDEX = /^\d{1,15}$/

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LogPage({ searchParams }: Props) {
  const { before } = await searchParams
  const from = typeof before === 'string' && INDEX.test(before) ? Number(before) : undefined
  const caller = await currentCaller()
  const [log, witnesses, cosigned, policy, findings, leaves] = await Promise.all([
    getLog(caller, {}), listWitnesses(caller, {}), getCosigned(caller, {}), getPolicy(caller, {}), listFindings(caller, {}),
    listLeaves(caller, { limit: PER_PAGE, ...(from === undefined ? {} : { before: from }) }),
  ])
  const now = new Date()
  return <>
    <PageHeader title="The log"
      status={log.refused ? <StatusMark mark="discrepancy">Refuses to sign</StatusMark> : <StatusMark mark="ok">Signing</StatusMark>}
      lead={<>
        Every official act leaves an entry here, in the order in which it happened: filings, alerts and their acknowledgement,
        verifications, thresholds, roles, witnesses. An entry that is changed, taken out or put in later gives itself away, whoever holds the database.
      </>}
      actions={<ButtonLink href="/log/check">Check a receipt</ButtonLink>} />
    {log.refused && (
      <Notice tone="crit" title="The log refuses to sign">
        {log.refused} Until the secretariat has dealt with it nothing official is accepted; everything stays readable.
      </Notice>
    )}
    <Findings findings={findings} />
    <Columns label="How to check" aside={<HowToCheck origin={env().baseUrl} />}>
      <Head log={log} cosigned={cosigned} now={now} />
      <Witnesses witnesses={witnesses} size={log.checkpoint?.size ?? 0} policy={policy.text} now={now} />
      <Entries leaves={leaves} size={log.entries} perPage={PER_PAGE} />
    </Columns>
  </>
}
