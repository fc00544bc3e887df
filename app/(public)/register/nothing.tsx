import { ButtonLink } from '@/app/ui/button.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { addressOf, type readFilter } from './filter.ts'

/** What to do when there is no row to show: no such page, nothing that matches, nothing at all. */
export const Nothing = ({ filter: { given, sort, page }, pages }: { filter: ReturnType<typeof readFilter>; pages: number }) => {
  if (pages > 0) {
    const first = addressOf('/register', given, { sort })
    return (
      <EmptyState title={`There is no page ${page}`} actions={<ButtonLink href={first}>Go to the first page</ButtonLink>}>
        The list has {pages === 1 ? 'one page' : `${pages} pages`}.
      </EmptyState>
    )
  }
  if (Object.keys(given).length === 0) {
    return <EmptyState title="Nothing has been filed yet">What the participants file appears here as soon as it is stored.</EmptyState>
  }
  return (
    <EmptyState title="No filing matches" actions={<ButtonLink href="/register">Show all filings</ButtonLink>}>
      Remove a filter above, or search for the beginning of a word: “raf” finds Rafale.
    </EmptyState>
  )
}
