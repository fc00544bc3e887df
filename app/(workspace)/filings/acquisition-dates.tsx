'use client'
import { formatNumber } from '@/lib/shared/format.ts'
import { FieldRow } from '../../ui/field.tsx'
import { DateField } from '../../ui/inputs.tsx'
import type { AcquisitionValues } from './acquisition-values.ts'
import type { Fields as FieldsOf } from './fields.ts'
import { numberTyped } from './form-values.ts'
import { StatedField } from './stated-field.tsx'

type Fields = FieldsOf<AcquisitionValues>
type Props = { values: AcquisitionValues; fields: Fields }

const wholeHint = ({ stage, quantity }: AcquisitionValues): string => {
  const whole = numberTyped(quantity)
  if (stage === 'incorporated') return 'Leave empty when all are delivered.'
  return typeof whole === 'number' ? `Of ${formatNumber(whole)} in all.` : 'Of the quantity in all.'
}

const Decided = ({ bind, optional }: Pick<Fields, 'bind'> & { optional?: boolean }) => (
  <DateField
    {...bind('decidedOn', '/payload/decidedOn')}
    label="Decided on"
    optional={optional}
    hint="The day of the government decision."
  />
)

/** The dates that the stage turns on; those of earlier stages stay. */
export const Dates = ({ values: { stage }, fields: { bind } }: Props) => (
  <FieldRow>
    {stage !== 'planned' && <DateField {...bind('signedOn', '/payload/signedOn')} label="Signed on" hint="The day of the contract." />}
    <Decided bind={bind} optional={stage !== 'planned'} />
  </FieldRow>
)

/** When and how many: the first of them, or all. */
export const Delivered = ({ values, fields: { bind, tick } }: Props) => {
  const isFirst = values.stage === 'first_delivery'
  return (
    <FieldRow>
      <DateField
        {...bind('deliveredOn', '/payload/deliveredOn')}
        label={isFirst ? 'First delivered on' : 'Delivered on'}
        hint={isFirst ? 'The day on which the first arrived.' : 'The day on which the last arrived.'}
      />
      <StatedField
        label="Delivered so far"
        hint={wholeHint(values)}
        pointer="/payload/delivered"
        withheld={values.deliveredWithheld}
        tick={tick('deliveredWithheld')}
        value={bind('delivered', '/payload/delivered')}
        reason={bind('deliveredReason', '/payload/delivered')}
      />
    </FieldRow>
  )
}
