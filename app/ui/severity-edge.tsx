import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type SeverityTone = 'info' | 'notice' | 'warning' | 'critical'

const tones: Record<SeverityTone, { edge: string; word: string }> = {
  info: { edge: 'border-edge', word: 'text-ink-3' },
  notice: { edge: 'border-accent', word: 'text-accent' },
  warning: { edge: 'border-warn', word: 'text-warn' },
  critical: { edge: 'border-crit', word: 'text-crit' },
}

// The word of a severity where it stands by itself, as for a second reason in the same message.
export const SeverityWord = ({ tone, children }: { tone: SeverityTone; children: ReactNode }) =>
  <p className={cx('text-2xs font-semibold tracking-[.02em]', tones[tone].word)}>{children}</p>

type Props = {
  tone: SeverityTone
  word: ReactNode
  id?: ReactNode
  title: ReactNode
  children?: ReactNode
  why?: ReactNode
  actions?: ReactNode
  meta?: ReactNode
  heading?: 'h2' | 'h3' | 'h4'
  className?: string
}

export const SeverityEdge = ({ tone, word, id, title, children, why, actions, meta, heading: Heading = 'h3', className }: Props) => (
  <article className={cx('mb-6.5 border-l-3 py-0.5 pl-4.5', tones[tone].edge, className)}>
    <SeverityWord tone={tone}>{word}{id && <> · {id}</>}</SeverityWord>
    <Heading className="mt-0.5 mb-1 text-lg leading-[1.35]">{title}</Heading>
    {children && <div className="max-w-[62ch] text-ink-2">{children}</div>}
    {why && <div className="mt-2 max-w-[62ch] text-sm text-ink-3">{why}</div>}
    {(actions || meta) && (
      <div className="mt-2.5 flex flex-wrap items-center gap-2.5 text-sm text-ink-3">{actions}{meta && <span>{meta}</span>}</div>
    )}
  </article>
)
