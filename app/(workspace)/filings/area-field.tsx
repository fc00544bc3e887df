'use client'
import { useEffect, useReducer, useRef, type ReactNode } from 'react'
import type { Area } from '@/lib/geo/area.ts'
import type { View } from '@/lib/geo/projection.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError, FieldHint } from '../../ui/field.tsx'
import { AreaCanvas } from './area-canvas.tsx'
import { AreaDistances } from './area-distances.tsx'
import { opened, reduce, ZOOMS, type Action, type Drawing, type Tool } from './area-drawing.ts'
import { AreaEntry } from './area-entry.tsx'
import { drawingInWords } from './area-words.ts'

const TOOLS: Record<Tool, string> = { circle: 'Circle', outline: 'Outline', move: 'Move the map' }
const HINT: Record<Tool, string> = {
  circle: 'Press where its middle is and drag to its edge, or click and type the radius. The middle and the edge can be dragged afterwards.',
  outline: 'Click corner after corner, and the first one again, or press Enter on it, to close. Corners can be dragged afterwards.',
  move: 'Drag the map.',
}
const KEYS = 'By keyboard: arrow keys move the cross-hair, with Shift by less. Enter sets the middle of the circle or a corner, takes a corner up and lets it go. '
  + 'Plus and minus change the radius. Delete takes a corner away, Escape an unfinished outline. Page Up and Page Down bring the map closer and away. Control Z takes back.'

const Tools = ({ drawing, dispatch }: { drawing: Drawing; dispatch: (action: Action) => void }) => (
  <div className="mb-2 flex flex-wrap items-center gap-2" role="group" aria-label="Drawing tools">
    {(Object.keys(TOOLS) as Tool[]).map((tool) => (
      <Button key={tool} tone={drawing.tool === tool ? 'primary' : 'quiet'} aria-pressed={drawing.tool === tool} onClick={() => dispatch({ type: 'tool', tool })}>{TOOLS[tool]}</Button>
    ))}
    <span className="grow" />
    <Button tone="quiet" disabled={drawing.zoom === ZOOMS.at(-1)} onClick={() => dispatch({ type: 'zoom', by: 1 })}>Closer</Button>
    <Button tone="quiet" disabled={drawing.zoom === 1} onClick={() => dispatch({ type: 'zoom', by: -1 })}>Wider</Button>
    <Button tone="quiet" disabled={drawing.past.length === 0} onClick={() => dispatch({ type: 'undo' })}>Undo</Button>
    <Button tone="quiet" disabled={!drawing.area && drawing.corners.length === 0} onClick={() => dispatch({ type: 'clear' })}>Clear</Button>
  </div>
)

type Props = {
  id: string
  label: string
  hint?: ReactNode
  error?: string | undefined
  value: Area | null
  onChange: (area: Area | null) => void
  /** What is drawn upon, from the server (`DrawingGround`), and the view that it was drawn for (`REGION_VIEW`). */
  ground: ReactNode
  view: View
}

/** An area, drawn by pointer or keys or typed. What is said of it at once is said here; how far it is from whom comes from the register. */
export const AreaField = ({ id, label, hint, error, value, onChange, ground, view }: Props) => {
  const [drawing, dispatch] = useReducer((state: Drawing, action: Action) => reduce(view, state, action), value, (area) => opened(view, area))
  const told = useRef(value)
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(told.current)) return
    told.current = value
    dispatch({ type: 'begin', area: value })
  }, [value])
  // What is still in the hand is not an answer yet; a draft that saves itself would keep every step of it.
  useEffect(() => {
    if (drawing.held || drawing.corners.length > 0 || told.current === drawing.area) return
    told.current = drawing.area
    tell.current(drawing.area)
  }, [drawing.area, drawing.held, drawing.corners.length])
  return (
    <div role="group" id={id} tabIndex={-1} aria-labelledby={`${id}-label`} className="mb-5.5">
      <p id={`${id}-label`} className="mb-1 text-md font-book">{label}</p>
      <div className="mb-3 grid gap-1.5"><FieldHint id={id}>{hint}</FieldHint><FieldError id={id}>{error}</FieldError></div>
      <AreaEntry id={id} drawing={drawing} dispatch={dispatch} />
      <Tools drawing={drawing} dispatch={dispatch} />
      <p className="field-hint no-print mb-2">{HINT[drawing.tool]}</p>
      <p id={`${id}-keys`} className="sr-only">{KEYS}</p>
      <AreaCanvas view={view} drawing={drawing} dispatch={dispatch} ground={ground} labelledBy={`${id}-label`} describedBy={`${id}-keys`} />
      <p role="status" className="mt-2 text-sm text-ink-2">{drawingInWords(drawing)}</p>
      {drawing.area && <div className="mt-2"><AreaDistances area={drawing.area} /></div>}
    </div>
  )
}
