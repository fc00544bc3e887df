import { z } from 'zod'
import { DECISIONS } from './rules.ts'

export const SignVerification = z.strictObject({
  id: z.uuid('This is not the id of a filing.').toLowerCase(),
  decision: z.enum(DECISIONS, `State the decision: one of ${DECISIONS.join(', ')}.`),
  remark: z.string().trim().max(2000, 'At most 2000 characters.').optional(),
}).superRefine(({ decision, remark }, ctx) => {
  if (decision !== 'verified' && (remark ?? '').length < 3) {
    ctx.addIssue({ code: 'custom', path: ['remark'], message: 'Say what was found, in at least 3 characters: only “verified” goes without a remark.', input: remark })
  }
})
