import type { ParticipantCode } from '../participants/rules.ts'
import type { ActivityPayload } from './kinds/activity.ts'
import type { FiledVersion } from './projections.ts'

/** Who is invited to observe what one version notifies, and by when they answer. */
export type InvitationRow = {
  filingId: string; entryId: string; participant: ParticipantCode; invited: ParticipantCode; name: string; startsOn: string; endsOn: string; replyBy: string
}

/** Whether filings of the kind may invite. */
export const hasInvitations = (kind: FiledVersion['kind']): boolean => kind === 'notification.activity'

/** The invitations of one version: none once it is withdrawn, and none in history, which nobody could answer. */
export const invitationRows = ({ id, entryId, participant, kind, action, compiled, payload }: FiledVersion): InvitationRow[] => {
  if (!hasInvitations(kind) || action === 'withdraw' || compiled) return []
  const { name, startsOn, endsOn = startsOn, observers } = payload as unknown as ActivityPayload
  return (observers?.invited ?? []).map((invited) => ({ filingId: id, entryId, participant, invited, name, startsOn, endsOn, replyBy: observers!.replyBy }))
}
