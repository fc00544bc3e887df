import { z } from 'zod'

export const Credentials = z.strictObject({
  email: z.string('State your e-mail address.').trim().toLowerCase().min(1, 'State your e-mail address.').max(254, 'At most 254 characters.'),
  password: z.string('State your password.').min(1, 'State your password.').max(256, 'At most 256 characters.'),
})

export const ChangeAccount = z.strictObject({ id: z.uuid('This is not the id of an account.'), disabled: z.boolean('State true or false.') })
