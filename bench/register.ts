import { sql } from 'drizzle-orm'
import type { Context } from '../lib/auth/guard.ts'
import { PUBLIC_VIEWER } from '../lib/auth/policy.ts'
import { rows, type Connection, type Tx } from '../lib/db/client.ts'
import { submitFiling } from '../lib/filings/commands.ts'
import type { Json } from '../lib/log/canonical.ts'
import { appendLeaves } from '../lib/log/append.ts'
import type { Leaf } from '../lib/log/leaf.ts'
import type { KindName } from '../lib/filings/kinds/registry.ts'
import type { ParticipantCode } from '../lib/participants/rules.ts'
import { categoryOf, participantOf, type Acquisition, type Declaration, type HoldingLine, type StandardRows } from './rows.ts'

type Filing = { kind: KindName; participant: ParticipantCode; filedAt: string; payload: Record<string, Json> }

const SUPPLIERS: Record<string, string> = { 'Supplier A': 'FR', 'Supplier B': 'DE', 'Supplier C': 'US', 'Supplier D': 'TR', 'Supplier E': 'IT' }
const COMPILED = { source: 'Standard rows of the benchmark' }

/** What is not active is in storage, so that a category's total is the sum of its lines' quantities. Number and status stay as the remark. */
const lineOf = ({ category, designation, quantity, status, unit, site, line_no }: HoldingLine): Record<string, Json> => ({
  category: categoryOf(category), type: designation, inService: status === 'active' ? quantity : 0, inStorage: status === 'active' ? 0 : quantity,
  unit, site, remark: `Line ${line_no}, ${status}`,
})

const declarationFiling = ({ party, year, filed_at, note }: Declaration, lines: HoldingLine[]): Filing => ({
  kind: 'declaration.holdings', participant: participantOf(party), filedAt: filed_at,
  payload: { asOf: `${year}-12-31`, lines: lines.map(lineOf), nil: [], remark: note, compiled: COMPILED },
})

const acquisitionFiling = (row: Acquisition): Filing => ({
  kind: 'notification.acquisition', participant: participantOf(row.party), filedAt: `${row.contract_date}T12:00:00Z`,
  payload: {
    stage: 'contracted', category: categoryOf(row.category), type: row.designation, quantity: row.quantity,
    supplier: SUPPLIERS[row.supplier] ?? participantOf(row.party), mode: row.supplier === 'Domestic' ? 'national_production' : 'purchase',
    signedOn: row.contract_date, deliveries: { from: Number(row.contract_date.slice(0, 4)), to: row.delivery_year },
    value: { amount: row.value_keur * 1000, currency: 'EUR' }, effect: 'adds', purpose: row.note, compiled: COMPILED,
  },
})

const filingsFrom = ({ declarations, lines, acquisitions }: StandardRows): Filing[] => {
  const linesOf = Map.groupBy(lines, (line) => line.declaration)
  return [...declarations.map((row) => declarationFiling(row, linesOf.get(row.id)!)), ...acquisitions.map(acquisitionFiling)]
    .toSorted((a, b) => a.filedAt.localeCompare(b.filedAt))
}

type Submitter = { id: string; participant: ParticipantCode; name: string; affiliation: string }

const contextOf = (db: Tx, submitter: Submitter, filedAt: string, revision: number): Context => ({
  db, now: new Date(filedAt), requestId: 'bench-load', ip: null, historic: true, revision, leaves: [], log: null,
  viewer: { ...PUBLIC_VIEWER, role: 'submitter', participant: submitter.participant, userId: submitter.id, name: submitter.name, affiliation: submitter.affiliation },
})

const TOGETHER = 250

/**
 * Files the standard rows in the order of their dates, as history is filed: every row is judged, numbered, committed to, projected
 * and alerts on it are issued by the platform's own code. Only the guard is left out, so that 250 filings share a transaction.
 */
export const loadRegister = async (connection: Connection, standard: StandardRows): Promise<number> => {
  const found = await rows<Submitter>(connection.owner, sql`select id, participant, name, affiliation from users where role = 'submitter'`)
  const submitters = new Map(found.map((submitter) => [submitter.participant, submitter]))
  const [state] = await rows<{ revision: number }>(connection.owner, sql`select revision::int from reference_state`)
  const filings = filingsFrom(standard)
  for (let from = 0; from < filings.length; from += TOGETHER) {
    await connection.transaction('owner', async (tx) => {
      const leaves: Leaf[] = []
      for (const { kind, participant, filedAt, payload } of filings.slice(from, from + TOGETHER)) {
        const ctx = contextOf(tx, submitters.get(participant)!, filedAt, state!.revision)
        await submitFiling.run(ctx, { kind, participant, payload })
        leaves.push(...ctx.leaves)
      }
      await appendLeaves(tx, leaves)
    })
  }
  await connection.owner.execute(sql`analyze`)
  return filings.length
}
