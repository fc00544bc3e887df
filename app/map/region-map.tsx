import type { Area } from '@/lib/geo/area.ts'
import { labelsOfRegion, meet, textBox, type Box } from '@/lib/geo/labels.ts'
import { onView, type Point } from '@/lib/geo/projection.ts'
import { centroidOf, describeArea } from '@/lib/geo/words.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { BaseMapImage, RIM, SMALL } from './base-map.tsx'
import { MapLegend, MARK_TONE, markAt, type Legend, type MapMark } from './marks.tsx'
import { acrossOf, edgeOf } from './shape.ts'
import { REGION_VIEW } from './views.ts'

/** `name` is said and, where there is room, written beside the mark. */
export type Mapped = { id: string; name: string; area: Area; mark: MapMark }

const NAMED = 15
/** An area less wide than its mark is shown by the mark alone; among many, so is one that only adds to the tangle. */
const leastAcross = (count: number): number => (count > 200 ? 30 : 12)
const view = REGION_VIEW

type Put = Mapped & { at: Point }

/** All that have one mark are one path: two thousand of them are a few kilobytes. What lies in the same place is drawn once. */
const Marks = ({ items, mark, least }: { items: readonly Put[]; mark: MapMark; least: number }) => {
  const edges = new Set(items.filter(({ area }) => acrossOf(view, area) > least).map(({ area }) => edgeOf(view, area)))
  const marks = new Set(items.map(({ at }) => markAt(mark, at)))
  return (
    <>
      <path d={[...edges].join('')} fill="none" strokeWidth="1.2" className="stroke-ink-2" />
      <path d={[...marks].join('')} strokeWidth="1" className={`${MARK_TONE[mark]} stroke-sheet`} />
    </>
  )
}

/** Right of a mark, left of it, below, above. */
const besides = ([x, y]: Point) => [
  { x: x + 10, y: y + 4, anchor: 'start' as const }, { x: x - 10, y: y + 4, anchor: 'end' as const },
  { x, y: y + 22, anchor: 'middle' as const }, { x, y: y - 13, anchor: 'middle' as const },
]

/** Names go beside their marks, from north to south; one that would cover another, a mark or a designation wherever it stood is left to the list. */
const namesOf = (items: readonly Put[]) => {
  const designations = labelsOfRegion(view).map(({ code, at }) => textBox(at, DESIGNATION[code].slice(0, 13), 15, 'middle'))
  const boxes: Box[] = [...designations, ...items.map(({ at: [x, y] }): Box => [x - 8, y - 8, x + 8, y + 8])]
  const isFree = (box: Box) => box[0] > 4 && box[2] < view.width - 4 && !boxes.some((other) => meet(box, other))
  return items.toSorted((a, b) => a.at[1] - b.at[1]).flatMap(({ id, name, at }) => {
    const put = besides(at).find((one) => isFree(textBox([one.x, one.y], name, 11, one.anchor)))
    if (!put) return []
    boxes.push(textBox([put.x, put.y], name, 11, put.anchor))
    return [{ id, name, ...put }]
  })
}

const wordsFor = (items: readonly Mapped[], what: string): string => {
  if (items.length === 0) return `Map of the seven participants; no ${what}.`
  const said = items.slice(0, NAMED).map(({ name, area }) => `${name}: ${describeArea(area)}`).join('; ')
  return `Map of the seven participants with ${formatNumber(items.length)} ${what}. ${said}${items.length > NAMED ? '; and others, listed beside the map' : ''}.`
}

/** Everything in the region at once. `what` is the plural of what is shown, such as `activities`. */
export const RegionMap = ({ items, legend, what }: { items: readonly Mapped[]; legend: Legend; what: string }) => {
  const put = items.map((item): Put => ({ ...item, at: onView(view, centroidOf(item.area)) }))
  return (
    <figure>
      <BaseMapImage view={view} labels={labelsOfRegion(view)} words={wordsFor(items, what)}>
        {legend.map(({ mark }) => <Marks key={mark} mark={mark} least={leastAcross(put.length)} items={put.filter((item) => item.mark === mark)} />)}
        {put.length <= NAMED && namesOf(put).map(({ id, name, x, y, anchor }) => (
          <text key={id} x={x.toFixed(0)} y={y.toFixed(0)} textAnchor={anchor} {...RIM}
            className={`${SMALL} fill-ink-2 stroke-sheet @max-[34rem]:hidden`}>{name}</text>
        ))}
      </BaseMapImage>
      <figcaption><MapLegend legend={legend} /></figcaption>
    </figure>
  )
}
