import { z } from 'zod'
import { PARTICIPANTS } from './rules.ts'

const Participant = z.enum(PARTICIPANTS, `State the participant: one of ${PARTICIPANTS.join(', ')}.`)
export const ChangeWatch = z.strictObject({ watched: Participant, watching: z.boolean('State true or false.') })
export const ChangeFourEyes = z.strictObject({ participant: Participant, fourEyes: z.boolean('State true or false.') })
