/** What an area is, by shape; the word for each stands in the legend. */
export type MapMark = 'circle' | 'square' | 'diamond' | 'triangle'

const SIZE = 5.5
const shapes: Record<MapMark, string> = {
  circle: `m-${SIZE} 0a${SIZE} ${SIZE} 0 1 0 ${2 * SIZE} 0a${SIZE} ${SIZE} 0 1 0-${2 * SIZE} 0z`,
  square: `m-5-5h10v10h-10z`,
  diamond: `m0-7 7 7-7 7-7-7z`,
  triangle: `m0-7 7 12h-14z`,
}
export const MARK_TONE: Record<MapMark, string> = { circle: 'fill-accent', square: 'fill-ink-2', diamond: 'fill-warn', triangle: 'fill-crit' }

/** Path data of one mark at a place. */
export const markAt = (mark: MapMark, [x, y]: readonly [number, number]): string => `M${x.toFixed(0)} ${y.toFixed(0)}${shapes[mark]}`

/** One mark beside its word. */
export const ShapeMark = ({ mark, className }: { mark: MapMark; className: string }) => (
  <svg viewBox="0 0 16 16" className="size-4 flex-none" aria-hidden="true"><path d={markAt(mark, [8, 8])} className={className} /></svg>
)

export type Legend = { mark: MapMark; word: string }[]

export const MapLegend = ({ legend }: { legend: Legend }) => (
  <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-3">
    {legend.map(({ mark, word }) => (
      <li key={mark} className="flex items-center gap-1.5">
        <ShapeMark mark={mark} className={MARK_TONE[mark]} />{word}
      </li>
    ))}
  </ul>
)
