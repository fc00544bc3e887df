import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { DESCRIBED } from '../../lib/api/description.ts'
import { Answered as AnsweredShape, InvitationItem, listOf, Noted, Observation, PreviewAnswer } from '../../lib/api/answers.ts'
import { may, type Role } from '../../lib/auth/policy.ts'
import type { Json } from '../../lib/log/canonical.ts'
import { exerciseOf } from '../observation/ground.ts'
import { useRegister } from '../support/db.ts'
import { acquisition, call, expectProblem, get, holdings, pointers, post, RAFALE, type Answered } from './support.ts'

useRegister()

/** One of each role, of the participant that files, of another and of none. */
const PEOPLE: { who: string | null; role: Role }[] = [
  { who: null, role: 'public' }, { who: 'observer', role: 'observer' }, { who: 'al-submitter', role: 'submitter' }, { who: 'al-approver', role: 'approver' },
  { who: 'hr-submitter', role: 'submitter' }, { who: 'hr-approver', role: 'approver' }, { who: 'hr-verifier', role: 'verifier' }, { who: 'al-verifier', role: 'verifier' },
  { who: 'verifier1', role: 'verifier' }, { who: 'secretariat', role: 'secretariat' },
]
const ENDPOINTS = Object.entries(DESCRIBED).flatMap(([path, methods]) => Object.entries(methods).map(([method, entry]) => ({ name: `${method} ${path}`, path, method: method as 'GET' | 'POST', entry })))

let filed: Answered['body']
let alert: string
let declaration: string
let activity: string
let request: string
const QUESTION = { asked: 'HR', title: 'Troops near the Una', observed: 'About 900 troops and 12 guns.', questions: ['aim', 'units'] }
beforeAll(async () => {
  request = (await post('/api/v1/clarifications', 'al-submitter', { ...QUESTION, shownToAll: true })).body.clarification.id
  filed = (await post('/api/v1/filings', 'al-submitter', acquisition('AL'))).body
  declaration = (await post('/api/v1/filings', 'al-submitter', holdings('AL'))).body.filing.id
  alert = filed.alerts[0].id
  activity = (await post('/api/v1/filings', 'al-submitter', exerciseOf('AL', ['BA', 'HR', 'XK', 'ME', 'MK', 'RS']))).body.filing.id
})
const addressOf = (path: string): string => `/api/v1${path.replace('{id}', path.startsWith('/alerts') ? alert : path.startsWith('/clarifications') ? request : path.endsWith('/sheet') ? declaration : path.endsWith('/observation') ? activity : filed.filing.id).replace('{kind}', 'statement.cyber')}`

const EMPTY = { json: { body: {} }, file: { raw: 'Category', headers: { 'content-type': 'text/csv' } } }

describe.each(ENDPOINTS)('$name', ({ path, method, entry }) => {
  test.each(PEOPLE)('$who ($role): as the policy says, whoever asks', async ({ who, role }) => {
    // An empty body is refused for what it lacks, but only where the role may ask at all.
    const answer = await call(method, addressOf(path), { as: who, ...(method === 'POST' ? EMPTY[entry.takes ? 'file' : 'json'] : {}) })
    if (may(role, entry.operation.permission)) expect([200, 404, 409, 422, 403]).toContain(answer.status)
    else expectProblem(answer, role === 'public' ? 401 : 403, role === 'public' ? 'unauthenticated' : 'forbidden')
    if (method === 'GET' && may(role, entry.operation.permission)) expect(answer.status).toBe(200)
  })
})

const held = (schema: z.ZodType, { status, body }: Answered, expected: number): void => {
  expect(status).toBe(expected)
  const { success, error } = schema.safeParse(body)
  expect({ success, problems: error?.issues }).toEqual({ success: true, problems: undefined })
}

