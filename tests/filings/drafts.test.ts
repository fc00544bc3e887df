import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { approveFiling, discardDraft, returnFiling, saveDraft, submitDraft } from '../../lib/filings/commands.ts'
import { getDraft, getFiling, listDrafts } from '../../lib/filings/queries.ts'
import { codeOf, count, filed, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an, type Payload } from '../support/factories.ts'

const register = useRegister()
const kind = 'notification.acquisition' as const
const begin = async (who: string, payload: Payload = acquisition(), more = {}): Promise<string> =>
  (await saveDraft(as(who), { id: randomUUID(), kind, payload, revision: 0, ...more })).id

describe('a draft', () => {
  test('is kept as typed, complete or not', async () => {
    const id = await begin('rs-submitter', { type: 'Raf', quantity: '' })
    expect(await getDraft(as('rs-approver'), { id })).toMatchObject({
      payload: { type: 'Raf', quantity: '' },
      status: 'draft',
      revision: 1,
      own: false,
    })
    expect((await listDrafts(as('rs-submitter'), {})).map((draft) => draft.id)).toContain(id)
  })

  test('notices that a colleague changed it, and overwrites nothing', async () => {
    const id = await begin('rs-submitter', { type: 'first' })
    expect(await saveDraft(as('rs-approver'), { id, kind, payload: { type: 'second' }, revision: 1 })).toMatchObject({ revision: 2 })
    expect(await refusalOf(saveDraft(as('rs-submitter'), { id, kind, payload: { type: 'third' }, revision: 1 }))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('revision 2'),
    })
    expect((await getDraft(as('rs-submitter'), { id })).payload).toEqual({ type: 'second' })
    expect(await codeOf(submitDraft(as('rs-submitter'), { id, revision: 1 }))).toBe('conflict')
  })

  test('of two first saves under one id the second is a conflict, whoever makes it', async () => {
    const id = await begin('rs-submitter')
    expect(await codeOf(saveDraft(as('rs-submitter'), { id, kind, payload: {}, revision: 0 }))).toBe('conflict')
    expect(await codeOf(saveDraft(as('hr-submitter'), { id, kind, payload: {}, revision: 0 }))).toBe('conflict')
  })

  test('cannot take the id of a filing', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    expect(await codeOf(saveDraft(as('al-submitter'), { id: filing.id, kind, payload: acquisition(), revision: 0 }))).toBe('conflict')
  })

  test('cannot be read, changed, sent or discarded by another participant, an observer or the secretariat', async () => {
    const id = await begin('rs-submitter')
    const other = as('hr-approver')
    expect(await codeOf(getDraft(other, { id }))).toBe('not_found')
    expect(await codeOf(saveDraft(other, { id, kind, payload: {}, revision: 1 }))).toBe('not_found')
    expect(await codeOf(submitDraft(other, { id, revision: 1 }))).toBe('not_found')
    expect(await codeOf(discardDraft(other, { id }))).toBe('not_found')
    for (const who of ['observer', 'secretariat', 'verifier1', 'rs-verifier'])
      expect(await codeOf(getDraft(as(who), { id }))).toBe('forbidden')
  })

  test('that is not valid stays a draft, and every problem is named at its field', async () => {
    const id = await begin('me-submitter', acquisition({ quantity: '', category: 'XII' }))
    const { code, fields } = await refusalOf(submitDraft(as('me-submitter'), { id, revision: 1 }))
    expect(code).toBe('invalid')
    expect(fields.map(({ pointer }) => pointer)).toEqual(['/payload/category', '/payload/quantity'])
    expect(await getDraft(as('me-submitter'), { id })).toMatchObject({ status: 'draft', revision: 1 })
  })

  test('is discarded once, then closed', async () => {
    const id = await begin('rs-submitter')
    await discardDraft(as('rs-submitter'), { id })
    expect(await codeOf(saveDraft(as('rs-submitter'), { id, kind, payload: {}, revision: 1 }))).toBe('conflict')
    expect(await codeOf(submitDraft(as('rs-submitter'), { id, revision: 1 }))).toBe('conflict')
    expect((await listDrafts(as('rs-submitter'), {})).map((draft) => draft.id)).not.toContain(id)
  })
})

