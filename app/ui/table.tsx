import type { ComponentProps, ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { TextLink } from './text-link.tsx'
import { cx } from './cx.ts'

export type SortLink = { href: string; dir?: 'asc' | 'desc' }

type TableProps = {
  caption: ReactNode
  showCaption?: boolean
  folds?: boolean | 'early'
  scroll?: boolean
  children: ReactNode
  className?: string
}

// Roles are spelt out because a folding table changes `display`, which would take its meaning away (see table.css).
export const Table = ({ caption, showCaption, folds, scroll, children, className }: TableProps) => {
  const table = (
    <table role="table" className={cx(folds && 'folds', className)}>
      <caption className={showCaption ? undefined : 'sr-only'}>{caption}</caption>
      {children}
    </table>
  )
  return scroll
    ? <div role="region" aria-label={typeof caption === 'string' ? caption : 'Table'} tabIndex={0} className="table-scroll">{table}</div>
    : <div className={cx('table-frame', folds === 'early' && 'early')}>{table}</div>
}

export const Thead = (props: ComponentProps<'thead'>) => <thead role="rowgroup" {...props} />
export const Tbody = (props: ComponentProps<'tbody'>) => <tbody role="rowgroup" {...props} />
export const Tfoot = (props: ComponentProps<'tfoot'>) => <tfoot role="rowgroup" {...props} />
export const Tr = (props: ComponentProps<'tr'>) => <tr role="row" {...props} />

type CellShape = { numeric?: boolean; fold?: boolean; nowrap?: boolean }

const cell = ({ numeric, fold, nowrap }: CellShape, className?: string) =>
  cx(numeric && 'n', fold && 'fold', nowrap && 'nowrap', className) || undefined
const arrow = ({ dir }: SortLink) => dir === 'asc' ? 'up' : dir === 'desc' ? 'down' : 'sortable'
const ariaSort = { asc: 'ascending', desc: 'descending' } as const

type ThProps = ComponentProps<'th'> & CellShape & { sort?: SortLink }

export const Th = ({ numeric, fold, nowrap, sort, className, children, ...rest }: ThProps) => (
  <th scope="col" role="columnheader" aria-sort={sort?.dir && ariaSort[sort.dir]}
    className={cell({ numeric, fold, nowrap }, className)} {...rest}>
    {sort ? <TextLink href={sort.href} className="sort">{children}<Mark kind={arrow(sort)} className="size-2.5" /></TextLink> : children}
  </th>
)

export const RowTh = ({ numeric, fold, nowrap, className, ...rest }: ComponentProps<'th'> & CellShape) =>
  <th scope="row" role="rowheader" className={cell({ numeric, fold, nowrap }, className)} {...rest} />

type TdProps = ComponentProps<'td'> & CellShape & { foldLabel?: ReactNode }

// `foldLabel` names the value when it is folded away from its column's heading: "Quantity 12".
export const Td = ({ numeric, fold, nowrap, foldLabel, className, children, ...rest }: TdProps) => (
  <td role="cell" className={cell({ numeric, fold, nowrap }, className)} {...rest}>
    {fold && foldLabel && <span className="fold-label" aria-hidden="true">{foldLabel}</span>}{children}
  </td>
)

export const Sub = ({ children }: { children: ReactNode }) => <span className="sub">{children}</span>