describe('every answer is what the description says', () => {
  test.each(ENDPOINTS.filter(({ method }) => method === 'GET'))('$name, to the public, a participant, a verifier and the secretariat', async ({ path, entry }) => {
    for (const { who, role } of PEOPLE) if (may(role, entry.operation.permission)) held(entry.answer, await get(addressOf(path), who), 200)
  })

  test('a draft of one’s own', async () => {
    const { body } = await post('/api/v1/filings', 'rs-submitter', acquisition('RS'))
    held(DESCRIBED['/filings/{id}']!.GET!.answer, await get(`/api/v1/filings/${body.filing.id}`, 'rs-approver'), 200)
  })

  const write = async (path: string, who: string, body: Json, status: number, id?: string): Promise<Answered['body']> => {
    const answer = await post(`/api/v1${path.replace('{id}', id ?? '')}`, who, body)
    held(DESCRIBED[path]!.POST!.answer, answer, status)
    return answer.body
  }

  test('asking for clarification, replying, finding that insufficient, showing it, calling a meeting, recording it and closing', async () => {
    const { clarification: { id } } = await write('/clarifications', 'ba-submitter', QUESTION, 201)
    const act = (what: string, who: string, body: Json = {}) => write(`/clarifications/{id}/${what}`, who, body, 200, id)
    await act('reply', 'hr-approver', { answers: { aim: 'A check.', units: { withheld: 'force protection' } }, words: 'It ends on Friday.' })
    await act('insufficient', 'ba-submitter', { words: 'Which units?' })
    await act('show', 'ba-submitter')
    await act('meeting', 'ba-approver')
    await act('held', 'hr-submitter', { words: 'By video.' })
    await act('close', 'ba-submitter', { outcome: 'explained_at_meeting', words: 'They have left.' })
    held(DESCRIBED['/clarifications/{id}']!.GET!.answer, await get(`/api/v1/clarifications/${id}`, 'me-submitter'), 200)
    held(DESCRIBED['/clarifications']!.GET!.answer, await get('/api/v1/clarifications?state=closed&participant=BA', 'me-submitter'), 200)
  })

  test('filing, previewing, returning, approving, amending, verifying, acknowledging and withdrawing', async () => {
    held(PreviewAnswer, await post('/api/v1/filings?dryRun=true', 'rs-submitter', acquisition('RS')), 200)
    held(PreviewAnswer, await post('/api/v1/filings?dryRun=true', 'rs-submitter', acquisition('RS', { quantity: -1 })), 200)
    const sent = await write('/filings', 'rs-submitter', acquisition('RS'), 201)
    await write('/filings/{id}/return', 'rs-approver', { remark: 'The value is missing its basis.' }, 200, sent.filing.id)
    const again = await write('/filings', 'rs-submitter', acquisition('RS'), 201)
    const released = await write('/filings/{id}/approve', 'rs-approver', {}, 200, again.filing.id)
    const told = (await get('/api/v1/alerts', 'hr-submitter')).body.items.find((item: { filing: string }) => item.filing === released.filing.id)
    const acknowledged = await write('/alerts/{id}/acknowledge', 'hr-submitter', {}, 200, told.id)
    expect(acknowledged).toMatchObject({ filing: released.filing.id, addressee: 'HR' })
    expect((await get('/api/v1/alerts?acknowledged=true', 'hr-submitter')).body.items.map(({ id }: { id: string }) => id)).toContain(told.id)
    await write('/filings/{id}/verify', 'verifier1', { decision: 'verified' }, 200, released.filing.id)
    const amendment = await write('/filings', 'al-submitter', acquisition('AL'), 201)
    const amended = await write('/filings/{id}/amend', 'al-submitter', { payload: { ...RAFALE, quantity: 10 }, reason: 'Two options were not taken.' }, 201, amendment.filing.id)
    await write('/filings/{id}/withdraw', 'al-submitter', { reason: 'The contract was cancelled.' }, 200, amended.filing.id)
  })
})

