import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import type { Json } from '../../lib/log/canonical.ts'
import { useRegister } from '../support/db.ts'
import { acquisition, disposal, holdings, post, type Answered } from './support.ts'

const register = useRegister()
/** In full on PostgreSQL, where it is quicker. */
const BODIES = process.env.BATP_TEST_DATABASE_URL ? 10_000 : 3_000

/** What people and programs put where it does not belong. */
const STRANGE: Json[] = [
  null, true, -1, 0, 1.5, 1e21, 9_999_999, 10_000_001, 2_147_483_648, Number.MAX_SAFE_INTEGER, '', ' ', '0', '12', 'IVz', 'I', 'S4', 'none', 'XK', 'ZZ', 'fr', 'RS', 'purchase',
  '2024-02-30', '0000-00-00', '9999-12-31', '1899-12-31', '2024', '2024-08-29T00:00:00Z', '=1+1', "'; drop table filings; --", '<img src=x onerror=alert(1)>', '\u202Eabc',
  '𝒯'.repeat(40), 'a'.repeat(5000), '\t\r\n', '\u0001', 'Kosovo*', '00000000-0000-4000-8000-000000000000', [], [[]], {}, { withheld: '' }, { withheld: 'commercial' }, { withheld: 5 },
  { amount: -1, currency: 'EUR' }, { amount: 1e13, currency: 'EUR' }, { amount: 5 }, { from: 2029, to: 2028 }, { from: 1e9, to: 2 }, ['VI', 'VI'], ['I'], [null], { toString: 1 }, { constructor: {} },
]
const value: fc.Arbitrary<Json> = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...STRANGE) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json> })
const wellMeant: fc.Arbitrary<Json> = fc.constantFrom<Json>(1, 7, 12, 240, 9_999_999, 'T-72', 'Rafale F3-R', 'IVa', 'I', 'II', 'VI', 'E1', 'contracted', 'planned', 'incorporated', '2024-03-01', '2025-01-01', 'lease', 'FR')

type Path = (string | number)[]
const pathsOf = (json: Json, path: Path = []): Path[] =>
  typeof json === 'object' && json !== null ? [path, ...Object.entries(json).flatMap(([key, child]) => pathsOf(child, [...path, Array.isArray(json) ? Number(key) : key]))] : [path]

type Change = { at: number; what: 'replace' | 'remove' | 'add' | 'mean'; value: Json; name: string }
const changed = (json: Json, { at, what, value: put, name }: Change): Json => {
  const paths = pathsOf(json)
  const path = paths[at % paths.length]!
  const copy = structuredClone(json)
  if (path.length === 0) return what === 'add' && typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? { ...copy, [name]: put } : copy
  let parent = copy as Record<string | number, Json>
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, Json>
  const last = path.at(-1)!
  if (what === 'remove') delete parent[last]
  else if (what === 'add' && !Array.isArray(parent)) parent[name] = put
  else parent[last] = put
  return copy
}

const base = fc.constantFrom<Json>(acquisition('AL'), disposal('AL'), holdings('AL'), acquisition('RS'))
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ at: fc.nat(60), what: fc.constantFrom('replace', 'remove', 'add'), value, name: fc.constantFrom('verified', 'status', 'participant', 'id', 'role', 'toString', 'compiled', 'previous', '') }),
  fc.record({ at: fc.nat(60), what: fc.constant('mean'), value: wellMeant, name: fc.constant('') }),
) as fc.Arbitrary<Change>
const near = fc.tuple(base, fc.array(change, { maxLength: 3 })).map(([json, changes]) => JSON.stringify(changes.reduce(changed, json)))
/** Bytes of a good body with some cut out, put twice or swapped: most are no JSON. */
const torn = fc.tuple(near, fc.nat(), fc.nat(40), fc.constantFrom('', '"', '}', '\\', ',', '\\u0000', '[[[[', '\uFEFF', ':1e999,')).map(([text, at, length, put]) => {
  const from = at % text.length
  return text.slice(0, from) + put + text.slice(from + length)
})
const anything = fc.jsonValue({ maxDepth: 6 }).map((json) => JSON.stringify(json))
const body = fc.oneof({ weight: 12, arbitrary: near }, { weight: 4, arbitrary: torn }, { weight: 1, arbitrary: anything })

