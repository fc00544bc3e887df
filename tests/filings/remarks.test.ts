import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { returnFiling, saveDraft, submitDraft } from '../../lib/filings/commands.ts'
import { getDraft, getFilingText } from '../../lib/filings/queries.ts'
import { placesNow, remarksIn } from '../../lib/filings/remarks.ts'
import { rows } from '../../lib/db/client.ts'
import { sql } from 'drizzle-orm'
import { codeOf, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { holdings } from '../support/factories.ts'
import type { Json } from '../../lib/log/canonical.ts'

const register = useRegister()
const line = (type: string, inService: Json = 1, more = {}) => ({ category: 'I', type, inService, inStorage: 0, ...more })
const kind = 'declaration.holdings' as const
const sent = async () => {
  const id = randomUUID()
  await saveDraft(as('rs-submitter'), { id, kind, payload: holdings(), revision: 0 })
  await submitDraft(as('rs-submitter'), { id, revision: 1 })
  return id
}

describe('an approver returns single lines', () => {
  test('with remarks that the drafter reads beside the one on the whole, until the draft is sent again', async () => {
    const id = await sent()
    const remarks = [{ at: '/lines/1/inService', remark: 'Eleven? The roll says ten.' }, { at: '/asOf', remark: 'Is it this year’s?' }]
    const answer = await returnFiling(as('rs-approver'), { id, remark: 'Two things.', remarks })
    expect(answer).toMatchObject({ filing: { status: 'returned' }, remarks })
    const draft = await getDraft(as('rs-submitter'), { id })
    expect(draft).toMatchObject({ remark: 'Two things.', remarks: [{ ...remarks[0], now: '/lines/1/inService', was: { type: 'MiG-29', inService: 11 } }, { ...remarks[1], now: '/asOf', was: '2026-01-01' }] })
    expect((await getFilingText(as('rs-submitter'), { id })).head).toMatchObject({ remark: 'Two things.', remarks: draft.remarks.map(({ now: _now, ...stored }) => stored) })
    const [event] = await rows<{ detail: Json }>(register().owner, sql`select detail from audit_events where type = 'filing.return' and subject = ${id}`)
    expect(event!.detail).toEqual({ remark: 'Two things.', remarks })

    const { revision } = await saveDraft(as('rs-submitter'), { id, kind, payload: draft.payload, revision: draft.revision })
    expect((await getDraft(as('rs-submitter'), { id })).remarks).toHaveLength(2)
    await submitDraft(as('rs-submitter'), { id, revision })
    expect(await getDraft(as('rs-approver'), { id })).toMatchObject({ status: 'awaiting_approval', remark: null, remarks: [] })
  })

  test('only at places that are in what was sent, each once', async () => {
    const id = await sent()
    const back = (remarks: { at: string; remark: string }[]) => returnFiling(as('rs-approver'), { id, remark: 'See the lines.', remarks })
    expect(await refusalOf(back([{ at: '/lines/0', remark: 'Fine.' }, { at: '/lines/2', remark: 'Which?' }]))).toMatchObject({
      code: 'invalid', fields: [{ pointer: '/remarks/1/at', message: expect.stringContaining('“/lines/2” leads to nothing') }],
    })
    for (const at of ['/lines/01', '/lines/-', '/lines/length', '/lines/0/__proto__', '/toString', '/remark', '/lines/0/type/0'])
      expect((await refusalOf(back([{ at, remark: 'Which?' }]))).fields.map(({ pointer }) => pointer), at).toEqual(['/remarks/0/at'])
    expect((await refusalOf(back([{ at: '/lines/0', remark: 'One.' }, { at: '/lines/0', remark: 'Two.' }]))).fields).toMatchObject([{ pointer: '/remarks/1/at' }])
    expect((await refusalOf(back([{ at: 'lines/0', remark: 'x' }, { at: '/asOf', remark: ' ' }, { at: '/nil', remark: 'a'.repeat(501) }]))).fields.map(({ pointer }) => pointer))
      .toEqual(['/remarks/0/at', '/remarks/1/remark', '/remarks/2/remark'])
    expect((await refusalOf(back(Array.from({ length: 201 }, () => ({ at: '/asOf', remark: 'x' }))))).fields[0]!.pointer).toBe('/remarks')
    expect(await getDraft(as('rs-submitter'), { id })).toMatchObject({ status: 'awaiting_approval', remarks: [] })
  })

  test('of their own participant, as with any draft', async () => {
    expect(await codeOf(returnFiling(as('hr-approver'), { id: await sent(), remark: 'Mine.', remarks: [{ at: '/asOf', remark: 'x' }] }))).toBe('not_found')
  })
})

describe('while the draft is corrected, a remark stays with its line', () => {
  const before = { lines: [line('M-84'), line('T-55', 7), line('T-72', 3, { unit: '1st Brigade' }), line('T-72', 3, { unit: '2nd Brigade' })], asOf: '2026-01-01' }
  const now = (at: string, lines: Json[]) => placesNow({ ...before, lines }, remarksIn(before, [{ at, remark: 'x' }]))[0]

  test.each([
    ['nothing changed', '/lines/1', before.lines, '/lines/1'],
    ['its figure is corrected', '/lines/1/inService', [line('M-84'), line('T-55', 8)], '/lines/1/inService'],
    ['its type is corrected', '/lines/1', [line('M-84'), line('T-55A', 7)], '/lines/1'],
    ['a line is put above it', '/lines/1', [line('M-84'), line('M-95'), line('T-55', 7)], '/lines/2'],
    ['the line above it is deleted, and its figure corrected', '/lines/1', [line('T-55', 9), line('T-72', 3)], '/lines/0'],
    ['it is deleted', '/lines/1', [line('M-84'), line('T-72', 3)], null],
    ['all lines are', '/lines/1', [], null],
    ['of two of one type it is the second', '/lines/3', [line('M-95'), ...before.lines], '/lines/4'],
  ])('%s', (_, at, lines, expected) => expect(now(at, lines)).toBe(expected))

  test('and one on a field with its field', () => expect(now('/asOf', [])).toBe('/asOf'))

  test('among 20,000 lines within a second', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => line(`Type ${index}`, index))
    const remarks = remarksIn({ lines }, Array.from({ length: 200 }, (_, index) => ({ at: `/lines/${index * 90}`, remark: 'x' })))
    const started = performance.now()
    expect(placesNow({ lines: [line('New'), ...lines] }, remarks)[199]).toBe(`/lines/${199 * 90 + 1}`)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
