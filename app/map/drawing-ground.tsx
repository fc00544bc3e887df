import { labelsIn, labelsOfRegion, townsIn, type Label, type TownLabel } from '@/lib/geo/labels.ts'
import type { View } from '@/lib/geo/projection.ts'
import { Designations, MapLayers } from './base-map.tsx'
import { REGION_VIEW } from './views.ts'

const CLOSE = 3
const TOWNS = 70
const TILES = 4

/** A designation for each land in each window of the map, since who looks closely may see none of those on the whole. */
const nearLabels = (view: View): Label[] => Array.from({ length: TILES ** 2 }, (_, tile) => [tile % TILES, Math.floor(tile / TILES)] as const).flatMap(([column, row]) => {
  const [x, y] = [(column * view.width) / TILES, (row * view.height) / TILES]
  const closer = { ...view, perKm: view.perKm * TILES, left: view.left + x / view.perKm, top: view.top + y / view.perKm }
  return labelsIn(closer).map(({ code, at }) => ({ code, at: [x + at[0] / TILES, y + at[1] / TILES] as const }))
})

let kept: { towns: TownLabel[]; near: Label[] } | null = null
const labels = () => (kept ??= { towns: townsIn(REGION_VIEW, 11 / CLOSE, TOWNS, []), near: nearLabels(REGION_VIEW) })

/** What one draws upon: the whole region, fine enough to be looked at closely, with towns once one does. Goes into the drawing tool as its child. */
export const DrawingGround = () => {
  const { towns, near } = labels()
  return (
    <>
      <MapLayers view={REGION_VIEW} labels={[]} detail={CLOSE} towns={towns} townsClass="in-data-[zoom='1']:hidden @max-[34rem]:in-data-[zoom='2']:hidden" />
      <Designations labels={labelsOfRegion(REGION_VIEW)} className="in-data-[zoom='4']:hidden in-data-[zoom='8']:hidden" />
      <Designations labels={near} className="in-data-[zoom='1']:hidden in-data-[zoom='2']:hidden" />
    </>
  )
}
