import { isYearOnly, lastDayOf } from '../filings/kinds/stated.ts'
import type { AcquisitionFacts, DisposalFacts } from './facts.ts'
import { AT_LEAST, WITHHELD } from './metrics-figures.ts'
import type { Position, Situation, Subject } from './situation.ts'

const VIENNA = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Vienna', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The calendar day of an instant where due dates end, at 23:59:59 Europe/Vienna. */
export const viennaDay = (instant: string): string => VIENNA.format(new Date(instant))

const DAY = 86_400_000

/** Calendar days from a date to the Vienna day of an instant, so that a clock change neither adds nor takes one; null for a bare year. */
export const calendarDays = (from: string, instant: string): number | null =>
  isYearOnly(from) ? null : (Date.parse(viennaDay(instant)) - Date.parse(from)) / DAY

export type Movement =
  | Pick<AcquisitionFacts, 'kind' | 'stage' | 'quantity' | 'delivered' | 'counted' | 'deliveredOn'>
  | Pick<DisposalFacts, 'kind' | 'quantity' | 'counted' | 'completedOn'>

const isBy = (date: string, asOf: string): boolean => lastDayOf(date) <= asOf

/**
 * Pieces that a declaration as of `asOf` does not hold yet, for an acquisition, or holds still, for a disposal: add the first to the
 * declared holdings and deduct the second. Null when withheld, which is never zero; 0 for what leaves holdings as they are, and for
 * what was wholly incorporated or gone by then, stated or not. A delivery of unstated date counts as made on the day of filing.
 * Without a declaration everything is outstanding.
 */
export const outstanding = (movement: Movement, filedAt: string, asOf: string | null): number | null => {
  const { quantity } = movement
  if (!movement.counted) return 0
  if (asOf === null) return quantity
  if (movement.kind === 'notification.disposal') return movement.completedOn !== null && isBy(movement.completedOn, asOf) ? 0 : quantity
  const { stage, delivered } = movement
  if (!isBy(movement.deliveredOn ?? viennaDay(filedAt), asOf)) return quantity
  if (delivered === null) return stage === 'incorporated' ? 0 : null
  return quantity === null ? null : quantity - delivered
}

/** Holdings as declared, with what is on its way in and out; null without a declaration. */
export const projected = (position: Position | undefined): number | null =>
  !position || position.declared === null ? null : position.declared + position.incoming - position.outgoing

/** Pieces before and after the filing; `declared` is the base they are built on. */
export type Projection = { declared: number; before: number; after: number; position: Position }

/** Null when the filing adds nothing to holdings: then rules on projected holdings have nothing to say. */
export const projectionOf = (facts: AcquisitionFacts, subject: Subject, situation: Situation): Projection | { why: string } | null => {
  const position = situation.positions[subject.participant]?.[facts.category]
  const adds = outstanding(facts, subject.filedAt, position?.declaredAsOf ?? null)
  if (adds === 0) return null
  if (adds === null) return { why: facts.quantity === null ? WITHHELD : 'number delivered withheld' }
  if (!position || position.declared === null) return { why: 'no declaration filed' }
  const others = position.declared + position.incoming - position.outgoing
  return { declared: position.declared, before: others + situation.earlier, after: others + adds, position }
}

export const OTHERS_WITHHELD = 'another acquisition in the category withholds its quantity'

/** What a reader must know about the figures of a projection before relying on them. */
export const notesOn = (position: Position): string[] => [
  ...(position.declaredWithheld > 0 || position.incomingWithheld > 0 ? [AT_LEAST] : []),
  ...(position.outgoingWithheld ? ['A disposal in the category withholds its quantity, so nothing is deducted for it.'] : []),
]

/** 'the declaration as of 2026-01-01' */
export const declarationOf = (asOf: string | null): string => (asOf ? `the declaration as of ${asOf}` : 'the last declaration')
