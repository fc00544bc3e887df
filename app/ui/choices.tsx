import type { ComponentProps, ReactNode } from 'react'
import { FieldError, FieldHint, fieldId, Optional, wire, type FieldText } from './field.tsx'
import { cx } from './cx.ts'

type FieldsetProps = Omit<FieldText, 'label'> & { id: string; legend: ReactNode; children: ReactNode; className?: string }

export const Fieldset = ({ id, legend, hint, error, optional, children, className }: FieldsetProps) => {
  const { 'aria-describedby': describedBy } = wire(id, { hint, error })
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={describedBy} className={cx('mb-5.5 min-w-0', className)}>
      <legend className="mb-1 text-md font-book">{legend}{optional && <Optional />}</legend>
      <div className="grid gap-1.5">
        <FieldHint id={id}>{hint}</FieldHint>
        <FieldError id={id}>{error}</FieldError>
        <div>{children}</div>
      </div>
    </fieldset>
  )
}

type ChoiceProps = ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }

const Choice = ({ label, hint, id, ...rest }: ChoiceProps) => (
  <div className="mb-0.5">
    <label htmlFor={id} className="flex min-h-9 items-start gap-2.5 py-1.5">
      <input id={id} className="check" aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      <span>{label}</span>
    </label>
    {hint && <p id={`${id}-hint`} className="field-hint -mt-1.5 mb-1.5 pl-7.5">{hint}</p>}
  </div>
)

type RadioProps = Omit<ComponentProps<'input'>, 'name' | 'type' | 'value' | 'defaultValue'> & Omit<FieldText, 'label'> & {
  name: string; legend: ReactNode; defaultValue?: string; inline?: boolean
  options: readonly { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }[]
}

// The group carries the field's id, so a link of the error summary leads to its question, not to one of its answers.
export const RadioGroup = (
  { name, id = fieldId(name), legend, hint, error, optional, options, defaultValue, inline, ...rest }: RadioProps,
) => (
  <Fieldset {...{ id, legend, hint, error, optional }}>
    <div className={inline ? 'flex flex-wrap gap-x-6' : undefined}>
      {options.map(o => (
        <Choice key={o.value} type="radio" name={name} id={`${id}-${o.value}`} value={o.value} label={o.label} hint={o.hint}
          defaultChecked={defaultValue === undefined ? undefined : defaultValue === o.value} {...rest}
          disabled={o.disabled ?? rest.disabled} />
      ))}
    </div>
  </Fieldset>
)

type CheckboxProps = Omit<ChoiceProps, 'type' | 'name'> & { name: string; error?: string }

export const Checkbox = ({ name, id = fieldId(name), error, ...rest }: CheckboxProps) => (
  <div>
    <FieldError id={id}>{error}</FieldError>
    <Choice type="checkbox" name={name} id={id} aria-invalid={error ? true : undefined} {...rest} />
  </div>
)
