'use client'
import type { ReactNode } from 'react'
import type { Action } from '@/lib/filings/rules.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { formatMoney, formatNumber } from '@/lib/shared/format.ts'
import { RadioGroup } from '../../ui/choices.tsx'
import { FieldRow } from '../../ui/field.tsx'
import { Input, Select, SelectField, TextareaField, TextField } from '../../ui/inputs.tsx'
import type { AcquisitionLists } from './acquisition-form.tsx'
import { isDelivery, type AcquisitionValues } from './acquisition-values.ts'
import { Dates, Delivered } from './acquisition-dates.tsx'
import { CategoryAndType, type OwnEntry } from './category-and-type.tsx'
import { numberTyped } from './form-values.ts'
import { StatedField } from './stated-field.tsx'
import type { Fields as FieldsOf } from './fields.ts'

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'RSD', 'BAM', 'ALL', 'MKD', 'TRY', 'CNY', 'RUB']
const MOST_PURPOSE = 2000

type Fields = FieldsOf<AcquisitionValues>
type Props = {
  participant: ParticipantCode
  action: Action
  values: AcquisitionValues
  lists: AcquisitionLists
  fields: Fields
  onOwn: (entries: readonly OwnEntry[]) => void
  hint: ReactNode
}

const moneyHint = ({ amount, currency }: AcquisitionValues): string => {
  const number = numberTyped(amount)
  return typeof number === 'number' && number >= 1e6 && /^[A-Za-z]{3}$/.test(currency.trim())
    ? `That is ${formatMoney(number, currency.trim().toUpperCase())}. Participants read it, the public does not.`
    : 'In full units, or as 2.7 bn. Participants read it, the public does not.'
}

const ValueAndReplaced = ({ values, fields: { bind, tick } }: Pick<Props, 'values' | 'fields'>) => (
  <FieldRow>
    <StatedField
      label="Value"
      hint={moneyHint(values)}
      pointer="/payload/value"
      withheld={values.valueWithheld}
      value={bind('amount', '/payload/value')}
      reason={bind('valueReason', '/payload/value')}
      tick={tick('valueWithheld')}>
      {(control) => (
        <span className="grid grid-cols-[minmax(0,1fr)_6rem] gap-2.5">
          <Input {...control} autoComplete="off" inputMode="decimal" className="is-number" />
          <Select {...bind('currency', '/payload/value/currency')} aria-label="Currency">
            {[...new Set([...CURRENCIES, values.currency])].map((code) => (
              <option key={code}>{code}</option>
            ))}
          </Select>
        </span>
      )}
    </StatedField>
    {values.effect === 'replaces' && (
      <TextField
        {...bind('replaces', '/payload/replaces')}
        label="Replaces"
        hint="The type that leaves service for it."
        maxLength={80}
        spellCheck={false}
      />
    )}
  </FieldRow>
)

const Effect = ({ lists, fields: { bind } }: Pick<Props, 'lists' | 'fields'>) => (
  <RadioGroup {...bind('effect', '/payload/effect')} legend="Effect on holdings" inline options={lists.effects} />
)

const purposeHint = ({ purpose }: AcquisitionValues): string => {
  const left = formatNumber(MOST_PURPOSE - purpose.length)
  return `Participants read this. Say why the acquisition is defensive, and what it replaces. ${left} characters left.`
}

export const AcquisitionFields = ({ participant, action, values, lists, fields, onOwn, hint }: Props) => {
  const { bind, tick } = fields
  return (
    <>
      <CategoryAndType
        participant={participant}
        category={values.category}
        type={values.type}
        fixedCategory={action === 'stage'}
        onOwn={onOwn}
        boundCategory={bind('category', '/payload/category')}
        boundType={bind('type', '/payload/type')}
      />
      {hint}
      <FieldRow>
        <StatedField
          label="Quantity"
          hint="A whole number, or withheld with a reason."
          pointer="/payload/quantity"
          withheld={values.quantityWithheld}
          value={bind('quantity', '/payload/quantity')}
          reason={bind('quantityReason', '/payload/quantity')}
          tick={tick('quantityWithheld')}
        />
        <StatedField
          label="Supplier"
          hint={
            values.mode === 'national_production'
              ? 'National production: your own participant.'
              : 'Country that exports it, or national production.'
          }
          pointer="/payload/supplier"
          withheld={values.supplierWithheld}
          value={bind('supplier', '/payload/supplier')}
          reason={bind('supplierReason', '/payload/supplier')}
          tick={tick('supplierWithheld')}>
          {(control) => (
            <Select {...control}>
              <option value="">Choose a country</option>
              {lists.countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name} ({code})
                </option>
              ))}
            </Select>
          )}
        </StatedField>
      </FieldRow>
      <FieldRow>
        <SelectField {...bind('stage', '/payload/stage')} label="Stage" placeholder="Choose a stage" options={lists.stages} />
        <SelectField {...bind('mode', '/payload/mode')} label="Mode" placeholder="Choose a mode" options={lists.modes} />
      </FieldRow>
      {values.stage !== '' && <Dates values={values} fields={fields} />}
      {isDelivery(values.stage) && <Delivered values={values} fields={fields} />}
      <FieldRow>
        <TextField
          {...bind('from', '/payload/deliveries/from')}
          label="Deliveries from"
          hint="First year of delivery."
          inputMode="numeric"
          maxLength={4}
          optional={values.stage !== 'contracted'}
        />
        <TextField
          {...bind('to', '/payload/deliveries/to')}
          label="to"
          hint="Last year of delivery."
          inputMode="numeric"
          maxLength={4}
          optional={values.stage !== 'contracted'}
        />
      </FieldRow>
      <Effect lists={lists} fields={fields} />
      <ValueAndReplaced values={values} fields={fields} />
      <TextareaField
        {...bind('purpose', '/payload/purpose')}
        label="Purpose"
        rows={3}
        maxLength={MOST_PURPOSE}
        hint={purposeHint(values)}
      />
    </>
  )
}
