import { formatNumber } from '@/lib/shared/format.ts'
import { inside, numberTyped, reasonIn, stated, statedTyped, text, wordTyped, type Payload } from './form-values.ts'

/** The form as typed: text in every box, so that nothing typed is ever lost to a conversion. */
export type AcquisitionValues = {
  category: string
  type: string
  stage: string
  mode: string
  effect: string
  replaces: string
  purpose: string
  reason: string
  quantity: string
  quantityWithheld: boolean
  quantityReason: string
  delivered: string
  deliveredWithheld: boolean
  deliveredReason: string
  supplier: string
  supplierWithheld: boolean
  supplierReason: string
  amount: string
  currency: string
  valueWithheld: boolean
  valueReason: string
  decidedOn: string
  signedOn: string
  deliveredOn: string
  from: string
  to: string
}

/** What a blank field asks for, in the words of the form and in its order: the register's own are those of the API. */
export const ACQUISITION_BLANKS: Record<string, string> = {
  '/reason': 'State the reason, in at least 3 characters.',
  '/payload/category': 'Choose a category.',
  '/payload/type': 'State the type or model.',
  '/payload/quantity': 'State the quantity, 0 for nil, or withhold it with a reason. A blank is not a nil.',
  '/payload/supplier': 'Choose the country that supplies it, or withhold it with a reason.',
  '/payload/stage': 'Choose the stage.',
  '/payload/mode': 'Choose the mode.',
  '/payload/signedOn': 'From the contract on, state the date of signature.',
  '/payload/deliveredOn': 'State the date of delivery.',
  '/payload/decidedOn': 'State the date of the government decision.',
  '/payload/delivered': 'State how many have been delivered so far, or withhold it with a reason.',
  '/payload/deliveries/from': 'State the first and the last year of delivery.',
  '/payload/deliveries/to': 'State the last year of delivery.',
  '/payload/effect': 'Choose whether it replaces existing equipment or adds to holdings.',
  '/payload/value': 'State the value, or withhold it with a reason. A blank is not a nil.',
  '/payload/replaces': 'State the type that it replaces, or choose that it adds to holdings.',
  '/payload/purpose': 'State the purpose.',
}

export const isDelivery = (stage: string): boolean => stage === 'first_delivery' || stage === 'incorporated'

export const acquisitionValues = (payload: Record<string, unknown>, reason: string): AcquisitionValues => {
  const money = inside(payload.value)
  const years = inside(payload.deliveries)
  return {
    reason,
    category: text(payload.category),
    type: text(payload.type),
    stage: text(payload.stage),
    mode: text(payload.mode),
    effect: text(payload.effect),
    replaces: text(payload.replaces),
    purpose: text(payload.purpose),
    quantity: text(payload.quantity),
    quantityWithheld: reasonIn(payload.quantity) !== null,
    quantityReason: reasonIn(payload.quantity) ?? '',
    delivered: text(payload.delivered),
    deliveredWithheld: reasonIn(payload.delivered) !== null,
    deliveredReason: reasonIn(payload.delivered) ?? '',
    supplier: text(payload.supplier),
    supplierWithheld: reasonIn(payload.supplier) !== null,
    supplierReason: reasonIn(payload.supplier) ?? '',
    amount: typeof money.amount === 'number' ? formatNumber(money.amount) : text(money.amount),
    currency: text(money.currency) || 'EUR',
    valueWithheld: reasonIn(payload.value) !== null,
    valueReason: reasonIn(payload.value) ?? '',
    decidedOn: text(payload.decidedOn),
    signedOn: text(payload.signedOn),
    deliveredOn: text(payload.deliveredOn),
    from: text(years.from),
    to: text(years.to),
  }
}

const valueOf = ({ amount, currency, valueWithheld, valueReason }: AcquisitionValues) => {
  if (valueWithheld) return { withheld: valueReason.trim() }
  const number = numberTyped(amount)
  return number === undefined ? undefined : { amount: number, currency: currency.trim().toUpperCase() }
}

const yearsOf = ({ from, to }: AcquisitionValues) => {
  const years = stated({ from: numberTyped(from), to: numberTyped(to) })
  return Object.keys(years).length > 0 ? years : undefined
}

/** What would be filed: dates and numbers that do not belong to the stage are kept in the form and left out here. */
export const acquisitionPayload = (values: AcquisitionValues, previous: unknown): Payload => {
  const delivery = isDelivery(values.stage)
  return stated({
    stage: wordTyped(values.stage),
    category: wordTyped(values.category),
    type: wordTyped(values.type),
    quantity: statedTyped(values.quantity, values.quantityWithheld, values.quantityReason),
    delivered: delivery ? statedTyped(values.delivered, values.deliveredWithheld, values.deliveredReason) : undefined,
    supplier: values.supplierWithheld ? { withheld: values.supplierReason.trim() } : wordTyped(values.supplier),
    mode: wordTyped(values.mode),
    decidedOn: wordTyped(values.decidedOn),
    signedOn: values.stage === 'planned' ? undefined : wordTyped(values.signedOn),
    deliveredOn: delivery ? wordTyped(values.deliveredOn) : undefined,
    deliveries: yearsOf(values),
    value: valueOf(values),
    effect: wordTyped(values.effect),
    replaces: values.effect === 'adds' ? undefined : wordTyped(values.replaces),
    purpose: wordTyped(values.purpose),
    previous: typeof previous === 'string' ? previous : undefined,
  })
}

/** In place of what no threshold looks at, so that the preview begins before the last field is filled. */
export const acquisitionFillers = (values: AcquisitionValues, today: string): Payload => {
  const year = Number(today.slice(0, 4))
  return stated({
    supplier: { withheld: 'not stated yet' },
    mode: 'purchase',
    value: { withheld: 'not stated yet' },
    purpose: 'not stated yet',
    effect: 'adds',
    ...(values.effect === 'replaces' ? { replaces: 'not stated yet' } : {}),
    ...(values.stage === 'planned' ? { decidedOn: today } : { signedOn: today }),
    ...(values.stage === 'contracted' ? { deliveries: { from: year, to: year } } : {}),
  })
}
