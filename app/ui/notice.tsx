import type { ReactNode } from 'react'
import { Mark, type MarkKind } from './mark.tsx'
import { cx } from './cx.ts'

export type NoticeTone = 'info' | 'ok' | 'warn' | 'crit'

const looks: Record<NoticeTone, { box: string; ink: string; mark: MarkKind }> = {
  info: { box: 'border-accent bg-accent-soft', ink: 'text-accent', mark: 'info' },
  ok: { box: 'border-ok bg-ok-soft', ink: 'text-ok', mark: 'ok' },
  warn: { box: 'border-warn bg-warn-soft', ink: 'text-warn', mark: 'late' },
  crit: { box: 'border-crit bg-crit-soft', ink: 'text-crit', mark: 'discrepancy' },
}

type Props = { tone?: NoticeTone; title?: ReactNode; children?: ReactNode; actions?: ReactNode; live?: boolean; className?: string }

// `live` for what appears after an act of the reader; what stands on the page from the start is not announced.
export const Notice = ({ tone = 'info', title, children, actions, live, className }: Props) => {
  const { box, ink, mark } = looks[tone]
  return (
    <div role={live ? (tone === 'crit' ? 'alert' : 'status') : undefined}
      className={cx('mb-6 flex gap-3 rounded-sm border-l-3 px-4 py-3 text-md', box, className)}>
      <Mark kind={mark} className={cx('mt-1.5', ink)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold text-ink">{title}</p>}
        {children && <div className="max-w-text text-ink-2">{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap items-center gap-2.5">{actions}</div>}
      </div>
    </div>
  )
}
