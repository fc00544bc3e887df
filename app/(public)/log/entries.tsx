import { entryAddress, LEAF_LABEL, leafParty } from '@/app/log-words.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Mark } from '@/app/ui/mark.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { listLeaves } from '@/lib/log/queries.ts'
import { formatDateTime, formatNumber } from '@/lib/shared/format.ts'

type Leaf = Awaited<ReturnType<typeof listLeaves>>[number]

const What = ({ leaf: { type, subject } }: { leaf: Leaf }) => {
  if (type.startsWith('filing.') || type === 'verification.decided') return <TextLink href={`/register/${subject}`}>{LEAF_LABEL[type]}</TextLink>
  if (type === 'rule.in_force') {
    const [rule, version] = subject.split('/')
    return <><TextLink href={`/rules#${rule}`}>{LEAF_LABEL[type]}</TextLink><span className="sub">{rule}, version {version}</span></>
  }
  if (type === 'reminder.issued') return <TextLink href="/punctuality">{LEAF_LABEL[type]}</TextLink>
  if (type.startsWith('witness.')) return <>{LEAF_LABEL[type]}<span className="sub">{subject}</span></>
  return LEAF_LABEL[type]
}

const link = 'flex min-h-9 items-center gap-1.5'

/** Newest first. Pages are by index, so that they stay what they are while entries are added. */
const Pages = ({ first, last, size, perPage }: { first: number; last: number; size: number; perPage: number }) => (
  <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center justify-between gap-x-6 text-sm text-ink-3">
    <p>Entries {formatNumber(first)} to {formatNumber(last)} of {formatNumber(size)}, counted from 0</p>
    <div className="flex gap-6">
      {first + 1 < size && (
        <TextLink href={first + perPage + 1 >= size ? '/log' : `/log?before=${first + perPage + 1}`} rel="prev" className={link}><Mark kind="previous" />Newer</TextLink>
      )}
      {last > 0 && <TextLink href={`/log?before=${last}`} rel="next" className={link}>Older<Mark kind="next" /></TextLink>}
    </div>
  </nav>
)

export const Entries = ({ leaves, size, perPage }: { leaves: readonly Leaf[]; size: number; perPage: number }) => (
  <Section title="Entries" hint="What happened, of whom, and when. Never what a filing says: an entry holds a commitment to it, which tells nothing.">
    <DataTable caption="Entries of the log, newest first" rows={leaves} rowKey={({ index }) => String(index)} empty={
      <EmptyState title="There is no entry here">The first filing, alert or grant of a role is entry 0. The newest stand on the first page.</EmptyState>
    } columns={[
      { key: 'index', label: 'Entry', nowrap: true, cell: ({ index }) => <a id={`entry-${index}`} href={entryAddress(index)} className="tabular-nums">{index}</a> },
      { key: 'what', label: 'What', keep: true, cell: (leaf) => <What leaf={leaf} /> },
      { key: 'who', label: 'Participant or body', cell: leafParty },
      { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => <time dateTime={at}>{formatDateTime(at)}</time> },
    ]} />
    {leaves.length > 0 && <Pages first={leaves[0]!.index} last={leaves.at(-1)!.index} size={size} perPage={perPage} />}
  </Section>
)
