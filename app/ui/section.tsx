import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

type Props = { title: ReactNode; hint?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string }

export const Section = ({ title, hint, actions, children, className }: Props) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cx('mb-10 last:mb-0', className)}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={id} className="mb-0">{title}</h2>
        {actions && <div className="flex flex-wrap gap-x-4 text-sm">{actions}</div>}
        {hint && <p className="w-full text-sm text-ink-3">{hint}</p>}
      </div>
      {children}
    </section>
  )
}
