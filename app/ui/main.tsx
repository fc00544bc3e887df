import type { ReactNode } from 'react'
import { cx } from './cx.ts'

// tabIndex lets the skip link move focus here, not only the view.
export const Main = ({ children, className }: { children: ReactNode; className?: string }) => (
  <main id="main" tabIndex={-1} className={cx('mx-auto w-full max-w-page flex-1 px-4 pt-6 pb-16 sm:px-6 sm:pt-9 sm:pb-18', className)}>
    {children}
  </main>
)
