import type { Area } from '../../geo/area.ts'
import { territoriesOf } from '../../geo/distance.ts'
import { DESIGNATION, type ParticipantCode } from '../../participants/rules.ts'
import { formatList } from '../../shared/format.ts'
import type { Asked } from './kind.ts'

/**
 * An outline on the territory of others: they notify what takes place there. A circle says roughly where something is; one that reaches
 * across a border is taken as it is, and whoever it reaches is told that it does.
 */
export const abroad = (area: Area | undefined, participant: ParticipantCode): Asked[] => {
  const others = area && 'polygon' in area ? territoriesOf(area).filter((one) => one.participant !== participant).map((one) => DESIGNATION[one.participant]) : []
  if (others.length === 0) return []
  const names = formatList(others)
  return [{ at: '/area', message: `The area reaches onto the territory of ${names}. Draw it on this side of the border, which is known within a kilometre; what takes place there is notified by ${names}.` }]
}