test('observing: answering once under a key, naming, writing, joining and commenting, each as the description says', async () => {
  const held = (schema: z.ZodType, { status, body }: Answered): Answered['body'] => {
    expect({ status, problems: schema.safeParse(body).error?.issues }).toEqual({ status: 200, problems: undefined })
    return body
  }
  const today = new Date().toISOString().slice(0, 10)
  const begins = exerciseOf('ME', ['AL', 'MK'], { name: 'Durmitor 26', startsOn: today, endsOn: today, lateReason: 'The range was free.', observers: { replyBy: today } })
  const { id } = (await post('/api/v1/filings', 'me-submitter', begins)).body.filing
  const accepts = { answer: 'accepted', observers: [{ name: 'Ana Kola', function: 'Major' }] }
  const once = { headers: { 'idempotency-key': 'observers-of-durmitor' } }
  const answered = held(AnsweredShape, await post(`/api/v1/filings/${id}/invitation`, 'al-submitter', accepts, once))
  expect(held(AnsweredShape, await post(`/api/v1/filings/${id}/invitation`, 'al-submitter', accepts, once))).toEqual(answered)
  expectProblem(await post(`/api/v1/filings/${id}/invitation`, 'al-submitter', { answer: 'declined' }, once), 422, 'invalid')
  expect(pointers(await post(`/api/v1/filings/${id}/invitation`, 'mk-submitter', { answer: 'accepted', observers: [{ name: 'Ana Kola' }] }))).toEqual(['/observers/0/function'])
  held(AnsweredShape, await post(`/api/v1/filings/${id}/invitation`, 'mk-submitter', { answer: 'accepted' }))
  expectProblem(await post(`/api/v1/filings/${id}/invitation`, 'hr-submitter', accepts), 404, 'not_found')
  const note = held(Noted, await post(`/api/v1/filings/${id}/notes`, 'al-submitter', { words: 'As notified.' }))
  held(Noted, await post(`/api/v1/notes/${note.id}/join`, 'mk-submitter', {}))
  expectProblem(await post(`/api/v1/notes/${note.id}/join`, 'mk-submitter', {}), 409, 'conflict')
  held(Noted, await post(`/api/v1/notes/${note.id}/comment`, 'me-submitter', { words: 'We thank the observers.' }))
  for (const [who, names] of [['me-submitter', accepts.observers], ['al-submitter', accepts.observers], ['mk-submitter', null], ['verifier1', null]] as const) {
    const seen = held(Observation, await get(`/api/v1/filings/${id}/observation`, who))
    expect(seen.replies.map((reply: { names: unknown }) => reply.names)).toEqual([names, null])
  }
  const mine = held(listOf(InvitationItem), await get('/api/v1/invitations?participant=AL&as=invited&open=false', 'al-submitter'))
  expect(mine.items).toMatchObject([{ filing: { id }, standing: 'accepted', named: 1 }])
  expectProblem(await get('/api/v1/invitations?open=perhaps', 'al-submitter'), 422, 'invalid')
})

describe('a preview', () => {
  test('says what the filing would say, stores nothing, and is for who may file', async () => {
    const total = async () => (await get('/api/v1/filings?limit=1')).body.total as number
    const before = await total()
    const previewed = (await post('/api/v1/filings?dryRun=true', 'me-submitter', acquisition('ME'))).body
    expect(await total()).toBe(before)
    const { alerts } = (await post('/api/v1/filings', 'me-submitter', acquisition('ME'))).body
    const shape = (list: { rule: string; explanation: string; recipients: string[] }[]) => list.map(({ rule, explanation, recipients }) => ({ rule, explanation, recipients }))
    expect(shape(previewed.alerts)).toEqual(shape(alerts))
    expect(previewed).toMatchObject({ valid: true, problems: [], summary: '12 Rafale F3-R from France, contracted' })
    expectProblem(await post('/api/v1/filings?dryRun=true', 'observer', acquisition('ME')), 403, 'forbidden')
    expectProblem(await post('/api/v1/filings?dryRun=true', 'me-submitter', acquisition('RS')), 403, 'forbidden')
  })

  test('tells every problem in its place, and refuses what filing refuses', async () => {
    const { status, body } = await post('/api/v1/filings?dryRun=true', 'al-submitter', acquisition('AL', { quantity: -1, mode: 'theft' }))
    expect({ status, valid: body.valid, pointers: body.problems.map(({ pointer }: { pointer: string }) => pointer).toSorted() })
      .toEqual({ status: 200, valid: false, pointers: ['/payload/mode', '/payload/quantity'] })
    expectProblem(await post('/api/v1/filings?dryRun=true', 'al-submitter', { ...acquisition('AL'), action: 'amend' }), 422, 'invalid')
    expectProblem(await post('/api/v1/filings?dryRun=perhaps', 'al-submitter', acquisition('AL')), 422, 'invalid')
  })
})
