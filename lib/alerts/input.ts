import { z } from 'zod'
import { DELIVERY_STATES } from './rules.ts'

const blank = (value: unknown) => (value === '' ? undefined : value)

export const AcknowledgeAlert = z.strictObject({ id: z.uuid('This is not the id of an alert.') })
export const AlertFilter = z.strictObject({
  acknowledged: z.preprocess(blank, z.enum(['true', 'false'], 'State true or false.').optional()),
  /** `all` adds what history brought, beyond the inbox. */
  since: z.preprocess(blank, z.enum(['inbox', 'all'], 'State inbox or all.').default('inbox')),
  cursor: z.preprocess(blank, z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'This is not a cursor that the register gave.').optional()),
  limit: z.preprocess(blank, z.coerce.number('State a number.').int().min(1, 'At least 1.').max(200, 'At most 200.').default(50)),
})
export const DeliveryFilter = z.strictObject({
  state: z.preprocess(blank, z.enum(DELIVERY_STATES, `State one of ${DELIVERY_STATES.join(', ')}.`).optional()),
  limit: z.preprocess(blank, z.coerce.number('State a number.').int().min(1, 'At least 1.').max(200, 'At most 200.').default(100)),
  page: z.preprocess(blank, z.coerce.number('State a number.').int().min(1, 'At least 1.').max(10_000, 'At most 10,000.').default(1)),
})
