'use server'
import { refresh } from 'next/cache'
import { callerFromCookies } from '@/lib/auth/session.ts'
import { changeWatch } from '@/lib/participants/commands.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'

/** Begins or ends watching; a plain form, so that it works where no script runs. */
export const watch = async (watched: ParticipantCode, watching: boolean): Promise<void> => {
  await changeWatch(await callerFromCookies(), { watched, watching })
  refresh()
}
