import { setImmediate } from 'node:timers/promises'
import type { VerifierKey } from '../log/note.ts'
import type { LogStore } from '../log/store.ts'
import type { Reading } from '../log/publish.ts'
import { checkFacts } from './check-facts.ts'
import { checkLog } from './check-log.ts'
import { checkProjections } from './check-projections.ts'
import type { Finding } from './finding.ts'
import { rangesOfFilings, type Memory } from './remembered.ts'

export type Checked = { entries: number; findings: Finding[] }

/**
 * The whole register against itself: every payload to its commitment, every act to its entry of the log and back, every node, tile and
 * checkpoint, every table made for reading to what was filed. Reads in small steps, so that filing goes on meanwhile; what is filed
 * after it began is left to the next check. With a memory only what is new or changed since it was filled is verified again.
 */
export const checkRegister = async (question: { read: Reading; key: VerifierKey | null; store: LogStore | null; memory?: Memory }): Promise<Checked> => {
  const { read, memory } = question
  const pause = () => setImmediate() as Promise<void>
  const { size, findings } = await checkLog({ ...question, pause })
  const parts = { read, memory, ranges: await rangesOfFilings(read), pause }
  return { entries: size, findings: [...findings, ...await checkFacts({ ...parts, size }), ...await checkProjections(parts)] }
}
