import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import type { Standing } from './rules.ts'

/** One invitation as it is counted. */
export type Counted = { host: ParticipantCode; invited: ParticipantCode; standing: Standing }
export type Counts = { invited: number } & Record<Standing, number>
/** One activity that is over, as it is counted. */
export type Held = { host: ParticipantCode; observable: boolean; invites: boolean; observed: boolean }

const countsOf = (some: readonly Counted[]): Counts => {
  const of = (standing: Standing) => some.filter((one) => one.standing === standing).length
  return { invited: some.length, accepted: of('accepted'), declined: of('declined'), waiting: of('waiting'), no_answer: of('no_answer') }
}

/** Who invites whom, and who comes. The matrix names every pair of two, so that nobody stands out by being left away. */
export const figuresOf = (counted: readonly Counted[], held: readonly Held[]) => ({
  pairs: PARTICIPANTS.flatMap((host) => PARTICIPANTS.filter((invited) => invited !== host)
    .map((invited) => ({ host, invited, counts: countsOf(counted.filter((one) => one.host === host && one.invited === invited)) }))),
  participants: PARTICIPANTS.map((participant) => {
    const own = held.filter(({ host }) => host === participant)
    return {
      participant, held: own.length, observable: own.filter(({ observable }) => observable).length, inviting: own.filter(({ invites }) => invites).length,
      observed: own.filter(({ observed }) => observed).length,
      asHost: countsOf(counted.filter(({ host }) => host === participant)), asInvited: countsOf(counted.filter(({ invited }) => invited === participant)),
    }
  }),
})
