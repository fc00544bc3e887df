import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { subscribe } from '../../lib/alerts/live.ts'
import { listFindings } from '../../lib/log/queries.ts'
import { auditOnce, type Tell } from '../../lib/proof/audit.ts'
import type { Memory } from '../../lib/proof/remembered.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { useLog } from '../support/log.ts'

useLog()
const register = useRegister()

test('the register checks itself: nothing while all is well; a change is kept, told once, and heard by every participant', async () => {
  const { filing } = await filed(an.acquisition('ME'))
  const tell = vi.fn<Tell>(() => Promise.resolve())
  const memory: Memory = new Map()
  expect(await auditOnce(register(), tell, memory)).toEqual([])
  expect(await listFindings(as(null), {})).toEqual([])

  const woken = vi.fn<() => void>()
  const leave = await subscribe(['HR'], woken)
  await register().transaction('owner', async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`update filing_payloads set payload = replace(payload, 'Rafale', 'Mirage') where filing_id = ${filing.id}::uuid`)
  })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await auditOnce(register(), tell, memory)).not.toEqual([])
  expect(tell).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(woken).toHaveBeenCalled())
  const told = await listFindings(as(null), {})
  expect(told.map(({ words }) => words).join('\n')).toContain(filing.number)

  await auditOnce(register(), tell, memory)
  expect(tell).toHaveBeenCalledTimes(1)
  expect(await listFindings(as(null), {})).toEqual(told)
  leave()
})
