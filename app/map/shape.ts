import type { Area } from '@/lib/geo/area.ts'
import { cornersOf } from '@/lib/geo/distance.ts'
import { pathOf } from '@/lib/geo/drawing.ts'
import { onView, type View } from '@/lib/geo/projection.ts'
import { extentOf } from '@/lib/geo/words.ts'

/** The edge of an area as path data. On a conformal map a circle stays one. */
export const edgeOf = (view: View, area: Area): string => {
  if ('polygon' in area) return pathOf(cornersOf(area).map((corner) => onView(view, corner)), true)
  const [[x, y], r] = [onView(view, area.centre), area.radiusKm * view.perKm]
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)} 0a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0-${(2 * r).toFixed(1)} 0z`
}

/** How many units of the view an area is across. */
export const acrossOf = (view: View, area: Area): number => {
  if ('centre' in area) return 2 * area.radiusKm * view.perKm
  const { eastKm, northKm } = extentOf(area)
  return Math.max(eastKm, northKm) * view.perKm
}
