import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { amendFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { getFiling, listFilings } from '../../lib/filings/queries.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { listSignatures, verificationQueue } from '../../lib/verification/queries.ts'
import { sessionOf } from '../auth/people.ts'
import { codeOf, count, filed, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an } from '../support/factories.ts'

const register = useRegister()
const sign = (who: string, id: string, decision: 'verified' | 'discrepant' | 'not_verifiable' = 'verified', remark?: string) =>
  signVerification(as(who), { id, decision, ...(remark === undefined ? {} : { remark }) })
const entry = async () => (await filed(an.acquisition('ME'))).filing.id
const statusOf = async (id: string) => (await getFiling(as(null), { id })).entry.verification
const queueOf = async (who: string) => (await verificationQueue(as(who), { limit: 200 })).items.map((item) => item.id)

describe('a verification', () => {
  test('takes two verifiers of different origin; the first signature alone leaves it pending', async () => {
    const id = await entry()
    expect(await statusOf(id)).toBe('unverified')
    expect(await sign('verifier1', id)).toMatchObject({ verification: 'pending', signatures: 1 })
    expect(await statusOf(id)).toBe('pending')
    expect(await sign('verifier2', id)).toMatchObject({ verification: 'verified', signatures: 2 })
    expect(await statusOf(id)).toBe('verified')
    expect((await listFilings(as(null), { verification: 'verified' })).items.map((item) => item.id)).toContain(id)
  })

  test('a verifier cannot verify their own participant’s entry', async () => {
    const id = await entry()
    expect(await refusalOf(sign('me-verifier', id))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('own participant'),
    })
    await sign('verifier1', id)
    expect(await codeOf(sign('me-verifier', id))).toBe('forbidden')
    expect(await count(register(), 'verifications', `filing_id = '${id}'`)).toBe(1)
  })

  test('a verifier cannot sign twice, nor change a decision once signed', async () => {
    const id = await entry()
    await sign('hr-verifier', id)
    expect(await codeOf(sign('hr-verifier', id))).toBe('conflict')
    expect(await codeOf(sign('hr-verifier', id, 'discrepant', 'Two are missing.'))).toBe('conflict')
  })

  test('nobody but a verifier signs', async () => {
    const id = await entry()
    for (const who of ['hr-submitter', 'hr-approver', 'me-approver', 'observer', 'secretariat'])
      expect(await codeOf(sign(who, id))).toBe('forbidden')
    expect(await codeOf(signVerification(as(null), { id, decision: 'verified' }))).toBe('unauthenticated')
  })

  test('needs a remark unless it is “verified”', async () => {
    const id = await entry()
    for (const remark of [undefined, '', '  ', 'no']) {
      expect(await refusalOf(sign('verifier1', id, 'discrepant', remark))).toMatchObject({
        code: 'invalid',
        fields: [{ pointer: '/remark' }],
      })
    }
    expect(await codeOf(sign('verifier1', id, 'not_verifiable'))).toBe('invalid')
    expect(await sign('verifier1', id, 'discrepant', 'Eleven counted.')).toMatchObject({ verification: 'pending' })
  })

  test('of two that disagree stays pending until a third agrees with one of them', async () => {
    const id = await entry()
    await sign('verifier1', id)
    expect(await sign('verifier2', id, 'discrepant', 'Eleven counted.')).toMatchObject({ verification: 'pending', signatures: 1 })
    expect(await sign('hr-verifier', id, 'discrepant', 'Eleven counted as well.')).toMatchObject({
      verification: 'discrepant',
      signatures: 2,
    })
    expect(await codeOf(sign('al-verifier', id))).toBe('conflict')
  })

  test('is of one version: an amendment opens it again, and the older version can no longer be signed', async () => {
    const id = await entry()
    for (const who of ['verifier1', 'verifier2']) await sign(who, id)
    const { filing } = await amendFiling(as('me-submitter'), { id, payload: acquisition({ quantity: 11 }), reason: 'Eleven.' })
    expect(await statusOf(filing.id)).toBe('unverified')
    expect(await refusalOf(sign('hr-verifier', id))).toMatchObject({ code: 'conflict', message: expect.stringContaining('newer version') })
    expect(await sign('verifier1', filing.id)).toMatchObject({ verification: 'pending' })
  })

  test('of a withdrawn entry, or of none, is refused', async () => {
    const id = await entry()
    const { filing } = await withdrawFiling(as('me-submitter'), { id, reason: 'Cancelled.' })
    expect(await codeOf(sign('verifier1', filing.id))).toBe('conflict')
    expect(await codeOf(sign('verifier1', randomUUID()))).toBe('not_found')
  })

  test('signed by both at the same moment is verified once, with two signatures', async () => {
    const id = await entry()
    const answers = await Promise.all([sign('verifier1', id), sign('verifier2', id)])
    expect(answers.map(({ verification }) => verification).toSorted()).toEqual(['pending', 'verified'])
    expect(await statusOf(id)).toBe('verified')
  })

  test('signed twice at the same moment by one verifier counts once', async () => {
    const id = await entry()
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => sign('verifier1', id)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await statusOf(id)).toBe('pending')
  })
})

describe('signatures', () => {
  test('are read with name, affiliation, remark and time by everyone who is signed in; the public sees the status', async () => {
    const id = await entry()
    await sign('verifier1', id, 'verified', 'Counted on 3 May.')
    for (const who of ['observer', 'me-submitter', 'al-submitter', 'secretariat']) {
      expect(await listSignatures(as(who), { entryId: id })).toMatchObject([
        {
          decision: 'verified',
          remark: 'Counted on 3 May.',
          verifierName: 'Inspector, Austria',
          affiliation: 'Austria, for the OSCE',
          own: false,
          at: expect.stringMatching(/Z$/),
        },
      ])
    }
    expect((await listSignatures(as('verifier1'), { entryId: id }))[0]!.own).toBe(true)
    expect(await listSignatures(as(null), { entryId: id })).toEqual([])
    expect(await statusOf(id)).toBe('pending')
  })
})

describe('the queue', () => {
  test('holds what the verifier may sign: others’ newest versions, undecided, not signed yet; half-signed ones first', async () => {
    const [fresh, half, done, own] = [await entry(), await entry(), await entry(), (await filed(an.disposal('HR'))).filing.id]
    await sign('verifier1', half)
    for (const who of ['verifier1', 'verifier2']) await sign(who, done)
    const queue = await queueOf('hr-verifier')
    expect(queue).toEqual(expect.arrayContaining([fresh, half]))
    expect(queue.indexOf(half)).toBeLessThan(queue.indexOf(fresh))
    for (const id of [done, own]) expect(queue).not.toContain(id)
    expect(await queueOf('verifier1')).not.toContain(half)
    expect(await queueOf('verifier1')).toContain(own)
  })

  test('leaves out what a colleague of the same participant has signed', async () => {
    const id = await entry()
    await sign('hr-verifier', id)
    const colleague = {
      who: 'colleague',
      role: 'verifier',
      place: 'other',
      account: 'second@hr.demo',
      session: 'alive',
      strict: true,
    } as const
    await register().owner.execute(sql`insert into users (id, email, name, role, participant, affiliation, created_at)
      values (${randomUUID()}::uuid, ${colleague.account}, 'Iva', 'verifier', 'HR', 'Croatia', now())`)
    const caller = as(null, { credential: await sessionOf(register(), colleague), strict: true })
    expect((await verificationQueue(caller, { limit: 200 })).items.map((item) => item.id)).not.toContain(id)
    expect(await codeOf(signVerification(caller, { id, decision: 'verified' }))).toBe('forbidden')
  })
})
