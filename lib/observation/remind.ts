import { sql } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import type { Message } from '../messages/rules.ts'
import { promptsDue } from './messages.ts'
import type { Invitation } from './rules.ts'

/** When each was invited: by the newest message that said so. An invitation that nobody was told of, in no message, is asked about by nobody. */
const UNANSWERED = sql`
  select i.filing_id as "filingId", i.entry_id as "entryId", i.participant, i.invited, i.name, i.starts_on::text as "startsOn", i.ends_on::text as "endsOn",
         i.reply_by::text as "replyBy", (select max(m.at) from messages m where m.subject = i.entry_id and m.step like 'invited %' and i.invited = any(m.addressees)) as "invitedAt"
    from invitations i
   where not exists (select 1 from invitation_replies r where r.entry_id = i.entry_id and r.participant = i.invited)
   order by i.reply_by, i.entry_id, i.invited`

/** What to remind of now, and who did not answer; whoever asks leaves out what has been told. */
export const invitationReminders = async (tx: Tx, now: Date): Promise<Message[]> => {
  const found = await rows<Invitation & { invitedAt: string | Date | null }>(tx, UNANSWERED)
  return promptsDue(now, found.flatMap(({ invitedAt, ...invitation }) => (invitedAt ? [{ ...invitation, invitedAt: new Date(invitedAt).toISOString() }] : [])))
}
