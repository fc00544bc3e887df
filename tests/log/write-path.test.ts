import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { listNotices } from '../../lib/alerts/queries.ts'
import { rows } from '../../lib/db/client.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { parseVkey } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { checkReceipt } from '../../lib/log/receipt.ts'
import { utf8 } from '../../lib/log/encoding.ts'
import { openedLog } from '../../lib/log/publish.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'

useLog()
const register = useRegister()

type Row = { index: number; data: string }
const leaves = () => rows<Row>(register().owner, sql`select index::int, data from log_leaves order by index`)

describe('a filing', () => {
  test('is answered with a receipt that anyone’s verifier accepts', async () => {
    const { filing, receipt } = await filed(an.acquisition('ME'))
    expect(receipt!.index).toBeTypeOf('number')
    const leaf = (await leaves()).find(({ index }) => index === receipt!.index)!
    expect(JSON.parse(leaf.data)).toEqual({ type: 'filing.filed', id: filing.id, participant: 'ME', at: filing.filedAt, commitment: receipt!.commitment })
    const logKey = await parseVkey(readLogKey()!.vkey, nodePrimitives)
    const checked = await checkReceipt({ leafData: utf8(leaf.data), proofText: receipt!.proof!, logKey, witnessKeys: [], primitives: nodePrimitives })
    expect(checked.steps.filter(({ ok }) => ok === false)).toEqual([])
    expect((await openedLog())!.refused).toBeNull()
  })

  test('sent again under its key gives the same receipt, and one leaf', async () => {
    const key = { idempotencyKey: 'once' }
    const first = await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)
    await filed(an.acquisition('AL'))
    const size = (await leaves()).length
    expect(await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)).toEqual(first)
    expect(await leaves()).toHaveLength(size)
  })

  test('sent twice at once under its key is answered the same twice: the second waits for the signature too', async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = { idempotencyKey: `twice-${round}` }
      const answers = await Promise.all([1, 2, 3].map(() => submitFiling(as('me-submitter', key), an.acquisition('ME') as never)))
      expect(answers[0]!.receipt!.proof).not.toBeNull()
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, `round ${round}`).toBe(1)
    }
  })

  test('tells each addressee in a leaf of its own, and their acknowledgement is another', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    const { items } = await listNotices(as('hr-submitter'), {} as never)
    const mine = items.find((notice) => notice.filingId === filing.id)!
    await acknowledgeAlert(as('hr-submitter'), { id: mine.id })
    const types = (await leaves()).map(({ data }) => JSON.parse(data) as { type: string; id: string; participant: string }).filter(({ id }) => id === mine.id)
    expect(types).toMatchObject([{ type: 'alert.issued', participant: 'HR' }, { type: 'alert.acknowledged', participant: 'HR' }])
  })
})

test('all of it holds when it is checked', async () => {
  expect(await checkAll(register())).toEqual({ entries: (await leaves()).length, findings: [] })
})
