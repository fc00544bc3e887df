import { STANDING_LABEL, type Standing } from '@/lib/observation/rules.ts'
import { StatusMark, type StatusKind } from './ui/status-mark.tsx'

const MARK = { accepted: 'ok', declined: 'withdrawn', waiting: 'pending', no_answer: 'late' } as const satisfies Record<Standing, StatusKind>

/** How an invitation stands, by shape and word; until an answer is due, by when. */
export const InvitationMark = ({ standing, replyBy }: { standing: Standing; replyBy: string | null }) => (
  <StatusMark mark={MARK[standing]}>{STANDING_LABEL[standing]}{standing === 'waiting' && replyBy && <>, due <span className="whitespace-nowrap">{replyBy}</span></>}</StatusMark>
)
