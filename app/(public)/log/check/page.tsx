import type { Metadata } from 'next'
import { Notice } from '@/app/ui/notice.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { getLog, getPolicy, listWitnesses } from '@/lib/log/queries.ts'
import { ReceiptChecker } from './receipt-checker.tsx'

export const metadata: Metadata = { title: 'Check a receipt' }

/** What the server sends; the browser puts the checker in its place as soon as its script runs. */
const WithoutScript = () => (
  <Notice title="This page checks with your browser’s own cryptography, which needs JavaScript">
    Without it, run <code>npm run verify -- FILE</code> on any machine that has the register’s program; it needs no network. Or follow the
    instructions in the package, by hand: open the file in a text editor, they stand at its end.
  </Notice>
)

export default async function CheckPage() {
  const caller = await currentCaller()
  const [log, witnesses, policy] = await Promise.all([getLog(caller, {}), listWitnesses(caller, {}), getPolicy(caller, {})])
  return <>
    <PageHeader breadcrumb={[{ href: '/log', label: 'The log' }, { label: 'Check a receipt' }]} title="Check a receipt" lead={<>
      A receipt shows that a filing is in the register as it was filed. Whoever holds one can check it here, or anywhere else, and need not
      believe this register.
    </>} />
    {log.vkey
      ? <ReceiptChecker vkey={log.vkey} witnessKeys={witnesses.map(({ vkey }) => vkey)} policy={policy.text} withoutScript={<WithoutScript />} />
      : <Notice tone="warn" title="This register keeps no log at present">There is no key to check a receipt with.</Notice>}
    <div className="mt-10">
      <Section title="Where receipts come from">
        <p className="max-w-text text-md text-ink-2">
          Every filing in the <TextLink href="/register">register</TextLink> has a page, and each page has its receipt under Proof. The package
          holds all that a check needs. For the ministry that filed, and for verifiers, it also holds the text of the filing; for everyone
          else it shows that something was filed, by whom and when, without telling what.
        </p>
      </Section>
    </div>
  </>
}
