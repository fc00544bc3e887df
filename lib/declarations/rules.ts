import { typeKey, type CategoryCode } from '../taxonomy/rules.ts'
import { totalsOf, type HoldingLine, type HoldingsPayload } from '../filings/kinds/holdings.ts'

/** What was notified since the last declaration: pieces of one type that came in (positive) or went (negative). `null`: withheld. */
export type Movement = { filing: { id: string; number: string }; category: CategoryCode; type: string; pieces: number | null; on: string }

/** What the start made of a movement: on which line, from what to what; `line` null where no line could take it, and why. */
export type Carried = Movement & { line: number | null; field: 'inService' | 'inStorage' | null; from: number | null; to: number | null; why: string | null }

export type Started = { lines: HoldingLine[]; nil: CategoryCode[]; carried: Carried[] }

const left = (movement: Movement, why: string): Carried => ({ ...movement, line: null, field: null, from: null, to: null, why })

const isSameType = (line: HoldingLine, { category, type }: Movement): boolean => line.category === category && typeKey(line.type) === typeKey(type)

/** Deliveries come into service, on the first line of their type or on one of their own. */
const takeIn = (lines: HoldingLine[], movement: Movement, pieces: number): Carried => {
  const at = lines.findIndex((line) => isSameType(line, movement) && typeof line.inService === 'number')
  if (at === -1) {
    lines.push({ category: movement.category, type: movement.type, inService: pieces, inStorage: 0 })
    return { ...movement, line: lines.length - 1, field: 'inService', from: null, to: pieces, why: null }
  }
  const line = lines[at]!
  const from = line.inService as number
  lines[at] = { ...line, inService: from + pieces }
  return { ...movement, line: at, field: 'inService', from, to: from + pieces, why: null }
}

/** Disposals are taken from storage, then from service, of one line that holds enough. */
const takeOut = (lines: HoldingLine[], movement: Movement, pieces: number): Carried => {
  for (const field of ['inStorage', 'inService'] as const) {
    const at = lines.findIndex((line) => isSameType(line, movement) && typeof line[field] === 'number' && line[field] >= pieces)
    if (at === -1) continue
    const from = lines[at]![field] as number
    lines[at] = { ...lines[at]!, [field]: from - pieces }
    return { ...movement, line: at, field, from, to: from - pieces, why: null }
  }
  const isThere = lines.some((line) => isSameType(line, movement))
  return left(movement, isThere ? 'no single line of this type states so many: enter it by hand' : 'the last declaration has no line of this type')
}

/**
 * The last declaration, carried on by what was notified since: deliveries incorporated and disposals carried out. Every change names its
 * filing, and what could not be placed is said. Lines that come to nothing stay, for the ministry to strike or to state as nil.
 */
export const startFrom = (previous: Pick<HoldingsPayload, 'lines' | 'nil'>, movements: readonly Movement[]): Started => {
  const lines = previous.lines.map((line) => ({ ...line }))
  const carried = movements.toSorted((a, b) => a.on.localeCompare(b.on) || a.filing.number.localeCompare(b.filing.number)).map((movement): Carried => {
    const { pieces } = movement
    if (pieces === null) return left(movement, 'its quantity is withheld: enter it by hand')
    return pieces > 0 ? takeIn(lines, movement, pieces) : takeOut(lines, movement, -pieces)
  })
  const held = new Set(totalsOf({ asOf: '', lines, nil: [] }).filter(({ inService, inStorage, withheld }) => inService + inStorage + withheld > 0).map(({ category }) => category))
  return { lines, nil: previous.nil.filter((category) => !held.has(category)), carried }
}
