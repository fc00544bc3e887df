import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const circle = <circle cx="6" cy="6" r="4.6" />

// Drawn, not typed: the glyphs ✓ ◐ ○ △ ◇ ⨯ ↻ differ from system to system, and some turn into emoji.
const shapes = {
  ok: <path d="M1.8 6.6 4.7 9.5 10.4 2.6" strokeWidth="1.9" />,
  pending: <>{circle}<path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor" stroke="none" /></>,
  none: circle,
  discrepancy: <path d="M6 1.6 11 10.4H1z" />,
  late: <path d="M6 .9 11.1 6 6 11.1.9 6z" />,
  withdrawn: <path d="M2.2 2.2l7.6 7.6M9.8 2.2 2.2 9.8" strokeWidth="1.6" />,
  superseded: <path d="M10.2 3.4A4.7 4.7 0 1 0 10.7 6M10.4.9v2.8H7.6" />,
  info: <>{circle}<path d="M6 5.6v2.8M6 3.4v.3" /></>,
  down: <path d="M2 4 6 8 10 4" strokeWidth="1.6" />,
  up: <path d="M2 8 6 4 10 8" strokeWidth="1.6" />,
  sortable: <path d="M3.2 4.6 6 1.8 8.8 4.6M3.2 7.4 6 10.2 8.8 7.4" />,
  next: <path d="M4 2 8 6 4 10" strokeWidth="1.6" />,
  previous: <path d="M8 2 4 6 8 10" strokeWidth="1.6" />,
} satisfies Record<string, ReactNode>

export type MarkKind = keyof typeof shapes

export const Mark = ({ kind, className }: { kind: MarkKind; className?: string }) => (
  <svg viewBox="0 0 12 12" className={cx('size-3 flex-none', className)} fill="none" stroke="currentColor" strokeWidth="1.3"
    strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">{shapes[kind]}</svg>
)
