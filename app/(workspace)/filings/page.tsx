import type { Metadata } from 'next'
import { countTold } from '@/lib/alerts/queries.ts'
import { KINDS } from '@/lib/filings/kinds/registry.ts'
import { slugOf } from '@/lib/filings/kinds/words.ts'
import { listDrafts, listFilings } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../viewer.ts'
import { DraftTable } from '../draft-table.tsx'
import { RecentFilings } from '../recent-filings.tsx'
import { orRefuse } from '../refusals.ts'

export const metadata: Metadata = { title: 'Filings' }

const PAGE = 25

const load = async (page: number) => {
  const caller = await currentCaller()
  const { participant } = await currentViewer()
  const [drafts, filed] = await orRefuse(
    Promise.all([listDrafts(caller, {}), listFilings(caller, { participant: participant ?? undefined, limit: PAGE, page })]),
  )
  const told = await countTold(caller, { filingIds: filed.items.filter(({ compiled }) => !compiled).map(({ id }) => id) })
  return { drafts, filed, told, name: DESIGNATION[participant!] }
}

export default async function Filings({ searchParams }: { searchParams: Promise<{ page?: string | string[] }> }) {
  const page = Math.min(Math.max(Math.trunc(Number((await searchParams).page)) || 1, 1), 10_000)
  const { drafts, filed, told, name } = await load(page)
  const pages = Math.max(1, Math.ceil(filed.total / PAGE))
  return (
    <>
      <PageHeader
        title="Filings"
        actions={
          <>
            <ButtonLink href="/filings/new/acquisition">Notify an acquisition</ButtonLink>
            <ButtonLink href="/filings/new/disposal" tone="quiet">
              Notify a disposal
            </ButtonLink>
            <ButtonLink href="/filings/new/activity" tone="quiet">
              Notify an activity
            </ButtonLink>
            <ButtonLink href="/filings/new/declaration" tone="quiet">
              Declare holdings
            </ButtonLink>
          </>
        }
        lead={
          <>
            What {name} has filed, and what is on its way. What is due, and the form for it, stands in the{' '}
            <TextLink href="/workspace">workspace</TextLink>.
          </>
        }
      />
      <div className="-mt-4 mb-6">
        <Disclosure summary="Everything that can be filed">
          <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
            {KINDS.map(({ kind, verb, help }) => (
              <li key={kind}>
                <TextLink href={`/filings/new/${slugOf(kind)}`}>{verb}</TextLink>
                <span className="sub">{help}</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      </div>
      <Section title="Drafts" hint={drafts.length > 0 ? 'Seen by your participant only.' : undefined}>
        {drafts.length > 0 ? (
          <DraftTable caption="Drafts" drafts={drafts} />
        ) : (
          <EmptyState title="No draft is open">
            A filing that you begin saves itself as a draft a second after each change, and waits here until it is sent.
          </EmptyState>
        )}
      </Section>
      <Section
        title="Filed"
        hint={`${plural(filed.total, 'entry', 'entries')}, the newest first. Those compiled from open sources were loaded as history.`}>
        <RecentFilings
          caption={`Filings of ${name}`}
          entries={filed.items}
          told={told}
          empty={
            <EmptyState title="Nothing filed yet">
              The first filing of {name} will stand here, with who was told and how far it is verified.
            </EmptyState>
          }
        />
        {pages > 1 && (
          <Pagination
            from={(page - 1) * PAGE + 1}
            to={Math.min(page * PAGE, filed.total)}
            total={filed.total}
            page={page}
            pages={pages}
            previous={page > 1 ? `/filings?page=${page - 1}` : undefined}
            next={page < pages ? `/filings?page=${page + 1}` : undefined}
          />
        )}
      </Section>
    </>
  )
}
