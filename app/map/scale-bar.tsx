import type { View } from '@/lib/geo/projection.ts'

const barKm = (perKm: number): number => [1, 2, 5, 10, 20, 50, 100, 200].findLast((km) => km * perKm <= 130) ?? 1

type Props = { view: View; zoom?: number; left?: number; top?: number; isLeft?: boolean }

/** How long some kilometres are, at the lower right, or left, of what is shown of a view: all of it, or a window in which everything is `zoom` times as large. */
export const ScaleBar = ({ view: { perKm, width, height }, zoom = 1, left = 0, top = 0, isLeft = false }: Props) => {
  const km = barKm(perKm * zoom)
  const [right, bottom, tick] = [isLeft ? left + 16 / zoom + km * perKm : left + (width - 16) / zoom, top + (height - 16) / zoom, 6 / zoom]
  return (
    <g>
      <path d={`M${right - km * perKm} ${bottom - tick}v${tick}H${right}v${-tick}`} fill="none" strokeWidth="1.2" vectorEffect="non-scaling-stroke" className="stroke-ink-2" />
      <text x={right - (km * perKm) / 2} y={bottom - tick} textAnchor="middle" paintOrder="stroke" strokeLinejoin="round"
        className="fill-ink-2 stroke-sheet [stroke-width:calc(3px/var(--zoom,1))] text-[calc(11.5px/var(--zoom,1))] @max-[34rem]:text-[calc(19px/var(--zoom,1))]">{km} km</text>
    </g>
  )
}
