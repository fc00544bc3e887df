import type { ComponentProps, ReactNode } from 'react'
import { Field, fieldId, type FieldText } from './field.tsx'
import { cx } from './cx.ts'

type Named = { name: string; id?: string; className?: string }
type Native<T extends 'input' | 'select' | 'textarea'> = Omit<ComponentProps<T>, 'name' | 'id' | 'className'>
export type Option = { value: string; label: string; disabled?: boolean }
export type OptionGroup = { label: string; options: readonly Option[] }

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => <input className={cx('control', className)} {...rest} />
export const Select = ({ className, ...rest }: ComponentProps<'select'>) => <select className={cx('control', className)} {...rest} />
export const Textarea = ({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) =>
  <textarea className={cx('control', className)} rows={rows} {...rest} />

type TextProps = FieldText & Named & Native<'input'> & { suffix?: string; numeric?: boolean }

export const TextField = ({ name, id = fieldId(name), className, label, hint, error, optional, suffix, numeric, ...rest }: TextProps) => (
  <Field {...{ id, className, label, hint, error, optional }}>
    {wiring => {
      const input = <Input name={name} className={numeric ? 'is-number' : undefined} inputMode={numeric ? 'numeric' : undefined}
        autoComplete="off" {...rest} {...wiring} />
      return suffix ? <span className="with-suffix">{input}<span>{suffix}</span></span> : input
    }}
  </Field>
)

// Text, not type="date": browsers show that one in the system's format, and dates here are ISO everywhere.
export const DateField = (props: TextProps) =>
  <TextField inputMode="numeric" maxLength={10} pattern="\d{4}-\d{2}-\d{2}" title="A date as year-month-day, for example 2026-11-17"
    placeholder="yyyy-mm-dd" spellCheck={false} {...props} />

type SelectProps = FieldText & Named & Native<'select'> & {
  options?: readonly (Option | OptionGroup)[]; placeholder?: string; children?: ReactNode
}

const option = (o: Option) => <option key={o.value} value={o.value} disabled={o.disabled}>{o.label}</option>

export const SelectField = (
  { name, id = fieldId(name), className, label, hint, error, optional, options = [], placeholder, children, ...rest }: SelectProps,
) => (
  <Field {...{ id, className, label, hint, error, optional }}>
    {wiring => (
      <Select name={name} {...rest} {...wiring}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(o => 'options' in o ? <optgroup key={o.label} label={o.label}>{o.options.map(option)}</optgroup> : option(o))}
        {children}
      </Select>
    )}
  </Field>
)

type TextareaProps = FieldText & Named & Native<'textarea'>

export const TextareaField = ({ name, id = fieldId(name), className, label, hint, error, optional, ...rest }: TextareaProps) => (
  <Field {...{ id, className, label, hint, error, optional }}>{wiring => <Textarea name={name} {...rest} {...wiring} />}</Field>
)

type ComboProps = TextProps & { options: readonly { value: string; label?: string }[] }

// Suggests while typing and takes any text; what is allowed is the schema's to say.
export const ComboField = ({ options, name, id = fieldId(name), ...rest }: ComboProps) => <>
  <TextField name={name} id={id} list={`${id}-list`} {...rest} />
  <datalist id={`${id}-list`}>{options.map(o => <option key={o.value} value={o.value}>{o.label}</option>)}</datalist>
</>
