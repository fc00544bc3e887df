import type { ReactNode } from 'react'

export type AgendaItem = { at: ReactNode; title: ReactNode; sub?: ReactNode; action?: ReactNode }

export const Agenda = ({ items, label }: { items: readonly AgendaItem[]; label?: string }) => (
  <ul aria-label={label} className="text-md">
    {items.map(({ at, title, sub, action }, i) => (
      <li key={i} className="grid grid-cols-[6rem_minmax(0,1fr)_auto] items-baseline gap-x-4 border-b border-rule-2 py-3 last:border-0">
        <span className="text-ink-2 tabular-nums">{at}</span>
        <span>{title}{sub && <span className="sub">{sub}</span>}</span>
        <span>{action}</span>
      </li>
    ))}
  </ul>
)
