import { sql } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import { leafData, type Leaf } from './leaf.ts'

/**
 * Appends leaves in the caller's transaction, last of all in it, since the log's head stays locked until it ends. Answers the index
 * of the first. If the transaction is undone, so are the leaves, and their indices go to others.
 */
export const appendLeaves = async (tx: Tx, leaves: readonly Leaf[]): Promise<number> => {
  const [row] = await rows<{ first_index: string | number }>(tx, sql`
    select app.append_leaves(array(select jsonb_array_elements_text(${JSON.stringify(leaves.map(leafData))}::jsonb))) as first_index`)
  return Number(row!.first_index)
}
