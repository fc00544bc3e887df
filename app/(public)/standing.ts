import type { latestHoldings } from '@/lib/analysis/queries.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDate, formatNumber } from '@/lib/shared/format.ts'
import { FLORENCE_CATEGORIES, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import type { listCeilings } from '@/lib/thresholds/queries.ts'
import { inForceOn } from '@/lib/thresholds/rules.ts'

export type Held = Awaited<ReturnType<typeof latestHoldings>>[number]
export type Ceilings = Awaited<ReturnType<typeof listCeilings>>

/** Where a participant stands in a Florence category. Null is not known or does not apply, and never zero. */
export type Standing = {
  participant: ParticipantCode
  category: CategoryCode
  held: Held | null
  /** Confirmed, in force today. */
  ceiling: number | null
  /** 'of 410', 'no confirmed ceiling', 'not a party to that agreement' */
  limit: string
}

export const today = (): string => formatDate(new Date())

const standingOf = (
  participant: ParticipantCode, category: CategoryCode, held: readonly Held[], limits: Ceilings, day: string,
): Standing => {
  const mine = limits.find((row) => row.participant === participant)
  const found = mine?.ceilings.filter(inForceOn(day)).find((row) => row.category === category)
  const ceiling = found?.confirmed ? found.ceiling : null
  return {
    participant, category, ceiling,
    held: held.find((row) => row.participant === participant && row.category === category) ?? null,
    limit: !mine?.party ? 'not a party to that agreement' : ceiling === null ? 'no confirmed ceiling' : `of ${formatNumber(ceiling)}`,
  }
}

/** Every Florence category of these participants. */
export const standings = (people: readonly ParticipantCode[], held: readonly Held[], limits: Ceilings, day: string): Standing[] =>
  FLORENCE_CATEGORIES.flatMap((category) => people.map((who) => standingOf(who, category, held, limits, day)))

/** The newest of a participant's declarations, by the date that it is made for. */
export const newestDeclaration = (held: readonly Held[], participant: ParticipantCode): Held | null =>
  held.filter((row) => row.participant === participant).toSorted((a, b) => b.asOf.localeCompare(a.asOf))[0] ?? null

/** '232', 'at least 212', 'withheld': a withheld figure is not a zero. */
export const heldWords = ({ total, withheld }: Pick<Held, 'total' | 'withheld'>): string => {
  if (withheld === 0) return formatNumber(total)
  return total === 0 ? 'withheld' : `at least ${formatNumber(total)}`
}
