import type { ReactNode } from 'react'

const DATE = /(\d{4}-\d\d-\d\d)/

// Running text whose dates do not break at the end of a line.
export const PlainText = ({ children }: { children: string }): ReactNode =>
  children.split(DATE).map((part, i) => (i % 2 === 1 ? <span key={i} className="whitespace-nowrap">{part}</span> : part))
