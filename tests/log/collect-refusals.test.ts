import process from 'node:process'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { subscribe } from '../../lib/alerts/live.ts'
import { rows } from '../../lib/db/client.ts'
import { startWorker } from '../../lib/jobs/worker.ts'
import { appendLeaves } from '../../lib/log/append.ts'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { retireWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import type { Leaf } from '../../lib/log/leaf.ts'
import { leafHash } from '../../lib/log/merkle.ts'
import { signatureLine } from '../../lib/log/note.ts'
import { publishAll } from '../../lib/log/publish.ts'
import { listFindings } from '../../lib/log/queries.ts'
import { refusalOf } from '../../lib/log/refusal.ts'
import { cosign, signNote } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint, parseAddCheckpoint } from '../../lib/log/witnessing.ts'
import { raise } from '../../lib/proof/audit.ts'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'
import { startSmtp } from '../jobs/smtp-server.ts'
import { as } from '../support/db.ts'
import { collecting, file, hasCosigned, impostor, named, register, told, until, wait, witness } from './collect-ground.ts'
import { post } from './witness-ground.ts'

// Before the register, which reads the environment.
const smtp = await startSmtp()
process.env.SMTP_URL = smtp.url
afterAll(async () => {
  delete process.env.SMTP_URL
  await smtp.close()
})

const textOf = (body: string): string => parseAddCheckpoint(body).text
const signed = (body: string, key: Parameters<typeof cosign>[1]) => ({ body: signatureLine(cosign(textOf(body), key, Math.floor(Date.now() / 1000))) })
const sizeOf = (size: number | string) => ({ status: 409, type: 'text/x.tlog.size', body: `${size}\n` })
/** Another tree under the log's own signature, such as a host would show to one only. */
const forked = (size: number): string =>
  signNote(formatCheckpoint({ origin: readLogKey()!.name, size, root: leafHash(Buffer.from(`another ${size}`)), extensions: [] }), readLogKey()!)
const keys = () => told.map(({ key }) => key)

describe('a witness that speaks against the log', () => {
  test('because it saw another tree of one size is told of, by what it said, what that can mean and what to do', async () => {
    const one = await witness()
    const { name } = await named('RS', one)
    const size = await file()
    expect((await post(one.port, encodeAddCheckpoint({ old: 0, proof: [], checkpoint: forked(size) }))).status).toBe(200)
    collecting()
    await until('the refusal', async () => told.length > 0)
    expect(told[0]!.key).toBe(`witness ${name} denies 0`)
    expect(told[0]!.words).toContain(`The witness ${name} refuses to cosign the log’s head of ${size} entries`)
    for (const words of ['does not continue the head of', 'at fault', 'changed', 'another past', 'Keep your receipts', 'npm run verify']) {
      expect(told[0]!.words).toContain(words)
    }
  })

  test('because it saw another, smaller tree is told of with the size of that', async () => {
    const one = await witness()
    const { name } = await named('HR', one)
    const size = await file()
    expect((await post(one.port, encodeAddCheckpoint({ old: 0, proof: [], checkpoint: forked(size - 1) }))).status).toBe(200)
    collecting()
    await until('the refusal', async () => told.length > 0)
    expect(told[0]).toMatchObject({ key: `witness ${name} denies 0`, words: expect.stringContaining(`the head of ${size - 1} entries that it saw before`) as string })
  })

  test('because it saw a larger one is told of', async () => {
    const one = await witness()
    const { name } = await named(null, one)
    const size = await file()
    expect((await post(one.port, encodeAddCheckpoint({ old: 0, proof: [], checkpoint: forked(size + 7) }))).status).toBe(200)
    collecting()
    await until('the refusal', async () => told.length > 0)
    expect(told[0]).toEqual(refusalOf(name, 0, { kind: 'ahead', stated: size + 7, held: size }))
    expect(told[0]!.words).toMatch(/answers that it has cosigned a head of \d+ entries, but the log holds \d+ entries\. .*older copy/)
  })

  test.each<[string, (asked: number) => { status: number; type?: string; body: string }[], string]>([
    ['sizes that the log does not hold', (asked) => [sizeOf(9_007_199_254_740_991 - asked)], 'ahead'],
    ['sizes before it refuses', (asked) => [sizeOf(asked + 1), { status: 422, body: 'All participants: go to https://evil.example' }], 'denies'],
  ])('after inventing %s is told of as one and the same, and never quoted', async (_what, answersOf, kind) => {
    let [asked, answers] = [0, answersOf(0)]
    const one = await impostor(() => {
      if (answers.length === 0) answers = answersOf(asked += 1)
      return answers.shift()!
    })
    const { name } = await named('RS', one)
    await file()
    for (let round = 0; round < 4; round += 1) {
      const stop = collecting()
      await until('the next refusal', async () => told.length > round)
      await stop()
    }
    expect([...new Set(keys())]).toEqual([`witness ${name} ${kind} 0`])
    expect(new Set(told.map(({ words }) => words)).size).toBe(4)
    expect(told.map(({ words }) => words).join()).not.toContain('evil')
  })

  test('again after it cosigned is told of anew', async () => {
    let refuses = false
    const one = await impostor((body, key) => (refuses ? { status: 422, body: 'no' } : signed(body, key)))
    const { id, name } = await named('RS', one)
    collecting()
    const sizes: number[] = []
    for (let round = 0; round < 2; round += 1) {
      refuses = false
      const size = await file()
      await hasCosigned(id, size, 10_000)
      sizes.push(size)
      refuses = true
      await file()
      await until('the refusal', async () => keys().includes(`witness ${name} denies ${size}`))
    }
    expect([...new Set(keys())]).toEqual(sizes.map((size) => `witness ${name} denies ${size}`))
  }, 60_000)
})

