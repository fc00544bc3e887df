import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { cx } from './cx.ts'
import type { StatusKind } from './status-mark.tsx'

export type TimelineItem = { at: ReactNode; title: ReactNode; by?: ReactNode; mark?: StatusKind; current?: boolean; children?: ReactNode }

export const Timeline = ({ items, label }: { items: readonly TimelineItem[]; label?: string }) => (
  <ol aria-label={label} className="text-md">
    {items.map(({ at, title, by, mark = 'none', current, children }, i) => (
      <li key={i} aria-current={current ? 'step' : undefined} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2.5">
        <span className="flex flex-col items-center">
          <Mark kind={mark} className={cx('mt-1.5 mb-1.5 size-3.5', current ? 'text-accent' : 'text-ink-3')} />
          {i < items.length - 1 && <span className="w-px flex-1 bg-rule" />}
        </span>
        <div className="min-w-0 pb-5">
          <p className={cx(current && 'font-semibold')}>{title}</p>
          <p className="mt-0! text-xs text-ink-3">{at}{by && <> · {by}</>}</p>
          {children && <div className="mt-2">{children}</div>}
        </div>
      </li>
    ))}
  </ol>
)
