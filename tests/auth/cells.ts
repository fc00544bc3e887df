import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { POLICY, type Permission } from '../../lib/auth/policy.ts'
import type { Caller } from '../../lib/auth/guard.ts'
import { OPERATIONS, type Outcome } from './operations.ts'
import { PEOPLE, type Person } from './people.ts'

export type Operation = ((caller: Caller, input: unknown) => Promise<unknown>) & {
  operation: 'command' | 'query'
  permission: Permission
  operationName: string
}

/** Whatever lib/<noun>/queries.ts and commands.ts export as functions, by name. */
export const exportedFunctions = async (): Promise<Map<string, Operation>> => {
  const files = globSync('lib/**/{queries,commands}.ts').toSorted()
  const modules = await Promise.all(files.map((file) => import(resolve(file)) as Promise<Record<string, unknown>>))
  return new Map(
    modules.flatMap((module) => Object.entries(module).filter(([, value]) => typeof value === 'function')) as [string, Operation][],
  )
}

/** What `person` gets from an operation, from the policy and the table of operations; nothing is asked of the code under test. */
export const expectedOf = (name: string, person: Person): Outcome => {
  const row = OPERATIONS[name]!
  const isDead = person.session !== 'alive'
  if (isDead && person.strict) return 'unauthenticated'
  const role = isDead ? 'public' : person.role
  if (!(POLICY[row.permission] as readonly string[]).includes(role)) return role === 'public' ? 'unauthenticated' : 'forbidden'
  return row.but[person.who] ?? row[isDead ? 'other' : person.place]
}

/** The whole matrix, for tests that walk pages and API routes with the same people. */
export const cells = (): { operation: string; permission: Permission; person: Person; expected: Outcome }[] =>
  Object.entries(OPERATIONS).flatMap(([operation, { permission }]) =>
    PEOPLE.map((person) => ({ operation, permission, person, expected: expectedOf(operation, person) })),
  )
