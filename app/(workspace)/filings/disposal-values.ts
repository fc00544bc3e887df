import { reasonIn, stated, statedTyped, text, wordTyped, type Payload } from './form-values.ts'

export type DisposalValues = {
  category: string; type: string; mode: string; recipient: string; decidedOn: string; completedOn: string; purpose: string; reason: string
  quantity: string; quantityWithheld: boolean; quantityReason: string; newProduction: boolean
}

export const hasRecipient = (mode: string): boolean => mode === 'sale' || mode === 'donation'

export const disposalValues = (payload: Record<string, unknown>, reason: string): DisposalValues => ({
  reason, category: text(payload.category), type: text(payload.type), mode: text(payload.mode), recipient: text(payload.recipient),
  decidedOn: text(payload.decidedOn), completedOn: text(payload.completedOn), purpose: text(payload.purpose), newProduction: payload.fromHoldings === false,
  quantity: text(payload.quantity), quantityWithheld: reasonIn(payload.quantity) !== null, quantityReason: reasonIn(payload.quantity) ?? '',
})

/** What would be filed. A recipient stays in the form while the mode has none. */
export const disposalPayload = (values: DisposalValues): Payload => stated({
  category: wordTyped(values.category), type: wordTyped(values.type),
  quantity: statedTyped(values.quantity, values.quantityWithheld, values.quantityReason),
  mode: wordTyped(values.mode), recipient: hasRecipient(values.mode) ? wordTyped(values.recipient) : undefined,
  decidedOn: wordTyped(values.decidedOn), completedOn: wordTyped(values.completedOn),
  fromHoldings: values.newProduction ? false : undefined, purpose: wordTyped(values.purpose),
})

export const disposalFillers = (values: DisposalValues, today: string): Payload => stated({
  mode: 'retirement', decidedOn: values.completedOn && values.completedOn < today ? values.completedOn : today,
  ...(hasRecipient(values.mode) ? { recipient: 'EU' } : {}),
})
