'use client'
import type { ComponentProps, ReactNode } from 'react'
import { Field, fieldId } from '../../ui/field.tsx'
import { Input } from '../../ui/inputs.tsx'

type Bound = { id: string; name: string; defaultValue: string; error?: string | undefined }
type Props = {
  label: string
  hint: ReactNode
  pointer: string
  withheld: boolean
  value: Bound
  reason: Bound
  tick: ComponentProps<'input'>
  /** The control where it is not a number: a list of countries, an amount with its currency. */
  children?: (control: Omit<Bound, 'error'> & { 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

const reasonHint = 'Say why it is withheld. Withheld is not nil: no threshold counts it as zero.'

// A value or, in its place, the reason for withholding it. What stood there before comes back when the tick is taken away.
export const StatedField = ({ label, hint, pointer, withheld, value, reason, tick, children }: Props) => {
  const { error, ...bound } = withheld ? reason : value
  return (
    <Field
      id={fieldId(pointer)}
      label={withheld ? `${label}: reason for withholding` : label}
      hint={withheld ? reasonHint : hint}
      error={error}>
      {(wiring) => (
        <>
          {!withheld && children ? (
            children({ ...bound, ...wiring })
          ) : (
            <Input
              key={bound.name}
              {...bound}
              autoComplete="off"
              {...(withheld ? { maxLength: 300 } : { className: 'is-number', inputMode: 'decimal' })}
              {...wiring}
            />
          )}
          <label className="mt-1 flex min-h-9 w-fit items-center gap-2.5 text-sm text-ink-2">
            <input type="checkbox" className="check" {...tick} />
            <span>
              Withhold with a reason<span className="sr-only">: {label.toLowerCase()}</span>
            </span>
          </label>
        </>
      )}
    </Field>
  )
}
