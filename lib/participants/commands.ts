import { and, eq } from 'drizzle-orm'
import { command } from '../auth/guard.ts'
import { participants, watches } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import { ChangeFourEyes, ChangeWatch } from './input.ts'

/** Chooses to be told as a neighbour is, of a participant that is not one; or ends it. */
export const changeWatch = command({
  name: 'watch.change', permission: 'watch.change', input: ChangeWatch,
  run: async (ctx, { watched, watching }) => {
    const participant = ctx.viewer.participant!
    if (watched === participant) throw new AppError('conflict', 'A participant does not watch itself.')
    if (watching) await ctx.db.insert(watches).values({ participant, watched, by: ctx.viewer.userId!, at: ctx.now.toISOString() }).onConflictDoNothing()
    else await ctx.db.delete(watches).where(and(eq(watches.participant, participant), eq(watches.watched, watched)))
    return { participant, watched, watching }
  },
  describe: ({ watched, watching }) => ({ subject: watched, detail: { watching } }),
})

/** Whether a second person releases what a first one drafts, for one participant. */
export const changeFourEyes = command({
  name: 'participant.four_eyes', permission: 'participant.administer', input: ChangeFourEyes,
  run: async (ctx, { participant, fourEyes }) => {
    await ctx.db.update(participants).set({ fourEyes }).where(eq(participants.code, participant))
    return { participant, fourEyes }
  },
  describe: ({ participant, fourEyes }) => ({ subject: participant, detail: { fourEyes } }),
})
