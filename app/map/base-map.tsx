import type { ReactNode } from 'react'
import { baseMapOf, type BaseMap } from '@/lib/geo/drawing.ts'
import type { Label, TownLabel } from '@/lib/geo/labels.ts'
import type { Point, View } from '@/lib/geo/projection.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { ScaleBar } from './scale-bar.tsx'
import { REGION_VIEW } from './views.ts'

const kept = new Map<number, BaseMap>()
const drawn = (view: View, detail: number): BaseMap => {
  if (view !== REGION_VIEW) return baseMapOf(view, detail)
  const map = kept.get(detail) ?? baseMapOf(view, detail)
  kept.set(detail, map)
  return map
}

/**
 * Letters grow, in units of the drawing, as the drawing shrinks, so that they stay as large on a telephone; and shrink as it is looked at
 * more closely: `--zoom` is set by who does that, and is 1 otherwise.
 */
const LABEL = 'fill-ink-2 font-semibold text-[calc(13px/var(--zoom,1))] @max-[34rem]:text-[calc(21px/var(--zoom,1))]'
export const SMALL = 'text-[11.5px] @max-[34rem]:text-[19px]'
/** A light rim, so that letters stay apart from lines beneath them. */
export const RIM = { paintOrder: 'stroke', strokeWidth: 3, strokeLinejoin: 'round' } as const

const rim = 'stroke-sheet [stroke-width:calc(3px/var(--zoom,1))]'

const LINES: Partial<Record<ParticipantCode, readonly string[]>> = { BA: ['Bosnia and', 'Herzegovina'], MK: ['North', 'Macedonia'] }

export const Designations = ({ labels, className = '' }: { labels: readonly Label[]; className?: string }) => (
  <g textAnchor="middle" {...RIM} className={`${LABEL} ${rim} ${className}`}>
    {labels.map(({ code, at: [x, y] }) => {
      const lines = LINES[code] ?? [DESIGNATION[code]]
      return (
        <text key={`${code} ${x} ${y}`} y={y.toFixed(0)}>
          {lines.map((line, index) => <tspan key={line} x={x.toFixed(0)} dy={lines.length === 1 ? undefined : index === 0 ? '-.55em' : '1.15em'}>{line}</tspan>)}
        </text>
      )
    })}
  </g>
)

/** A dot is a line without length and with round ends, so that it too keeps its size; all of them are one path. */
const Towns = ({ towns, className }: { towns: readonly TownLabel[]; className: string }) => (
  <g paintOrder="stroke" strokeLinejoin="round" className={`fill-ink-3 text-[calc(11px/var(--zoom,1))] @max-[34rem]:text-[calc(18px/var(--zoom,1))] ${rim} ${className}`}>
    <path d={towns.map(({ at: [x, y] }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('')} strokeWidth="4" strokeLinecap="round" vectorEffect="non-scaling-stroke" className="stroke-ink-3 [stroke-width:4px]" />
    {towns.map(({ name, at: [x, y], anchor }) => (
      <text key={`${name} ${x}`} x={x.toFixed(1)} y={y.toFixed(1)} dx={anchor === 'start' ? '.55em' : '-.55em'} dy=".36em" textAnchor={anchor === 'end' ? 'end' : undefined}>{name}</text>
    ))}
  </g>
)

type Layers = { view: View; labels: readonly Label[]; towns?: readonly TownLabel[]; detail?: number; townsClass?: string }
/** All seven in one tone, every boundary in one line. Lines keep their width however closely one looks. */
export const MapLayers = ({ view, labels, towns = [], detail = 1, townsClass = '@max-[34rem]:hidden' }: Layers) => {
  const { land, seven, boundaries } = drawn(view, detail)
  const line = { strokeLinejoin: 'round', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <rect width={view.width} height={view.height} className="fill-accent-soft" />
      <path d={land} fillRule="evenodd" className="fill-paper-2" />
      <path d={seven} fillRule="evenodd" strokeWidth="0.8" className="fill-sheet stroke-sheet" {...line} />
      <path d={land} fill="none" strokeWidth="0.8" className="stroke-edge" {...line} />
      <path d={boundaries} fill="none" strokeWidth="1" strokeDasharray="4 2.5" className="stroke-ink-3" {...line} />
      {towns.length > 0 && <Towns towns={towns} className={townsClass} />}
      <Designations labels={labels} />
    </>
  )
}

type Props = { view: View; labels: readonly Label[]; towns?: readonly TownLabel[]; words: string; children?: ReactNode }

/** Where the scale bar stands, unless a designation does. */
const isInCorner = ({ width, height }: View, [x, y]: Point): boolean => x > width - 200 && y > height - 75

/** What a map shows is said in `words` for those who do not see it; whatever must be acted on stands beside it as text. */
export const BaseMapImage = ({ view, words, children, ...layers }: Props) => (
  <div className="@container keep">
    <svg viewBox={`0 0 ${view.width} ${view.height}`} role="img" aria-label={words} className="block h-auto w-full rounded-lg border border-rule">
      <MapLayers view={view} {...layers} />
      {children}
      <ScaleBar view={view} isLeft={layers.labels.some(({ at }) => isInCorner(view, at))} />
    </svg>
  </div>
)
