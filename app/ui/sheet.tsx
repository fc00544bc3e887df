import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

type Props = { title?: ReactNode; children: ReactNode; className?: string }

export const Sheet = ({ title, children, className }: Props) => {
  const id = useId()
  const Tag = title ? 'section' : 'div'
  return (
    <Tag aria-labelledby={title ? id : undefined}
      className={cx('sheet rounded-lg border border-rule bg-sheet px-4.5 py-4.5 sm:px-6 sm:py-5.5', className)}>
      {title && <h2 id={id}>{title}</h2>}
      {children}
    </Tag>
  )
}
