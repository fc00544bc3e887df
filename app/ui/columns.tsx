import type { ReactNode } from 'react'

// What is due, caused or measured stands at the right, and follows the main column where there is no room beside it.
export const Columns = ({ children, aside, label }: { children: ReactNode; aside: ReactNode; label?: string }) => (
  <div className="columns grid grid-cols-[minmax(0,1fr)] gap-12 md:grid-cols-[minmax(0,1fr)_22.5rem]">
    <div className="min-w-0">{children}</div>
    <aside aria-label={label} className="min-w-0 space-y-5">{aside}</aside>
  </div>
)
