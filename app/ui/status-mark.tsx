import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { cx } from './cx.ts'

export type Tone = 'ink' | 'muted' | 'accent' | 'ok' | 'warn' | 'crit'
export type StatusKind = 'ok' | 'pending' | 'none' | 'discrepancy' | 'late' | 'withdrawn' | 'superseded'

const toneOf: Record<StatusKind, Tone> = {
  ok: 'ok', pending: 'ink', none: 'muted', discrepancy: 'crit', late: 'warn', withdrawn: 'muted', superseded: 'muted',
}
const colour: Record<Tone, string> = {
  ink: 'text-ink-2', muted: 'text-ink-3', accent: 'text-accent', ok: 'text-ok', warn: 'text-warn', crit: 'text-crit',
}

type Props = { mark: StatusKind; tone?: Tone; children: ReactNode; className?: string }

export const StatusMark = ({ mark, tone = toneOf[mark], children, className }: Props) => (
  <span className={cx('inline-flex items-baseline gap-1.5', colour[tone], className)}>
    <Mark kind={mark} className="translate-y-px" /><span>{children}</span>
  </span>
)