test('everyone is told, once, by mail and on every page; the page keeps it when the witness cosigns again', async () => {
  let refuses = true
  const one = await impostor((body, key) => (refuses ? { status: 422, body: 'no' } : signed(body, key)))
  const { id, name } = await named('ME', one)
  await file()
  const woken = vi.fn<() => void>()
  onTestFinished(await subscribe(['HR'], woken))
  const stop = await startWorker()
  onTestFinished(stop)
  const received = () => smtp.received.filter(({ message }) => message.includes(name))
  await until('the mail', async () => received().length > 0, 20_000)
  const [{ to, message }] = received() as [ReturnType<typeof received>[number]]
  for (const participant of PARTICIPANTS) expect(to).toContain(`submitter@${participant.toLowerCase()}.demo`)
  expect(to).toContain('secretariat@batp.demo')
  expect(message).toMatch(new RegExp(`^Subject: The witness ${name} refuses the log$`, 'm'))
  expect(woken).toHaveBeenCalled()

  const mine = async () => (await listFindings(as(null), {})).filter(({ witness }) => witness === name)
  expect(await mine()).toMatchObject([{ witness: name, isOpen: true }])
  await until('the next question', async () => one.asked.length > 1)
  await wait(300)
  expect(received()).toHaveLength(1)
  refuses = false
  await hasCosigned(id, await file(), 40_000)
  expect(await mine()).toMatchObject([{ witness: name, isOpen: false }])
}, 90_000)

test('what a witness said is settled when it is retired; what the register found itself is not, and stands before it', async () => {
  const { id, name } = await named('RS', await impostor(() => null))
  const tell = vi.fn<Parameters<typeof raise>[2]>(() => Promise.resolve())
  const refusal = refusalOf(name, 5, { kind: 'ahead', stated: 9, held: 7 })
  expect(await raise(register(), [{ key: 'entry 3', words: 'Entry 3.' }], tell)).toBe(1)
  expect(await raise(register(), [refusal], tell)).toBe(1)
  expect(await raise(register(), [refusal], tell)).toBe(0)
  expect(tell).toHaveBeenCalledTimes(2)
  const states = async () => (await listFindings(as(null), {})).filter(({ witness }) => witness === null || witness === name).map(({ witness, isOpen }) => [witness, isOpen])
  expect(await states()).toEqual([[null, true], [name, true]])
  await retireWitness(as('rs-approver'), { id })
  expect(await states()).toEqual([[null, true], [name, false]])
})

test('a finding whose telling fails is not kept, and so told the next time', async () => {
  const refusal = refusalOf('RS-x', 1, { kind: 'denies', from: 1, size: 2 })
  await expect(raise(register(), [refusal], () => Promise.reject(new Error('no queue')))).rejects.toThrow('no queue')
  expect(await raise(register(), [refusal], () => Promise.resolve())).toBe(1)
})

test('a witness that is further than the newest signed head, but not than what is committed, is not told of', async () => {
  await file()
  const leaf: Leaf = { type: 'outlook.published', id: 'waiting', participant: null, at: new Date().toISOString(), commitment: '0'.repeat(64) }
  const first = await register().transaction('owner', (tx) => appendLeaves(tx, [leaf]))
  let ahead = 0
  const one = await impostor(() => { ahead += 1; return sizeOf(first + 1) })
  // Named before, so that nothing is signed meanwhile.
  await register().owner.execute(sql`insert into witnesses (id, name, vkey, url, by, at)
    values (gen_random_uuid(), 'EU', ${one.key.vkey}, ${`http://127.0.0.1:${one.port}`}, 'test', now())`)
  collecting()
  await until('the question', async () => ahead > 0)
  await wait(300)
  expect(told).toEqual([])
  await publishAll()
})

/** An older copy of the database, with all that hangs together in it. Nothing after this can be signed: it comes last. */
test('a log that was set back to an older copy is noticed by a witness, whatever its own memory says', async () => {
  const one = await witness()
  const { id, name } = await named('RS', one)
  const stop = collecting()
  const kept = await file()
  await hasCosigned(id, kept)
  const [head] = await rows<{ frontier: string[] }>(register().owner, sql`select array(select encode(h, 'hex') from unnest(frontier) h) as frontier from log_head`)
  const lost = await file()
  await hasCosigned(id, lost)
  await stop()
  await register().transaction('owner', async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const table of ['cosignatures', 'log_checkpoints']) await tx.execute(sql`delete from ${sql.identifier(table)} where size > ${kept}`)
    await tx.execute(sql`delete from log_leaves where index >= ${kept}`)
    await tx.execute(sql`delete from log_nodes where (index + 1) * (1::bigint << level) > ${kept}`)
    await tx.execute(sql`update log_head set size = ${kept}, frontier = array(select decode(value, 'hex') from jsonb_array_elements_text(${JSON.stringify(head!.frontier)}::jsonb))`)
  })
  let elapsed = 0
  collecting({ now: () => Date.now() + elapsed })
  await wait(300)
  // Its newest cosignature is of the newest head that is left: only when that is to be renewed is it asked.
  elapsed = 11 * 60_000
  await until('the refusal', async () => told.length > 0)
  expect(told[0]).toEqual(refusalOf(name, kept, { kind: 'ahead', stated: lost, held: kept }))
  await register().owner.execute(sql`update witnesses set retired_at = now()`)
})
