import type { ReactNode } from 'react'

export const Chips = ({ items, label }: { items: readonly ReactNode[]; label?: string }) => (
  <ul aria-label={label} className="mt-1.5 flex flex-wrap gap-1.5">
    {items.map((item, i) => <li key={i} className="chip rounded-sm border border-rule bg-sheet px-2 py-px text-xs text-ink">{item}</li>)}
  </ul>
)
