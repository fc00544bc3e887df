'use client'
import type { Action } from '@/lib/filings/rules.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { formatMoney, formatNumber } from '@/lib/shared/format.ts'
import { RadioGroup } from '../../ui/choices.tsx'
import { FieldRow } from '../../ui/field.tsx'
import { ComboField, DateField, Input, Select, SelectField, TextareaField, TextField } from '../../ui/inputs.tsx'
import type { AcquisitionLists } from './acquisition-form.tsx'
import { isDelivery, type AcquisitionValues } from './acquisition-values.ts'
import { CategoryAndType, type OwnEntry } from './category-and-type.tsx'
import { numberTyped } from './form-values.ts'
import { StatedField } from './stated-field.tsx'
import type { useFields } from './use-fields.ts'

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'RSD', 'BAM', 'ALL', 'MKD', 'TRY', 'CNY', 'RUB']
const MOST_PURPOSE = 2000

type Fields = ReturnType<typeof useFields<AcquisitionValues>>
type Props = {
  participant: ParticipantCode; action: Action; values: AcquisitionValues; lists: AcquisitionLists; fields: Fields
  onOwn: (entries: readonly OwnEntry[]) => void
}

const moneyHint = ({ amount, currency }: AcquisitionValues): string => {
  const number = numberTyped(amount)
  return typeof number === 'number' && number >= 1e6 && /^[A-Za-z]{3}$/.test(currency.trim())
    ? `That is ${formatMoney(number, currency.trim().toUpperCase())}. Participants read it, the public does not.`
    : 'In full units, or as 2.7 bn. Participants read it, the public does not.'
}

const Dates = ({ values, fields: { bind } }: Pick<Props, 'values' | 'fields'>) => {
  const { stage } = values
  if (stage === 'planned') return <FieldRow><DateField {...bind('decidedOn', '/payload/decidedOn')} label="Decided on" hint="The day of the government decision." /></FieldRow>
  return (
    <FieldRow columns={isDelivery(stage) ? 3 : 2}>
      <DateField {...bind('signedOn', '/payload/signedOn')} label="Signed on" hint={isDelivery(stage) ? undefined : 'The day of the contract.'} />
      {isDelivery(stage) && <DateField {...bind('deliveredOn', '/payload/deliveredOn')} label={stage === 'first_delivery' ? 'First delivered on' : 'Delivered on'} optional={stage !== 'first_delivery'} />}
      <DateField {...bind('decidedOn', '/payload/decidedOn')} label="Decided on" optional hint={isDelivery(stage) ? undefined : 'The day of the government decision.'} />
    </FieldRow>
  )
}

const Value = ({ values, fields: { bind, tick } }: Pick<Props, 'values' | 'fields'>) => (
  <FieldRow>
    <StatedField label="Value" hint={moneyHint(values)} pointer="/payload/value" withheld={values.valueWithheld} value={bind('amount', '/payload/value')}
      reason={bind('valueReason', '/payload/value')} tick={tick('valueWithheld')}>
      {(control) => (
        <span className="grid grid-cols-[minmax(0,1fr)_6rem] gap-2.5">
          <Input {...control} autoComplete="off" inputMode="decimal" className="is-number" />
          <Select {...bind('currency', '/payload/value/currency')} aria-label="Currency">
            {[...new Set([...CURRENCIES, values.currency])].map((code) => <option key={code}>{code}</option>)}
          </Select>
        </span>
      )}
    </StatedField>
  </FieldRow>
)

const Effect = ({ values, lists, fields: { bind, errorAt } }: Pick<Props, 'values' | 'lists' | 'fields'>) => {
  const { error: _error, defaultValue, id, ...bound } = bind('effect', '/payload/effect')
  return <>
    <RadioGroup {...bound} id={id} legend="Effect on holdings" inline options={lists.effects} defaultValue={defaultValue}
      error={errorAt('/payload/effect', 'effect')} />
    {values.effect === 'replaces' && (
      <FieldRow><TextField {...bind('replaces', '/payload/replaces')} label="Replaces" hint="The type that leaves service for it." maxLength={80} spellCheck={false} /></FieldRow>
    )}
  </>
}

export const AcquisitionFields = ({ participant, action, values, lists, fields, onOwn }: Props) => {
  const { bind, tick } = fields
  const stated = { stage: bind('stage', '/payload/stage'), mode: bind('mode', '/payload/mode') }
  return <>
    <CategoryAndType participant={participant} category={values.category} type={values.type} fixedCategory={action === 'stage'} onOwn={onOwn}
      boundCategory={bind('category', '/payload/category')} boundType={bind('type', '/payload/type')} />
    <FieldRow>
      <StatedField label="Quantity" hint="A whole number, or withheld with a reason." pointer="/payload/quantity" withheld={values.quantityWithheld}
        value={bind('quantity', '/payload/quantity')} reason={bind('quantityReason', '/payload/quantity')} tick={tick('quantityWithheld')} />
      <StatedField label="Supplier" hint={values.mode === 'national_production' ? 'National production: your own participant.' : 'Country that exports it, or national production.'}
        pointer="/payload/supplier" withheld={values.supplierWithheld} value={bind('supplier', '/payload/supplier')}
        reason={bind('supplierReason', '/payload/supplier')} tick={tick('supplierWithheld')}>
        {(control) => (
          <Select {...control}>
            <option value="">Choose a country</option>
            {lists.countries.map(({ code, name }) => <option key={code} value={code}>{name} ({code})</option>)}
          </Select>
        )}
      </StatedField>
    </FieldRow>
    <FieldRow>
      <SelectField {...stated.stage} label="Stage" placeholder="Choose a stage" options={lists.stages} />
      <SelectField {...stated.mode} label="Mode" placeholder="Choose a mode" options={lists.modes} />
    </FieldRow>
    {values.stage !== '' && <Dates values={values} fields={fields} />}
    {isDelivery(values.stage) && (
      <FieldRow>
        <StatedField label="Delivered so far" pointer="/payload/delivered" withheld={values.deliveredWithheld} tick={tick('deliveredWithheld')}
          hint={values.stage === 'incorporated' ? 'Leave empty when all are delivered.' : `Of ${formatNumber(Number(numberTyped(values.quantity)) || 0)} stated.`}
          value={bind('delivered', '/payload/delivered')} reason={bind('deliveredReason', '/payload/delivered')} />
      </FieldRow>
    )}
    <FieldRow>
      <TextField {...bind('from', '/payload/deliveries/from')} label="Deliveries from" hint="First year of delivery." inputMode="numeric" maxLength={4} optional={values.stage !== 'contracted'} />
      <TextField {...bind('to', '/payload/deliveries/to')} label="to" hint="Last year of delivery." inputMode="numeric" maxLength={4} optional={values.stage !== 'contracted'} />
    </FieldRow>
    <Value values={values} fields={fields} />
    <Effect values={values} lists={lists} fields={fields} />
    <TextareaField {...bind('purpose', '/payload/purpose')} label="Purpose" rows={3} maxLength={MOST_PURPOSE}
      hint={`Participants read this. Say why the acquisition is defensive, and what it replaces. ${formatNumber(MOST_PURPOSE - values.purpose.length)} characters left.`} />
  </>
}
