import type { Area } from '@/lib/geo/area.ts'
import { positionWords, roughKm } from '@/lib/geo/region.ts'
import { boxOf } from '@/lib/geo/rings.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { middleOf, openCorners, type Drawing } from './area-drawing.ts'

const km = (value: number): string => formatNumber(Number(value.toFixed(value < 10 ? 1 : 0)))

/** '8 km around 44.200° N, 19.250° E; 16 km across.' */
export const areaInWords = (area: Area): string => {
  if ('centre' in area) return `A circle of ${km(area.radiusKm)} km around ${positionWords(area.centre)}; ${km(2 * area.radiusKm)} km across.`
  const corners = openCorners(area)
  const [west, south, east, north] = boxOf(corners)
  const [wide, high] = [roughKm([west, (south + north) / 2], [east, (south + north) / 2]), roughKm([west, south], [west, north])]
  return `An outline of ${plural(corners.length, 'corner')} around ${positionWords(middleOf(area))}; ${km(wide)} km from west to east, ${km(high)} km from south to north.`
}

/** What a drawing is now, for those who see it and those who are told. */
export const drawingInWords = ({ area, corners, cross, tool, radiusKm, held }: Drawing): string => {
  if (held?.what === 'corner' && held.byKey) return `Corner ${held.index + 1} is taken up, at ${positionWords(cross)}. Enter lets it go.`
  if (corners.length > 0) {
    const next = corners.length < 3 ? 'At least three are needed.' : 'The first corner closes it.'
    return `An outline of ${plural(corners.length, 'corner')} so far; cross-hair at ${positionWords(cross)}. ${next}`
  }
  if (area) return areaInWords(area)
  return tool === 'outline' ? `No area yet; cross-hair at ${positionWords(cross)}.` : `No area yet; cross-hair at ${positionWords(cross)}, radius ${km(radiusKm)} km.`
}

/** Corners as text, one to a line, latitude first, as `readPosition` takes them. */
export const cornersAsText = (area: Area | null): string => openCorners(area).map(([lon, lat]) => `${lat}, ${lon}`).join('\n')
