import type { ReactNode } from 'react'

export type Change = { field: ReactNode; before?: ReactNode; after?: ReactNode }

const blank = (value: ReactNode) => value === undefined || value === null || value === ''
const Word = ({ children }: { children: ReactNode }) => <span className="mr-1.5 text-xs text-ink-3">{children}</span>

const Nothing = () => <span className="text-ink-3">not stated</span>

export const Diff = ({ changes }: { changes: readonly Change[] }) => (
  <dl className="text-md">
    {changes.map(({ field, before, after }, i) => (
      <div key={i} className="grid gap-x-4 gap-y-1 border-b border-rule-2 py-2.5 last:border-0
        sm:grid-cols-[9.5rem_minmax(0,1fr)_minmax(0,1fr)]">
        <dt className="text-ink-3">{field}</dt>
        <dd>
          <Word>was</Word>
          {blank(before) ? <Nothing /> : <del className="bg-crit-soft text-crit decoration-1">{before}</del>}
        </dd>
        <dd>
          <Word>now</Word>
          {blank(after) ? <Nothing /> : <ins className="bg-ok-soft text-ok no-underline">{after}</ins>}
        </dd>
      </div>
    ))}
  </dl>
)