describe('four eyes', () => {
  test('what waits for approval cannot be changed, discarded or sent again', async () => {
    const id = await begin('rs-submitter')
    expect((await submitDraft(as('rs-submitter'), { id, revision: 1 })).filing.status).toBe('awaiting_approval')
    expect(await codeOf(saveDraft(as('rs-submitter'), { id, kind, payload: {}, revision: 2 }))).toBe('conflict')
    expect(await codeOf(discardDraft(as('rs-submitter'), { id }))).toBe('conflict')
    expect(await codeOf(submitDraft(as('rs-submitter'), { id, revision: 2 }))).toBe('conflict')
  })

  test('a returned draft carries its remark, is corrected, sent again and released under the same id', async () => {
    const id = await begin('rs-submitter')
    await submitDraft(as('rs-submitter'), { id, revision: 1 })
    expect(await codeOf(returnFiling(as('rs-approver'), { id, remark: ' ' }))).toBe('invalid')
    await returnFiling(as('rs-approver'), { id, remark: 'The contract names 12, not 14.' })
    const returned = await getDraft(as('rs-submitter'), { id })
    expect(returned).toMatchObject({ status: 'returned', remark: 'The contract names 12, not 14.', revision: 3 })
    expect(await codeOf(returnFiling(as('rs-approver'), { id, remark: 'Again.' }))).toBe('conflict')
    const { revision } = await saveDraft(as('rs-submitter'), { id, kind, payload: acquisition({ quantity: 12 }), revision: 3 })
    await submitDraft(as('rs-submitter'), { id, revision })
    expect((await getDraft(as('rs-approver'), { id })).remark).toBeNull()
    expect((await approveFiling(as('rs-approver'), { id })).filing).toMatchObject({ id, version: 1, status: 'filed' })
  })

  test('who wrote what is filed cannot release it, even in a draft that a colleague began', async () => {
    const id = await begin('rs-submitter', acquisition({ quantity: 12 }))
    const { revision } = await saveDraft(as('rs-approver'), { id, kind, payload: acquisition({ quantity: 120 }), revision: 1 })
    await submitDraft(as('rs-approver'), { id, revision })
    expect(await refusalOf(approveFiling(as('rs-approver'), { id }))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('another person'),
    })
    expect(await count(register(), 'filings', `id = '${id}'`)).toBe(0)
  })

  test('an approver’s own submission waits for another approver', async () => {
    const id = await begin('rs-approver')
    await submitDraft(as('rs-approver'), { id, revision: 1 })
    expect(await codeOf(approveFiling(as('rs-approver'), { id }))).toBe('forbidden')
  })

  test('a release is judged as the register stands then: the entry withdrawn meanwhile is a conflict', async () => {
    const { filing } = await filed(an.acquisition('RS', { type: 'Su-57' }))
    const amend = await begin('rs-submitter', acquisition({ type: 'Su-57', quantity: 10 }), {
      action: 'amend',
      basedOn: filing.id,
      reason: 'Fewer.',
    })
    const withdraw = await begin('rs-submitter', acquisition({ type: 'Su-57' }), {
      action: 'withdraw',
      basedOn: filing.id,
      reason: 'Cancelled.',
    })
    for (const id of [amend, withdraw]) await submitDraft(as('rs-submitter'), { id, revision: 1 })
    await approveFiling(as('rs-approver'), { id: withdraw })
    expect(await codeOf(approveFiling(as('rs-approver'), { id: amend }))).toBe('conflict')
  })
})

describe('a draft that continues an entry', () => {
  test.each(['stage', 'amend', 'withdraw'] as const)('to %s names which', async (action) => {
    const id = await begin('me-submitter', acquisition(), { action, reason: 'A reason.' })
    expect(await refusalOf(submitDraft(as('me-submitter'), { id, revision: 1 }))).toMatchObject({ code: 'invalid' })
  })

  test.each(['amend', 'withdraw'] as const)('to %s states why', async (action) => {
    const { filing } = await filed(an.acquisition('ME'))
    const id = await begin('me-submitter', acquisition(), { action, basedOn: filing.id, reason: ' ' })
    expect(await refusalOf(submitDraft(as('me-submitter'), { id, revision: 1 }))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/reason' }],
    })
  })

  test('a withdrawal restates what was filed, whatever the draft holds', async () => {
    const { filing } = await filed(an.acquisition('ME', { quantity: 4 }))
    const id = await begin('me-submitter', acquisition({ quantity: 400 }), { action: 'withdraw', basedOn: filing.id, reason: 'Cancelled.' })
    await submitDraft(as('me-submitter'), { id, revision: 1 })
    const { entry, versions } = await getFiling(as('me-submitter'), { id })
    expect(versions.at(-1)).toMatchObject({ action: 'withdraw', status: 'withdrawn', payload: { quantity: 4 } })
    expect(entry).toMatchObject({ status: 'withdrawn', quantity: 4 })
  })
})
