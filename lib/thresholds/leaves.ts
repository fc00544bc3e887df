import { sealPublic, type Leaf } from '../log/leaf.ts'
import type { Json } from '../log/canonical.ts'

export type StoredRule = { id: string; version: number; validFrom: string } & Record<string, unknown>
export type StoredCeiling = { participant: string; category: string; validFrom: string } & Record<string, unknown>

const at = (day: string): string => `${day}T00:00:00.000Z`

/** A rule's version in force, whole: everyone may read it, so no salt hides it. `at` is the day from which it holds. */
export const ruleLeaf = (rule: StoredRule): Leaf =>
  ({ type: 'rule.in_force', id: `${rule.id}/${rule.version}`, participant: null, at: at(rule.validFrom), commitment: sealPublic(rule as Json) })

export const ceilingLeaf = (row: StoredCeiling): Leaf => ({
  type: 'ceiling.in_force', id: `${row.participant}/${row.category}/${row.validFrom}`, participant: row.participant, at: at(row.validFrom),
  commitment: sealPublic(row as Json),
})
