import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParticipantCode } from '../lib/participants/rules.ts'
import type { CategoryCode } from '../lib/taxonomy/rules.ts'

/** The standard rows as the generator writes them, one type a file. */
export type Declaration = { id: number; party: string; year: number; status: string; verification: string; filed_at: string; note: string }
export type HoldingLine = {
  id: number; declaration: number; party: string; year: number; category: string; line_no: number; designation: string
  unit: string; site: string; quantity: number; status: string
}
export type Acquisition = {
  id: number; party: string; category: string; designation: string; quantity: number; supplier: string; contract_date: string
  delivery_year: number; value_keur: number; status: string; verification: string; note: string
}
export type Neighbour = { id: number; party: string; neighbour: string }
export type StandardRows = { declarations: Declaration[]; lines: HoldingLine[]; acquisitions: Acquisition[]; neighbours: Neighbour[] }

const PARTICIPANT_OF: Record<string, ParticipantCode> = { ALB: 'AL', BIH: 'BA', HRV: 'HR', MKD: 'MK', MNE: 'ME', SRB: 'RS', XKX: 'XK' }
const CATEGORY_OF: Record<string, CategoryCode> = { I: 'I', II: 'II', III: 'III', IV: 'IVa', V: 'Va', VI: 'VI', VII: 'VIIa', VIII: 'SALW' }

export const participantOf = (party: string): ParticipantCode => PARTICIPANT_OF[party]!
export const categoryOf = (category: string): CategoryCode => CATEGORY_OF[category]!
export const STANDARD_CATEGORIES = Object.keys(CATEGORY_OF)

/** Generates the rows, which the generator compares byte by byte with the reference sums. Exercises are left: not yet a kind of filing. */
export const standardRows = (): StandardRows => {
  const folder = mkdtempSync(join(tmpdir(), 'batp-bench-rows-'))
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'data/gen.mjs'), folder, '--check'], { stdio: 'pipe' })
    const read = <T>(name: string): T[] => readFileSync(join(folder, `${name}.ndjson`), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as T)
    return { declarations: read('declarations'), lines: read('holding_lines'), acquisitions: read('acquisitions'), neighbours: read('neighbours') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
