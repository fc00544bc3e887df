import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type KeyValue = { label: ReactNode; value: ReactNode; hide?: boolean; /** Of the value, for what leads to it. */ id?: string }

type Props = { items: readonly KeyValue[]; stacked?: boolean; className?: string }

export const KeyValues = ({ items, stacked, className }: Props) => (
  <dl className={cx('grid text-md', !stacked && 'gap-y-2 sm:grid-cols-[9.5rem_minmax(0,1fr)] sm:gap-x-4', stacked && 'gap-y-2', className)}>
    {items.filter(item => !item.hide).map((item, i) => (
      <div key={i} className={stacked ? undefined : 'sm:contents'}>
        <dt className="text-ink-3">{item.label}</dt>
        <dd id={item.id} className="min-w-0">{item.value}</dd>
      </div>
    ))}
  </dl>
)