/** Whether a pointer leads into the body, or names a member that is missing from what it leads to. */
const leads = (json: Json, pointer: string): boolean => {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let at: Json | undefined = json
  return steps.every((step, index) => {
    if (typeof at !== 'object' || at === null) return false
    const isThere = Object.hasOwn(at, step)
    at = (at as Record<string, Json>)[step]
    return isThere || index === steps.length - 1
  })
}

const expectSound = (sent: string, { status, body: answer }: Answered): void => {
  expect({ sent, status }).toMatchObject({ status: expect.toSatisfy((found: number) => [200, 201, 400, 403, 404, 409, 422].includes(found)) })
  if (status !== 422 && status !== 200) return
  const problems = (status === 200 ? answer.problems : (answer.errors ?? [])) as { pointer: string; detail: string }[]
  const json = JSON.parse(sent) as Json
  for (const { pointer, detail } of problems) {
    expect({ sent, pointer, leads: leads(json, pointer) }).toMatchObject({ leads: true })
    expect(detail.length).toBeGreaterThan(3)
  }
}

const COUNTED = ['filings', 'filing_payloads', 'drafts', 'entries', 'alerts', 'notices', 'deliveries', 'holding_lines', 'known_types'] as const
const count = async (): Promise<Record<string, number>> => {
  const [found] = await rows<Record<string, number>>(register().owner, sql.raw(`select ${COUNTED.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`))
  return found!
}

test(`${BODIES} generated bodies: answered with 2xx or 4xx for less than 2 s of work each, every problem in its place, and nothing half stored`, async () => {
  // The first request loads the route.
  await post('/api/v1/filings?dryRun=true', 'al-submitter', acquisition('AL'))
  const before = await count()
  const answered = new Map<number, number>()
  const stored = { filed: 0, awaiting: 0 }
  let isPreview = false
  await fc.assert(fc.asyncProperty(body, fc.constantFrom('al', 'rs'), async (sent, who) => {
    isPreview = !isPreview
    const started = process.cpuUsage()
    const answer = await post(`/api/v1/filings${isPreview ? '?dryRun=true' : ''}`, `${who}-submitter`, undefined, { raw: sent })
    const { user, system } = process.cpuUsage(started)
    expect(user + system).toBeLessThan(2_000_000)
    expectSound(sent, answer)
    answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1)
    if (answer.status === 201) stored[answer.body.filing.status === 'filed' ? 'filed' : 'awaiting'] += 1
  }), { numRuns: BODIES, seed: 20_261_117, endOnFailure: true })
  const after = await count()
  expect(after.filings! - before.filings!).toBe(stored.filed)
  expect(after.filing_payloads).toBe(after.filings)
  expect(after.drafts! - before.drafts!).toBe(stored.awaiting)
  expect(after.entries! - before.entries!).toBe(stored.filed)
  const [stray] = await rows<{ alerts: number; notices: number; lines: number }>(register().owner, sql`
    select (select count(*)::int from alerts where filing_id not in (select id from filings)) as alerts,
           (select count(*)::int from notices n where not exists (select 1 from deliveries d where d.notice_id = n.id) and not n.historic) as notices,
           (select count(*)::int from holding_lines where filing_id not in (select filing_id from entries)) as lines`)
  expect(stray).toEqual({ alerts: 0, notices: 0, lines: 0 })
  for (const status of [200, 201, 400, 403, 422]) expect(answered.get(status)).toBeGreaterThan(100)
}, 900_000)
