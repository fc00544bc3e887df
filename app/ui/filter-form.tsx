import type { ReactNode } from 'react'
import { Button, ButtonLink } from './button.tsx'

type Props = {
  action: string
  label: string
  children: ReactNode
  submit?: string
  reset?: string
  more?: ReactNode
  keep?: Record<string, string | undefined>
}

// `more` holds the fields that few need. A plain GET form: the address is the filter, so it works without script and can be sent to a colleague.
export const FilterForm = ({ action, label, children, submit = 'Apply', reset, more, keep = {} }: Props) => (
  <form method="get" action={action} role="search" aria-label={label} className="filters mb-5">
    {Object.entries(keep).map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
    {children}
    <div className="flex min-h-10 items-center gap-4">
      <Button type="submit" className="min-h-10">{submit}</Button>
      {reset && <ButtonLink href={reset} tone="plain">Clear</ButtonLink>}
    </div>
    {more && <div className="col-span-full -mt-1">{more}</div>}
  </form>
)
