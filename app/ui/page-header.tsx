import type { ReactNode } from 'react'
import { PlainText } from './plain-text.tsx'
import { TextLink } from './text-link.tsx'

export type Crumb = { href?: string; label: ReactNode }

type Props = { title: ReactNode; lead?: ReactNode; breadcrumb?: readonly Crumb[]; status?: ReactNode; actions?: ReactNode }

export const Breadcrumb = ({ items }: { items: readonly Crumb[] }) => (
  <nav aria-label="Breadcrumb" className="mb-1.5 text-sm text-ink-3">
    <ol className="flex flex-wrap gap-x-1.5">
      {items.map((item, i) => (
        <li key={i} className="flex gap-x-1.5">
          {i > 0 && <span aria-hidden="true">/</span>}
          {item.href ? <TextLink href={item.href}>{item.label}</TextLink> : <span>{item.label}</span>}
        </li>
      ))}
    </ol>
  </nav>
)

export const PageHeader = ({ title, lead, breadcrumb, status, actions }: Props) => (
  <div className="mb-7">
    {breadcrumb && breadcrumb.length > 0 && <Breadcrumb items={breadcrumb} />}
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <div className="min-w-0">
        <h1>{typeof title === 'string' ? <PlainText>{title}</PlainText> : title}</h1>
        {status && <div className="mb-1.5 flex flex-wrap gap-x-5 gap-y-1 text-md">{status}</div>}
        {lead && <div className="max-w-text text-pretty text-ink-2">{lead}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2.5">{actions}</div>}
    </div>
  </div>
)
