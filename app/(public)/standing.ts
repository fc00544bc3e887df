import type { latestHoldings } from '@/lib/analysis/queries.ts'
import { isParticipant, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { FLORENCE_CATEGORIES, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import type { listCeilings } from '@/lib/thresholds/queries.ts'

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

const inForce = (today: string) => ({ validFrom, validTo }: { validFrom: string; validTo: string | null }) => validFrom <= today && (!validTo || validTo >= today)

const standingOf = (participant: ParticipantCode, category: CategoryCode, held: readonly Held[], limits: Ceilings, today: string): Standing => {
  const mine = limits.find((row) => row.participant === participant)
  const found = mine?.ceilings.filter(inForce(today)).find((row) => row.category === category)
  const ceiling = found?.confirmed ? found.ceiling : null
  return {
    participant, category, ceiling,
    held: held.find((row) => row.participant === participant && row.category === category) ?? null,
    limit: !mine?.party ? 'not a party to that agreement' : ceiling === null ? 'no confirmed ceiling' : `of ${formatNumber(ceiling)}`,
  }
}

/** Every Florence category of these participants. */
export const standings = (people: readonly ParticipantCode[], held: readonly Held[], limits: Ceilings, now: Date): Standing[] => {
  const today = now.toISOString().slice(0, 10)
  return FLORENCE_CATEGORIES.flatMap((category) => people.filter(isParticipant).map((who) => standingOf(who, category, held, limits, today)))
}

/** '232', 'at least 212', 'withheld': a withheld figure is not a zero. */
export const heldWords = ({ total, withheld }: Pick<Held, 'total' | 'withheld'>): string => {
  if (withheld === 0) return formatNumber(total)
  return total === 0 ? 'withheld' : `at least ${formatNumber(total)}`
}
