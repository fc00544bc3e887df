import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { checkpoint } from '../../lib/api/log.ts'
import { anonymousCaller } from '../../lib/auth/guard.ts'
import { rows } from '../../lib/db/client.ts'
import { openCheckpoint } from '../../lib/log/checkpoint.ts'
import { RENEW_AFTER_MS } from '../../lib/log/collect.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { signatureLine } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { apart, openedLog, proofOf } from '../../lib/log/publish.ts'
import { getCosigned, listWitnesses } from '../../lib/log/queries.ts'
import { cosign } from '../../lib/log/sign.ts'
import { parseAddCheckpoint } from '../../lib/log/witnessing.ts'
import { getReceiptPackage } from '../../lib/proof/queries.ts'
import { filed } from '../support/context.ts'
import { as } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { collecting, file, keptSize, hasCosigned, impostor, named, register, stored, told, until, wait, witness } from './collect-ground.ts'

const MINUTE = 60_000
/** A clock that a test sets, in whole seconds as cosignatures state them. */
type Fake = { at: number; now: () => number }
const fakeClock = (): Fake => {
  const fake: Fake = { at: Math.floor(Date.now() / 1000) * 1000, now: () => fake.at }
  return fake
}

/** A witness that signs by the test's clock, which its own may be behind. */
const signing = (fake: Fake, behindMs = () => 0) => impostor((body, key) =>
  ({ body: signatureLine(cosign(parseAddCheckpoint(body).text, key, Math.floor((fake.at - behindMs()) / 1000))) }))
const renewed = (id: string) => rows<{ size: number; at: string; line: string }>(register().owner, sql`
  select size::int, at::text, line from renewed_cosignatures where witness = ${id}::uuid`)
const shownAt = async (name: string): Promise<number> => Date.parse((await listWitnesses(anonymousCaller(), {})).find((one) => one.name === name)!.at!)
const hasRenewed = (id: string, at: number) => until('the renewal', async () => Date.parse((await renewed(id))[0]?.at ?? '') === at)

describe('while nothing is filed', () => {
  test('a head is cosigned again when its cosignature is ten minutes old: same size, no proof, a newer time, shown wherever the newest is', async () => {
    const fake = fakeClock()
    const one = await signing(fake)
    const { id, name } = await named('RS', one)
    const size = await file()
    const start = fake.at
    collecting({ now: fake.now })
    await hasCosigned(id, size)
    expect(await shownAt(name)).toBe(start)
    fake.at = start + RENEW_AFTER_MS - 1_000
    await wait(300)
    expect(one.asked).toHaveLength(1)

    fake.at = start + RENEW_AFTER_MS
    await hasRenewed(id, fake.at)
    expect(one.bodies[1]!.split('\n\n')[0]).toBe(`old ${size}`)
    expect(await shownAt(name)).toBe(fake.at)
    const { newest } = await getCosigned(anonymousCaller(), {})
    expect(newest).toMatchObject({ size, by: [{ name, at: new Date(fake.at).toISOString() }], meetsQuorum: true })
    const { cosignatures } = await openCheckpoint(await (await checkpoint()).text(), readLogKey()!, [one.key], nodePrimitives)
    expect(cosignatures.map(({ time }) => time * 1000)).toEqual([fake.at])

    fake.at += 25 * MINUTE
    await hasRenewed(id, fake.at)
    await wait(300)
    expect([one.asked.length, (await renewed(id)).length]).toEqual([3, 1])
    expect((await stored(id)).map((row) => [row.size, Date.parse(row.at)])).toEqual([[size, start]])
    expect(told).toEqual([])
  })

  test('receipts stay what they are, to the byte', async () => {
    const fake = fakeClock()
    const one = await signing(fake)
    const { id } = await named(null, one)
    const { filing, receipt } = await filed(an.acquisition('ME'))
    const size = await keptSize()
    collecting({ now: fake.now })
    await hasCosigned(id, size)
    const [before, proof] = [await getReceiptPackage(as(null), { id: filing.id }), await proofOf(apart, (await openedLog())!, receipt!.index!)]
    expect(before.proof).toContain((await stored(id))[0]!.line)
    fake.at += RENEW_AFTER_MS
    await hasRenewed(id, fake.at)
    expect(await getReceiptPackage(as(null), { id: filing.id })).toEqual(before)
    expect(await proofOf(apart, (await openedLog())!, receipt!.index!)).toBe(proof)
  })

  test('the real witness signs again, and the next head after that as before', async () => {
    const one = await witness()
    const { id, name } = await named('RS', one)
    const size = await file()
    let elapsed = 0
    collecting({ now: () => Date.now() + elapsed })
    await hasCosigned(id, size)
    const first = await shownAt(name)
    await wait(1_100)
    elapsed += RENEW_AFTER_MS
    await until('the renewal', async () => (await renewed(id))[0]?.size === size)
    expect(await shownAt(name)).toBeGreaterThan(first)
    const next = await file()
    await hasCosigned(id, next)
    expect((await listWitnesses(anonymousCaller(), {})).find((row) => row.name === name)).toMatchObject({ size: next })
    await wait(1_100)
    elapsed += RENEW_AFTER_MS
    await until('the next renewal', async () => (await renewed(id))[0]?.size === next)
    expect(told).toEqual([])
  })

  test('a witness whose clock is late is asked no more often, and one whose clock goes back makes nothing older', async () => {
    const fake = fakeClock()
    let behind = 30 * MINUTE
    const one = await signing(fake, () => behind)
    const { id, name } = await named('RS', one)
    const start = fake.at
    const size = await file()
    const stop = collecting({ now: fake.now })
    await hasCosigned(id, size)
    await wait(300)
    expect(one.asked).toHaveLength(1)
    fake.at += RENEW_AFTER_MS
    await hasRenewed(id, fake.at - behind)
    behind = 90 * MINUTE
    fake.at += RENEW_AFTER_MS
    await until('the question', async () => one.asked.length === 3)
    await wait(300)
    expect(one.asked).toHaveLength(3)
    expect(await shownAt(name)).toBe(start + RENEW_AFTER_MS - 30 * MINUTE)
    await stop()
  })

  test('a witness that is away is asked again at its pace, and the page says how old its word is', async () => {
    const fake = fakeClock()
    let isAway = false
    const one = await impostor((body, key) => (isAway
      ? { status: 503, body: '' }
      : { body: signatureLine(cosign(parseAddCheckpoint(body).text, key, Math.floor(fake.at / 1000))) }))
    const { id, name } = await named('RS', one)
    const [size, start] = [await file(), fake.at]
    collecting({ now: fake.now })
    await hasCosigned(id, size)
    isAway = true
    fake.at += 2 * RENEW_AFTER_MS
    await until('the question', async () => one.asked.length > 1)
    await wait(300)
    expect([one.asked.length, await shownAt(name), await renewed(id)]).toEqual([2, start, []])
    isAway = false
    fake.at += 3_000
    await hasRenewed(id, fake.at)
    expect(told).toEqual([])
  })

  test('two workers ask once: the second finds what the first has stored', async () => {
    const fake = fakeClock()
    const one = await signing(fake)
    const { id } = await named('RS', one)
    const size = await file()
    const stop = collecting({ now: fake.now })
    await hasCosigned(id, size)
    await stop()
    collecting({ now: fake.now })
    fake.at += RENEW_AFTER_MS
    await hasRenewed(id, fake.at)
    collecting({ now: fake.now })
    await wait(300)
    expect(one.asked).toHaveLength(2)
  })
})
