import { asc } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { users } from '../db/schema.ts'

/** Who is asking. The public is a viewer too. */
export const getViewer = query({
  name: 'account.viewer', permission: 'account.self', input: z.strictObject({}),
  run: async (ctx) => ctx.viewer,
})

export const listAccounts = query({
  name: 'account.list', permission: 'account.read', input: z.strictObject({}),
  run: async (ctx) => {
    const found = await ctx.db.select().from(users).orderBy(asc(users.affiliation), asc(users.role), asc(users.email))
    return found.map(({ id, email, name, role, participant, affiliation, disabledAt }) => ({ id, email, name, role, participant, affiliation, disabled: disabledAt !== null }))
  },
})
