import type { ReactNode } from 'react'
import { Main } from './main.tsx'

type Props = { title: ReactNode; children: ReactNode; actions?: ReactNode; reference?: ReactNode }

// What went wrong, what to do, and the reference to quote. For where header and main are there already.
export const Message = ({ title, children, actions, reference }: Props) => <>
  <h1 className="mt-4 mb-3 sm:mt-10">{title}</h1>
  <div className="max-w-text text-ink-2">{children}</div>
  {actions && <div className="mt-6 flex flex-wrap items-center gap-2.5">{actions}</div>}
  {reference && <p className="mt-8 text-sm text-ink-3">Reference to quote: <code>{reference}</code></p>}
</>

// The same as a page of its own.
export const MessagePage = (props: Props) => <Main><Message {...props} /></Main>
