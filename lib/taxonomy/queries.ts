import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { CATEGORIES } from './rules.ts'

/** The classes that everything is stated in, in the order of the register. */
export const listCategories = query({
  name: 'category.list', permission: 'reference.read', input: z.strictObject({}),
  run: async () => CATEGORIES,
})
