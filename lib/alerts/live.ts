import { database } from '../db/client.ts'

const CHANNEL = 'batp_inbox'

type Hub = { listeners: Map<() => void, readonly string[]>; started: Promise<unknown> | null }
const held = globalThis as typeof globalThis & { batpInbox?: Hub }
const hub = (): Hub => (held.batpInbox ??= { listeners: new Map(), started: null })

const heard = (payload: string): void => {
  const addressees = payload.split(',')
  for (const [wake, mine] of hub().listeners) if (mine.some((addressee) => addressees.includes(addressee))) wake()
}

/** Calls `wake` when something arrives for one of the addressees; only that it did, never what. Returns how to stop. */
export const subscribe = async (addressees: readonly string[], wake: () => void): Promise<() => void> => {
  const { listeners } = hub()
  const connection = await database()
  await (hub().started ??= connection.listen(CHANNEL, heard).catch((error: unknown) => {
    hub().started = null
    throw error
  }))
  listeners.set(wake, addressees)
  return () => { listeners.delete(wake) }
}
