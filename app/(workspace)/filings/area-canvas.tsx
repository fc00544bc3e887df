'use client'
import { useEffect, useRef, type Dispatch, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { Area, Position } from '@/lib/geo/area.ts'
import { onView, type Point, type View } from '@/lib/geo/projection.ts'
import { ScaleBar } from '../../map/scale-bar.tsx'
import { openCorners, windowOf, type Action, type Drawing } from './area-drawing.ts'

const STEP = 8
/** How near, in pixels of the screen, is near enough to take hold. */
const [POINTER, FINGER] = [10, 22]
const COURSE: Record<string, Point> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const PLAIN: Record<string, Action> = {
  Enter: { type: 'set' }, ' ': { type: 'set' }, '+': { type: 'radius', by: 1 }, '=': { type: 'radius', by: 1 }, '-': { type: 'radius', by: -1 }, PageUp: { type: 'zoom', by: 1 }, PageDown: { type: 'zoom', by: -1 },
  Backspace: { type: 'remove' }, Delete: { type: 'remove' }, Escape: { type: 'drop' },
}

/** With Shift the cross-hair goes by single units and the radius by ten kilometres. */
const actionOf = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Action | null => {
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'z') return { type: 'undo' }
  if (ctrlKey || metaKey || altKey) return null
  const course = COURSE[key]
  if (course) return { type: 'step', by: [course[0] * (shiftKey ? 1 : STEP), course[1] * (shiftKey ? 1 : STEP)] }
  return PLAIN[key] ?? null
}

const pathOf = (view: View, positions: readonly Position[]): string => positions.map((position) => onView(view, position).map((value) => value.toFixed(2)).join(' ')).join('L')

/** Larger where the map is small: there it is a finger that takes hold. */
const Handle = ({ view, at, first }: { view: View; at: Position; first: boolean }) => {
  const [cx, cy] = onView(view, at)
  const size = first ? '[r:calc(7px/var(--zoom,1))] @max-[34rem]:[r:calc(12px/var(--zoom,1))]' : '[r:calc(5px/var(--zoom,1))] @max-[34rem]:[r:calc(9px/var(--zoom,1))]'
  return <circle cx={cx} cy={cy} strokeWidth="1.5" vectorEffect="non-scaling-stroke" className={`fill-sheet stroke-accent ${size}`} />
}

const Shape = ({ view, area }: { view: View; area: Area }) => {
  const look = { strokeWidth: 2, fillOpacity: 0.16, vectorEffect: 'non-scaling-stroke', className: 'fill-accent stroke-accent' } as const
  if ('polygon' in area) return <path d={`M${pathOf(view, openCorners(area))}z`} {...look} />
  const [x, y] = onView(view, area.centre)
  return <circle cx={x} cy={y} r={area.radiusKm * view.perKm} {...look} />
}

const Cross = ({ view, at, zoom }: { view: View; at: Position; zoom: number }) => {
  const [[x, y], arm, gap] = [onView(view, at), 14 / zoom, 4 / zoom]
  const lines = `M${x - arm} ${y}H${x - gap}M${x + gap} ${y}H${x + arm}M${x} ${y - arm}V${y - gap}M${x} ${y + gap}V${y + arm}`
  return <>{['stroke-sheet', 'stroke-ink'].map((tone, index) => <path key={tone} d={lines} strokeWidth={index === 0 ? 4 : 1.6} vectorEffect="non-scaling-stroke" className={tone} />)}</>
}

type Props = { view: View; drawing: Drawing; dispatch: Dispatch<Action>; ground: ReactNode; describedBy: string; labelledBy: string }

// The map under the pointer and under the keys. Where it is looked at closely, --zoom keeps letters as large as they were.
export const AreaCanvas = ({ view, drawing, dispatch, ground, describedBy, labelledBy }: Props) => {
  const svg = useRef<SVGSVGElement>(null)
  const { area, corners, cross, zoom, tool } = drawing
  const { left, top, width, height } = windowOf(view, drawing)
  useEffect(() => {
    svg.current?.style.setProperty('--zoom', String(zoom))
  }, [zoom])
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const box = svg.current!.getBoundingClientRect()
    return [left + ((clientX - box.left) / box.width) * width, top + ((clientY - box.top) / box.height) * height]
  }
  const press = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const pixels = event.pointerType === 'touch' ? FINGER : POINTER
    dispatch({ type: 'press', at: at(event), reach: (pixels * width) / event.currentTarget.getBoundingClientRect().width })
  }
  const keyed = (event: KeyboardEvent) => {
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    dispatch(action)
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys by definition
    <div role="application" tabIndex={0} aria-labelledby={labelledBy} aria-describedby={describedBy} onKeyDown={keyed} className="@container rounded-lg">
      <svg ref={svg} viewBox={`${left} ${top} ${width} ${height}`} data-zoom={zoom} aria-hidden="true"
        className={`block h-auto w-full touch-none rounded-lg border border-edge select-none ${tool === 'move' ? 'cursor-grab' : 'cursor-crosshair'}`}
        onPointerDown={press} onPointerMove={(event) => drawing.held && dispatch({ type: 'drag', at: at(event) })}
        onPointerUp={() => dispatch({ type: 'release' })} onPointerCancel={() => dispatch({ type: 'release' })}>
        {ground}
        {area && <Shape view={view} area={area} />}
        {corners.length > 0 && <path d={`M${pathOf(view, corners)}L${pathOf(view, [cross])}`} fill="none" strokeWidth="2" strokeDasharray="5 3" vectorEffect="non-scaling-stroke" className="stroke-accent" />}
        {(corners.length > 0 ? corners : openCorners(area)).map((corner, index) => (
          <Handle key={`${index} ${corner.join()}`} view={view} at={corner} first={index === 0 && corners.length > 0} />
        ))}
        <Cross view={view} at={cross} zoom={zoom} />
        <ScaleBar view={view} zoom={zoom} left={left} top={top} />
      </svg>
    </div>
  )
}
