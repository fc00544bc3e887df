import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import process from 'node:process'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { ask } from '../../lib/log/ask.ts'
import { startCollecting } from '../../lib/log/collect.ts'
import { nameWitness } from '../../lib/log/commands.ts'
import { isPublicAddress } from '../../lib/shared/addresses.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { useLog } from '../support/log.ts'
import { newKey } from './witness-ground.ts'

// Without BATP_WITNESS_LOCAL, as in production.
useLog()
beforeAll(() => { Object.assign(process.env, { BATP_WITNESS_LOCAL: '', BATP_DEMO: '', LOG_LEVEL: 'fatal' }) })
const register = useRegister()

/** Whoever connects here went where nobody may. */
let knocks = 0
const canary = createServer((socket) => { knocks += 1; socket.destroy() })
let port = 0
beforeAll(async () => {
  await once(canary.listen(0, '::'), 'listening')
  port = (canary.address() as AddressInfo).port
})
afterAll(() => { canary.close() })

const hosts = [
  '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0', '0.0.0.0', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '2130706433', '127.0.0.1.',
  '%31%32%37.0.0.1', '１２７.０.０.１', '①②⑦.0.0.1', '127。0。0。1', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.1.254', '169.254.169.254', '0xa9fea9fe',
  '100.64.0.1', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.7', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
  '[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]', '[0:0:0:0:0:ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::1]', '[fe80::1]', '[fc00::1]', '[fd12:3456:789a::1]', '[fec0::1]', '[ff02::1]', '[2001::1]', '[2001:db8::1]', '[2002:7f00:1::]', '[2002:a00:1::]', '[100::1]', '[3fff::1]', '[::ffff:0:127.0.0.1]',
  'localhost', 'LOCALHOST', 'localhost.', 'localhost.localdomain', 'ip6-localhost',
]

describe('the worker connects to no address that is not of the public internet', () => {
  test.each(hosts)('http://%s', async (host) => {
    const url = URL.parse(`http://${host}:${port}/add-checkpoint`)
    // A few are no URLs at all; those cannot be named either.
    if (url) await expect(ask(url, 'old 0\n\n', { mayBeLocal: false, signal: AbortSignal.timeout(5_000) })).rejects.toThrow(/not an address of the public internet|ENOTFOUND|EAI_AGAIN/)
    expect(knocks).toBe(0)
  })

  test('and the canary does hear who is let through', async () => {
    await expect(ask(new URL(`http://localhost:${port}/`), '', { mayBeLocal: true, signal: AbortSignal.timeout(5_000) })).rejects.toThrow(/hang up|ECONNRESET/)
    expect(knocks).toBeGreaterThan(0)
    knocks = 0
  })

  test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '192.167.0.1', '198.20.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8'])(
    '%s is one of it', (address) => { expect(isPublicAddress(address)).toBe(true) })

  test.each(['', 'example.org', '8.8.8', '8.8.8.8/32', ' 8.8.8.8', '999.1.1.1', '::g'])('“%s” is no address', (text) => { expect(isPublicAddress(text)).toBe(false) })
})

describe('a witness at such an address', () => {
  test('cannot be named', async () => {
    for (const host of hosts) {
      const input = { name: `RS-${randomUUID().slice(0, 8)}`, vkey: newKey().vkey, url: `http://${host}:${port}` }
      const refused = await nameWitness(as('rs-approver'), input).then(() => 'named', (error: { code: string }) => error.code)
      // A name that leads there is refused when it is looked up.
      expect({ host, refused }).toEqual({ host, refused: /^(localhost\.localdomain|ip6-localhost)$/.test(host) ? 'named' : 'invalid' })
    }
  })

  test('is not asked, had it come into the table in another way', async () => {
    await register().owner.execute(sql`update witnesses set retired_at = now()`)
    await register().owner.execute(sql`insert into witnesses (id, name, vkey, url, by, at)
      values (${randomUUID()}::uuid, 'EU', ${newKey().vkey}, ${`http://127.0.0.1:${port}`}, 'test', now()), (${randomUUID()}::uuid, 'UN', ${newKey().vkey}, ${`http://localhost:${port}`}, 'test', now())`)
    await filed(an.acquisition('ME'))
    const stop = startCollecting(register(), { refused: async () => {}, everyMs: 20, patienceMs: 1_000 })
    await new Promise((resolve) => { setTimeout(resolve, 1_000) })
    await stop()
    expect(knocks).toBe(0)
    expect(await rows(register().owner, sql`select 1 from cosignatures`)).toEqual([])
  })
})
