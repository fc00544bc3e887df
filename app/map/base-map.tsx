import type { ReactNode } from 'react'
import { baseMapOf, type BaseMap } from '@/lib/geo/drawing.ts'
import type { Label, TownLabel } from '@/lib/geo/labels.ts'
import type { View } from '@/lib/geo/projection.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { REGION_VIEW } from './views.ts'

let region: BaseMap | null = null
const drawn = (view: View): BaseMap => (view === REGION_VIEW ? (region ??= baseMapOf(view)) : baseMapOf(view))

/** Letters grow, in units of the drawing, as the drawing shrinks, so that they stay as large on a telephone. */
export const LABEL = 'fill-ink-2 text-[13px] font-semibold @max-[34rem]:text-[21px]'
export const SMALL = 'fill-ink-2 text-[11.5px] @max-[34rem]:text-[19px]'
const LINES: Partial<Record<ParticipantCode, readonly string[]>> = { BA: ['Bosnia and', 'Herzegovina'], MK: ['North', 'Macedonia'] }

const Designation = ({ code, at: [x, y] }: Label) => {
  const lines = LINES[code] ?? [DESIGNATION[code]]
  return (
    <text x={x.toFixed(0)} y={y.toFixed(0)} textAnchor="middle" className={`${LABEL} stroke-sheet`} paintOrder="stroke" strokeWidth="3" strokeLinejoin="round">
      {lines.map((line, index) => <tspan key={line} x={x.toFixed(0)} dy={index === 0 ? `${(lines.length - 1) * -0.55}em` : '1.15em'}>{line}</tspan>)}
    </text>
  )
}

export const Town = ({ name, at: [x, y], anchor }: TownLabel) => (
  <g className="@max-[34rem]:hidden">
    <circle cx={x.toFixed(1)} cy={y.toFixed(1)} r="2" className="fill-ink-3" />
    <text x={(x + (anchor === 'start' ? 6 : -6)).toFixed(1)} y={(y + 4).toFixed(1)} textAnchor={anchor} paintOrder="stroke" strokeWidth="3" strokeLinejoin="round"
      className="fill-ink-3 stroke-sheet text-[11px]">{name}</text>
  </g>
)

const barKm = (perKm: number): number => [5, 10, 20, 50, 100, 200].findLast((km) => km * perKm <= 130) ?? 5

const ScaleBar = ({ view: { perKm, width, height } }: { view: View }) => {
  const km = barKm(perKm)
  const [right, bottom] = [width - 16, height - 16]
  return (
    <g>
      <path d={`M${right - km * perKm} ${bottom - 6}v6H${right}v-6`} fill="none" strokeWidth="1.2" className="stroke-ink-2" />
      <text x={right - (km * perKm) / 2} y={bottom - 6} textAnchor="middle" paintOrder="stroke" strokeWidth="3" className={`${SMALL} stroke-sheet`}>{km} km</text>
    </g>
  )
}

type Props = { view: View; labels: readonly Label[]; towns?: readonly TownLabel[]; words: string; children?: ReactNode }

/**
 * The one map under everything: all seven in one tone, every boundary in one line. What it shows is said in `words` for those who do not
 * see it; whatever must be acted on stands beside it as text.
 */
export const BaseMapImage = ({ view, labels, towns = [], words, children }: Props) => {
  const { land, seven, boundaries } = drawn(view)
  return (
    <div className="@container keep">
      <svg viewBox={`0 0 ${view.width} ${view.height}`} role="img" aria-label={words} className="block h-auto w-full rounded-lg border border-rule">
        <rect width={view.width} height={view.height} className="fill-accent-soft" />
        <path d={land} fillRule="evenodd" strokeWidth="0.8" className="fill-paper-2 stroke-edge" strokeLinejoin="round" />
        <path d={seven} fillRule="evenodd" className="fill-sheet" />
        <path d={land} fill="none" strokeWidth="0.8" className="stroke-edge" strokeLinejoin="round" />
        <path d={boundaries} fill="none" strokeWidth="1" strokeDasharray="4 2.5" strokeLinejoin="round" className="stroke-ink-3" />
        {labels.map((label) => <Designation key={label.code} {...label} />)}
        {towns.map((town) => <Town key={`${town.name} ${town.at[0]}`} {...town} />)}
        {children}
        <ScaleBar view={view} />
      </svg>
    </div>
  )
}
