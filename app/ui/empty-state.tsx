import type { ReactNode } from 'react'

export const EmptyState = ({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) => (
  <div className="border-y border-rule py-7">
    <p className="font-serif text-lg font-semibold">{title}</p>
    {children && <div className="mt-1 max-w-text text-ink-2">{children}</div>}
    {actions && <div className="mt-3.5 flex flex-wrap items-center gap-2.5">{actions}</div>}
  </div>
)
