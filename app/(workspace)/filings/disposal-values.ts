import { reasonIn, stated, statedTyped, text, wordTyped, type Payload } from './form-values.ts'

export type DisposalValues = {
  category: string
  type: string
  mode: string
  recipient: string
  decidedOn: string
  completedOn: string
  purpose: string
  reason: string
  quantity: string
  quantityWithheld: boolean
  quantityReason: string
  newProduction: boolean
}

/** What a blank field asks for, in the words of the form and in its order. */
export const DISPOSAL_BLANKS: Record<string, string> = {
  '/reason': 'State the reason, in at least 3 characters.',
  '/payload/category': 'Choose a category.',
  '/payload/type': 'State the type or model.',
  '/payload/quantity': 'State the quantity, 0 for nil, or withhold it with a reason. A blank is not a nil.',
  '/payload/mode': 'Choose how it leaves holdings.',
  '/payload/recipient': 'Choose the country that receives it.',
  '/payload/decidedOn': 'State the date of the decision.',
  '/payload/completedOn': 'State the date of completion.',
  '/payload/purpose': 'State the purpose.',
}

export const hasRecipient = (mode: string): boolean => mode === 'sale' || mode === 'donation'

export const disposalValues = (payload: Record<string, unknown>, reason: string): DisposalValues => ({
  reason,
  category: text(payload.category),
  type: text(payload.type),
  mode: text(payload.mode),
  recipient: text(payload.recipient),
  decidedOn: text(payload.decidedOn),
  completedOn: text(payload.completedOn),
  purpose: text(payload.purpose),
  newProduction: payload.fromHoldings === false,
  quantity: text(payload.quantity),
  quantityWithheld: reasonIn(payload.quantity) !== null,
  quantityReason: reasonIn(payload.quantity) ?? '',
})

/** What would be filed. A recipient stays in the form while the mode has none. */
export const disposalPayload = (values: DisposalValues): Payload =>
  stated({
    category: wordTyped(values.category),
    type: wordTyped(values.type),
    quantity: statedTyped(values.quantity, values.quantityWithheld, values.quantityReason),
    mode: wordTyped(values.mode),
    recipient: hasRecipient(values.mode) ? wordTyped(values.recipient) : undefined,
    decidedOn: wordTyped(values.decidedOn),
    completedOn: wordTyped(values.completedOn),
    fromHoldings: values.newProduction ? false : undefined,
    purpose: wordTyped(values.purpose),
  })

export const disposalFillers = (values: DisposalValues, today: string): Payload =>
  stated({
    mode: 'retirement',
    decidedOn: values.completedOn && values.completedOn < today ? values.completedOn : today,
    ...(hasRecipient(values.mode) ? { recipient: 'EU' } : {}),
  })
