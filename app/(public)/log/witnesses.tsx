import { ageWords } from '@/app/age-words.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Section } from '@/app/ui/section.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import type { listWitnesses } from '@/lib/log/queries.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'

type Witness = Awaited<ReturnType<typeof listWitnesses>>[number]

const Behind = ({ witness, size }: { witness: Witness; size: number }) => {
  if (witness.size === null) return <StatusMark mark="none">Nothing yet</StatusMark>
  if (witness.size >= size) return <StatusMark mark="ok">The newest head</StatusMark>
  return <StatusMark mark="pending">{plural(size - witness.size, 'entry', 'entries')} behind</StatusMark>
}

const whose = ({ participant }: Witness): string => (participant ? DESIGNATION[participant as ParticipantCode] : 'An outside body')

type Props = { witnesses: readonly Witness[]; size: number; policy: string; now: Date }

/** Who has seen which head: a register that showed two of them different pasts could get only one of them cosigned. */
export const Witnesses = ({ witnesses, size, policy, now }: Props) => (
  <Section title="Witnesses" hint="Machines of participants and of outside bodies. Each signs a head only after checking that it continues the one it signed before.">
    <DataTable caption="Witnesses of the log" rows={witnesses} rowKey={({ id }) => id} empty={
      <EmptyState title="No witness has been named yet">
        Until there are some, the register’s own signature stands alone. Any participant can run a witness on a machine of its own
        (npm run witness); its approver names it.
      </EmptyState>
    } columns={[
      { key: 'name', label: 'Witness', cell: ({ name, vkey }) => <>{name}<span className="sub">key {vkey.split('+')[0]}</span></> },
      { key: 'whose', label: 'Of', cell: whose },
      { key: 'state', label: 'Has cosigned', keep: true, cell: (witness) => <Behind witness={witness} size={size} /> },
      { key: 'size', label: 'Entries', numeric: true, foldLabel: 'up to entry', cell: (witness) => (witness.size === null ? '' : formatNumber(witness.size)) },
      { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => at && `${ageWords(at, now)} ago` },
    ]} />
    {witnesses.length > 0 && (
      <Disclosure summary="Who must cosign before a head counts">
        <p className="mb-2">
          At least two thirds of the participants that have a witness, and one outside body if there is any. In the form that verifiers
          read (C2SP tlog-policy):
        </p>
        <pre className="table-scroll text-xs" tabIndex={0} role="region" aria-label="Quorum policy">{policy}</pre>
      </Disclosure>
    )}
  </Section>
)
