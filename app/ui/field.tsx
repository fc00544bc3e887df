import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { cx } from './cx.ts'

// `payload.deliveries.from` of a form and `/payload/deliveries/from` of a refusal are one field, hence one id.
export const fieldId = (nameOrPointer: string) => nameOrPointer.replace(/^\//, '').replace(/[^\w-]+/g, '-')

export type FieldText = { label: ReactNode; hint?: ReactNode; error?: string; optional?: boolean }
export type Wiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

export const wire = (id: string, { hint, error }: Pick<FieldText, 'hint' | 'error'>): Wiring => ({
  id,
  'aria-describedby': cx(hint ? `${id}-hint` : '', error && `${id}-error`) || undefined,
  'aria-invalid': error ? true : undefined,
})

export const FieldHint = ({ id, children }: { id: string; children?: ReactNode }) =>
  children ? <p id={`${id}-hint`} className="field-hint">{children}</p> : null

export const FieldError = ({ id, children }: { id: string; children?: ReactNode }) => children
  ? <p id={`${id}-error`} className="field-error"><Mark kind="discrepancy" className="translate-y-px" /><span>{children}</span></p>
  : null

export const Optional = () => <span className="font-normal text-ink-3"> · optional</span>

type Props = FieldText & { id: string; className?: string; children: ReactNode | ((wiring: Wiring) => ReactNode) }

export const Field = ({ id, label, hint, error, optional, className, children }: Props) => (
  <div className={cx('field', className)}>
    <label htmlFor={id} className="field-label">{label}{optional && <Optional />}</label>
    <FieldHint id={id}>{hint}</FieldHint>
    <FieldError id={id}>{error}</FieldError>
    <div className="field-control">{typeof children === 'function' ? children(wire(id, { hint, error })) : children}</div>
  </div>
)

const columnsOf = { 2: '', 3: 'of-3', 4: 'of-4' }

export const FieldRow = ({ columns = 2, children }: { columns?: 2 | 3 | 4; children: ReactNode }) =>
  <div className={cx('field-row', columnsOf[columns])}>{children}</div>
