import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../../lib/auth/guard.ts'
import { rows, useDatabase } from '../../lib/db/client.ts'
import { amendFiling, approveFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { forgetQueue } from '../../lib/jobs/queue.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an, holdings } from '../support/factories.ts'
import { breakingAt, isInjected, type Fault } from '../support/faults.ts'

const register = useRegister()
const useSound = () => useDatabase(Promise.resolve(register()))
beforeAll(async () => {
  await filed(an.acquisition('AL'))
})
afterEach(useSound)

const TABLES = [
  'drafts',
  'numbers',
  'filings',
  'filing_payloads',
  'filing_views',
  'entries',
  'holding_lines',
  'holding_totals',
  'known_types',
  'verifications',
  'alerts',
  'notices',
  'deliveries',
  'audit_events',
  'idempotency_keys',
  'pgboss.job',
]

/** A digest of every table that a filing writes: equal before and after means that nothing at all was stored. */
const everything = async (): Promise<string> => {
  const parts = TABLES.map((table) =>
    sql.raw(
      `select '${table}' as t, count(*)::int as n, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as digest from ${table} x`,
    ),
  )
  return JSON.stringify(await rows(register().owner, sql.join(parts, sql` union all `)))
}

/** Breaks `work` at every statement in turn until it comes through; returns how many statements it has. */
const breakEverywhere = async (when: Fault['when'], work: () => Promise<unknown>): Promise<number> => {
  for (let statement = 1; statement < 200; statement += 1) {
    const before = await everything()
    const breaking = breakingAt(register(), { statement, when })
    useDatabase(Promise.resolve(breaking))
    const failure = await work().then(
      () => null,
      (error: unknown) => error,
    )
    if (!breaking.reached()) {
      expect(failure).toBeNull()
      expect(await everything()).not.toBe(before)
      return statement - 1
    }
    expect(isInjected(failure), `at statement ${statement}: ${String(failure)}`).toBe(true)
    await setTimeout(20)
    expect(await everything(), `after a fault ${when} statement ${statement}`).toBe(before)
  }
  throw new Error('never came through')
}

const withKey = (who: string): Caller => as(who, { idempotencyKey: randomUUID() })

let declared = 0
/** A date that no other declaration of these tests states. */
const nextDate = (): string => `${2025 - (declared += 1)}-01-01`

const ACTS: [string, () => Promise<() => Promise<unknown>>][] = [
  ['an acquisition', async () => () => submitFiling(withKey('me-submitter'), an.acquisition('ME') as never)],
  ['a declaration', async () => {
    const asOf = nextDate()
    return () => submitFiling(withKey('me-submitter'), an.holdings('ME', { asOf }) as never)
  }],
  ['a submission that waits for approval', async () => () => submitFiling(withKey('rs-submitter'), an.acquisition('RS') as never)],
  [
    'a release',
    async () => {
      const { filing } = await submitFiling(as('rs-submitter'), an.acquisition('RS') as never)
      return () => approveFiling(withKey('rs-approver'), { id: filing.id })
    },
  ],
  [
    'an amended declaration',
    async () => {
      const asOf = nextDate()
      const { filing } = await filed(an.holdings('BA', { asOf }))
      return () => amendFiling(withKey('ba-submitter'), { id: filing.id, payload: holdings({ asOf, nil: [] }), reason: 'Nothing is nil.' })
    },
  ],
  [
    'a withdrawal',
    async () => {
      const { filing } = await filed(an.holdings('BA', { asOf: nextDate() }))
      return () => withdrawFiling(withKey('ba-submitter'), { id: filing.id, reason: 'Filed twice.' })
    },
  ],
  [
    'a signature',
    async () => {
      const { filing } = await filed({ ...an.acquisition('BA'), payload: acquisition({ quantity: 1 }) })
      return () => signVerification(withKey('verifier1'), { id: filing.id, decision: 'verified' })
    },
  ],
]

describe.each(['before', 'after'] as const)('a crash %s any statement', (when) => {
  test.each(ACTS)(
    'leaves nothing of %s behind',
    async (_what, prepare) => {
      expect(await breakEverywhere(when, await prepare())).toBeGreaterThan(3)
    },
    120_000,
  )
})

test('a crash while the queue starts leaves no job without its filing', async () => {
  const tally = async () =>
    (
      await rows<{ filings: number; jobs: number }>(
        register().owner,
        sql`
    select (select count(*)::int from filings) as filings, (select count(*)::int from pgboss.job) as jobs`,
      )
    )[0]!
  for (let statement = 1, reached = true; reached; statement += 1) {
    const before = await tally()
    forgetQueue()
    const breaking = breakingAt(register(), { statement, when: 'before' })
    useDatabase(Promise.resolve(breaking))
    await submitFiling(as('me-submitter'), an.acquisition('ME') as never).catch(() => {})
    reached = breaking.reached()
    await setTimeout(20)
    const after = await tally()
    expect(after.jobs - before.jobs, `at statement ${statement}`).toBe(after.filings - before.filings)
  }
  expect((await tally()).filings).toBeGreaterThan(0)
}, 60_000)
