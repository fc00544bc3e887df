import { labelsOf } from '@/app/payload-words.ts'
import { Mark } from '@/app/ui/mark.tsx'
import { Section } from '@/app/ui/section.tsx'
import { DataTable } from '@/app/ui/data-table.tsx'
import { RowTh, Table, Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { POLICY, ROLE_LABEL, ROLES, type Permission } from '@/lib/auth/policy.ts'
import type { Audience } from '@/lib/filings/kinds/kind.ts'
import { KINDS } from '@/lib/filings/kinds/registry.ts'

const READERS: { audience: Audience; label: string }[] = [
  { audience: 'public', label: 'Everyone' },
  { audience: 'observer', label: 'Observers, and all below' },
  { audience: 'participant', label: 'Ministries of all participants, the secretariat' },
  { audience: 'verifier', label: 'Verifiers, and the ministry that filed' },
]

const fieldsFor = (kind: (typeof KINDS)[number], audience: Audience): string => {
  const needed = kind.audience as Record<string, Audience>
  const inner = Object.values('within' in kind ? (kind.within as Record<string, Record<string, Audience>>) : {})
    .flatMap((fields) => Object.entries(fields).filter(([, who]) => who === audience).map(([field]) => `${field} of each line`))
  const derived = audience === 'public' && kind.kind === 'declaration.holdings' ? ['totals by category'] : audience === 'public' && kind.kind === 'declaration.personnel' ? ['active strength of all services'] : []
  const own = labelsOf(kind.kind).filter(({ field }) => needed[field] === audience).map(({ label }) => label.toLowerCase())
  const words = [...derived, ...own, ...inner].join(', ')
  return words ? words[0]!.toUpperCase() + words.slice(1) : ''
}

/** Made from the kinds themselves, so that it cannot say otherwise than what the register does. */
export const WhoReadsWhat = () => (
  <div id="reading" className="mb-10 scroll-mt-6">
    <Section title="Who may read what"
      hint="Each reader reads also what stands to the left. What a filing withholds is shown as withheld, with its reason.">
      <DataTable caption="Which fields of a filing each reader sees" rows={KINDS} rowKey={({ kind }) => kind} columns={[
        { key: 'kind', label: 'Kind', cell: ({ title }) => title },
        ...READERS.map(({ audience, label }) => ({
          key: audience, label, foldLabel: `${label}:`,
          cell: (kind: (typeof KINDS)[number]) => fieldsFor(kind, audience) || <span className="text-ink-3">nothing more</span>,
        })),
      ]} />
      <div className="mt-4 max-w-text text-md text-ink-2">
        <p>Drafts are read by the ministry that writes them, and by nobody else. Who drafted and who released a filing is for its ministry
          and for verifiers. Alerts are for those they are addressed to, for the filing participant and for the secretariat. Whom a
          participant watches is not shown to the public. Who is sent to observe is for the host and the sender alone.</p>
        <p>The database holds to the same rules by itself: a page that asked for too much would be given nothing.</p>
      </div>
    </Section>
  </div>
)

const DOES: Record<Permission, string> = {
  'register.read': 'Read the register, as far as each field is open',
  'reference.read': 'Read participants, categories, thresholds and ceilings',
  'obligation.read': 'Read obligations and their punctuality',
  'log.read': 'Read the log: its entries, its signed head, its witnesses',
  'witness.name': 'Name a witness of the log',
  'account.sign_in': 'Sign in',
  'account.self': 'See and end their own session',
  'workspace.read': 'Open the workspace',
  'draft.read': 'Read drafts of their own ministry',
  'draft.write': 'Write drafts of their own ministry',
  'filing.preview': 'Preview what a filing would cause',
  'filing.submit': 'File, amend and withdraw for their own participant',
  'filing.release': 'Release what a colleague has drafted',
  'filing.return': 'Return a draft with a remark',
  'filing.verify': 'Verify entries of other participants',
  'alert.read': 'Receive alerts addressed to them',
  'alert.acknowledge': 'Acknowledge alerts',
  'clarification.read': 'Read requests for clarification of their own, and those shown to all',
  'clarification.act': 'Ask for clarification, reply, call a meeting',
  'watch.change': 'Choose participants to watch',
  'invitation.read': 'Read who is invited to observe, what was answered, and what was observed',
  'invitation.answer': 'Answer an invitation to their own participant, and name its observers',
  'observation.write': 'Write what their observers saw, join in a note, comment on one as the host',
  'delivery.read': 'Read which messages went out',
  'audit.read': 'Read who did what',
  'account.read': 'Read the accounts',
  'account.administer': 'Open and close accounts',
  'participant.administer': 'Set whether a participant asks for four eyes',
}

const allows = (permission: Permission, role: (typeof ROLES)[number]) => (POLICY[permission] as readonly string[]).includes(role)

export const WhoDoesWhat = () => (
  <div id="roles" className="mb-10 scroll-mt-6">
    <Section title="Who may do what" hint="The whole policy. Nobody can alter a filing, so no row says so.">
      <Table caption="What each role may do" scroll>
        <Thead><Tr><Th>May</Th>{ROLES.map((role) => <Th key={role}>{ROLE_LABEL[role]}</Th>)}</Tr></Thead>
        <Tbody>
          {(Object.keys(DOES) as Permission[]).map((permission) => (
            <Tr key={permission}>
              <RowTh className="min-w-56">{DOES[permission]}</RowTh>
              {ROLES.map((role) => (
                <Td key={role}>
                  {allows(permission, role) && <Mark kind="ok" className="mt-1 text-ok" />}
                  <span className="sr-only">{allows(permission, role) ? 'yes' : 'no'}</span>
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  </div>
)
