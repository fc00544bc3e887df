import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { useRegister } from '../support/db.ts'
import { acquisition, expectProblem, get, post } from './support.ts'

const register = useRegister()

const filed = async (): Promise<number> => {
  const [found] = await rows<{ count: number }>(register().owner, sql`select count(*)::int as count from filings`)
  return found!.count
}
const send = (key: string, body = acquisition('AL'), who = 'al-submitter') => post('/api/v1/filings', who, body, { headers: { 'idempotency-key': key } })

test('fifty at once under one key are one filing, and fifty times the same answer', async () => {
  const before = await filed()
  const answers = await Promise.all(Array.from({ length: 50 }, () => send('rafale-contract-2024')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await filed()).toBe(before + 1)
  const [answer] = answers
  expect((await get(`/api/v1/filings/${answer!.body.filing.id}`)).status).toBe(200)
})

test('a repeated key gives the first answer again, its location too', async () => {
  const [first, second] = [await send('again'), await send('again')]
  expect(second.text).toBe(first.text)
  expect(second.headers.get('location')).toBe(first.headers.get('location'))
})

test('the same key with another body is refused, and nothing more is filed', async () => {
  await send('one-key')
  const before = await filed()
  expectProblem(await send('one-key', acquisition('AL', { quantity: 13 })), 422, 'invalid')
  expect(await filed()).toBe(before)
})

test('the order of members does not make another body', async () => {
  const { kind, participant, payload } = acquisition('AL')
  const first = await send('ordered', { kind: kind!, participant: participant!, payload: payload! })
  expect((await send('ordered', { payload: payload!, participant: participant!, kind: kind! })).text).toBe(first.text)
})

test('a key belongs to who sent it: another’s same key is another request', async () => {
  const [ours, theirs] = [await send('shared'), await send('shared', acquisition('ME'), 'me-submitter')]
  expect({ status: theirs.status, participant: theirs.body.filing.participant }).toEqual({ status: 201, participant: 'ME' })
  expect(theirs.body.filing.id).not.toBe(ours.body.filing.id)
})

test('a refused request does not use up its key', async () => {
  expectProblem(await send('second-try', acquisition('AL', { quantity: -1 })), 422, 'invalid')
  expect((await send('second-try')).status).toBe(201)
})

test.each([' ', 'two words', 'naïve', 'x'.repeat(256), ''])('“%s” is no key', async (key) => {
  expectProblem(await send(key), 422, 'invalid')
})

test('a preview under a key stores nothing, not even the key', async () => {
  const dry = await post('/api/v1/filings?dryRun=true', 'al-submitter', acquisition('AL'), { headers: { 'idempotency-key': 'dry' } })
  expect(dry.body).toMatchObject({ valid: true })
  expect((await send('dry')).status).toBe(201)
})

test('an approval, an amendment and a signature answer a repeated key as the first time', async () => {
  const { id } = (await send('to-amend')).body.filing
  const keyed = (part: string, who: string, body: Parameters<typeof post>[2]) => post(`/api/v1/filings/${id}/${part}`, who, body, { headers: { 'idempotency-key': `${part}-1` } })
  const amendment = { payload: acquisition('AL', { purpose: 'Air policing and training' }).payload!, reason: 'The purpose was cut short.' }
  const first = await keyed('amend', 'al-submitter', amendment)
  expect(first.status).toBe(201)
  expect((await keyed('amend', 'al-submitter', amendment)).text).toBe(first.text)
  const waiting = (await post('/api/v1/filings', 'rs-submitter', acquisition('RS'))).body.filing
  const approve = () => post(`/api/v1/filings/${waiting.id}/approve`, 'rs-approver', {}, { headers: { 'idempotency-key': 'approve-1' } })
  expect((await approve()).text).toBe((await approve()).text)
  const verify = () => post(`/api/v1/filings/${first.body.filing.id}/verify`, 'verifier1', { decision: 'verified' }, { headers: { 'idempotency-key': 'verify-1' } })
  const signed = await verify()
  expect(signed.body).toMatchObject({ signatures: 1 })
  expect((await verify()).text).toBe(signed.text)
})
