import { isIPv6 } from 'node:net'

const EVERYWHERE = ['0.0.0.0', '::']

/**
 * Where the server listens, and by what name a browser on this machine reaches it. The demonstration's accounts can be read by
 * everybody, so it is for this machine alone unless its owner says otherwise; production listens on all addresses.
 */
export const listeningAt = (wanted: string | undefined, isDemo: boolean): { host: string | undefined; name: string } => {
  const host = wanted || (isDemo ? '127.0.0.1' : undefined)
  if (!wanted || EVERYWHERE.includes(wanted)) return { host, name: 'localhost' }
  return { host, name: isIPv6(wanted) ? `[${wanted}]` : wanted }
}
