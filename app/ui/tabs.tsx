import { TextLink } from './text-link.tsx'

export type Tab = { href: string; label: string; current?: boolean; count?: number }

export const Tabs = ({ label, items }: { label: string; items: readonly Tab[] }) => (
  <nav aria-label={label} className="mb-6 border-b border-rule">
    <ul className="-mb-px flex flex-wrap gap-x-6">
      {items.map(tab => (
        <li key={tab.href}>
          <TextLink href={tab.href} aria-current={tab.current ? 'page' : undefined}
            className="flex min-h-10 items-center border-b-2 border-transparent text-md text-ink-2 no-underline hover:text-ink
              aria-[current]:border-accent aria-[current]:font-book aria-[current]:text-ink">
            {tab.label}{tab.count === undefined ? '' : ` (${tab.count})`}
          </TextLink>
        </li>
      ))}
    </ul>
  </nav>
)
