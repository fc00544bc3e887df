import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { POLICY } from '../../lib/auth/policy.ts'
import { rows } from '../../lib/db/client.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { useRegister } from '../support/db.ts'
import { useLog } from '../support/log.ts'
import { expectedOf, exportedFunctions, type Operation } from './cells.ts'
import { groundOf, type Ground } from './ground.ts'
import { NOT_OPERATIONS, OPERATIONS, type Outcome } from './operations.ts'
import { PEOPLE, sessionOf, type Person } from './people.ts'

// With a log, or there would be no receipts to ask for.
useLog()
const register = useRegister()
const functions = await exportedFunctions()
const found = [...functions].filter(([, value]) => value.operation !== undefined)

type Asked = { requestId: string; outcome: Outcome; isPublic: boolean }
const asked: Asked[] = []
let ground: Ground
beforeAll(() => {
  ground = groundOf(register())
})

const ask = async (name: string, operation: Operation, person: Person): Promise<Outcome> => {
  const row = OPERATIONS[name]!
  const requestId = randomUUID()
  const input = await row.input(ground)
  const key = await row.looksFor?.(ground)
  const caller = { credential: await sessionOf(register(), person), requestId, ip: '192.0.2.1', strict: person.strict }
  let outcome: Outcome
  try {
    const answer = JSON.stringify(await operation(caller, input)) ?? ''
    outcome = key === undefined ? 'ok' : answer.includes(key) ? 'shown' : 'hidden'
    // What a command changed is not asked about again.
    if (operation.operation === 'command') ground = groundOf(register())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    outcome = error.code
  }
  asked.push({ requestId, outcome, isPublic: person.role === 'public' || person.session !== 'alive' })
  return outcome
}

describe('every operation', () => {
  test('passes the guard: what queries.ts and commands.ts export is an operation, or is listed as not being one', () => {
    expect(
      [...functions]
        .filter(([, value]) => value.operation === undefined)
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(Object.keys(NOT_OPERATIONS).toSorted())
  })

  test('is in the matrix, with the permission that it asks for', () => {
    expect(Object.fromEntries(found.map(([name, { permission }]) => [name, permission]))).toEqual(
      Object.fromEntries(Object.entries(OPERATIONS).map(([name, { permission }]) => [name, permission])),
    )
    expect(found.filter(([, { permission }]) => !(permission in POLICY))).toEqual([])
  })

  test('is recorded under a name of its own', () => {
    const names = found.map(([, { operationName }]) => operationName)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('role x operation, own and other', () => {
  test.each(found)(
    '%s',
    async (name, operation) => {
      const outcomes: Record<string, Outcome> = {}
      for (const person of PEOPLE) outcomes[person.who] = await ask(name, operation, person)
      expect(outcomes).toEqual(Object.fromEntries(PEOPLE.map((person) => [person.who, expectedOf(name, person)])))
    },
    60_000,
  )
})

describe('the audit', () => {
  const REFUSED: Outcome[] = ['unauthenticated', 'forbidden', 'not_found', 'conflict', 'rate_limited']

  test('holds one event for each refusal, but for the public asking for what is not there', async () => {
    const recorded = await rows<{ request_id: string; n: number }>(
      register().owner,
      sql`select request_id, count(*)::int as n from audit_events where outcome = 'refused' group by 1`,
    )
    const events = new Map(recorded.map(({ request_id, n }) => [request_id, n]))
    const refused = asked.filter(({ outcome, isPublic }) => REFUSED.includes(outcome) && !(outcome === 'not_found' && isPublic))
    expect(refused.length).toBeGreaterThan(200)
    expect(refused.filter(({ requestId }) => events.get(requestId) !== 1)).toEqual([])
    expect(asked.filter(({ requestId }) => events.has(requestId))).toHaveLength(refused.length)
  })

  test('holds one event for each command that was carried out, and none for one that was not', async () => {
    const recorded = await rows<{ request_id: string; n: number }>(
      register().owner,
      sql`select request_id, count(*)::int as n from audit_events where outcome = 'done' group by 1`,
    )
    const events = new Map(recorded.map(({ request_id, n }) => [request_id, n]))
    expect(asked.filter(({ outcome, requestId }) => REFUSED.includes(outcome) && events.has(requestId))).toEqual([])
    expect([...events.values()].every((n) => n === 1)).toBe(true)
  })
})
