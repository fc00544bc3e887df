import type { Area } from '@/lib/geo/area.ts'
import { viewAround, type View } from '@/lib/geo/projection.ts'
import { centroidOf, extentOf } from '@/lib/geo/words.ts'

const AROUND_KM = 150

/** The seven participants and their seas, in units that a page at its full width shows as pixels. */
export const REGION_VIEW: View = viewAround([18.35, 43.1], 850, 720, 720)

/** An area with 150 km around it. */
export const viewOf = (area: Area): View => {
  const extent = 'centre' in area ? 2 * area.radiusKm : Math.max(extentOf(area).eastKm, extentOf(area).northKm)
  return viewAround(centroidOf(area), extent + 2 * AROUND_KM, 720, 600)
}
