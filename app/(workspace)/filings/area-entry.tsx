'use client'
import { useState, type Dispatch } from 'react'
import type { Area } from '@/lib/geo/area.ts'
import type { Place } from '@/lib/geo/places.ts'
import { readPosition } from '@/lib/geo/position.ts'
import { MAX_RADIUS_KM } from '@/lib/geo/problems.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextareaField, TextField } from '../../ui/inputs.tsx'
import { placesNamed } from './area-actions.ts'
import { closed, type Action, type Drawing } from './area-drawing.ts'
import { cornersAsText } from './area-words.ts'

type Props = { id: string; drawing: Drawing; dispatch: Dispatch<Action> }
type Answer = { error?: string; taken?: string | null; places?: readonly Place[] }

const circleAt = ({ area, radiusKm }: Drawing, centre: Place['position']): Area => ({ centre, radiusKm: area && 'radiusKm' in area ? area.radiusKm : radiusKm })
const onEnter = (work: () => unknown) => (event: { key: string; preventDefault: () => void }) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  work()
}

const lookUp = async (text: string): Promise<Answer> => {
  const outcome = await placesNamed(text).catch(() => null)
  if (!outcome) return { error: 'The server could not be reached. Type coordinates instead, or try again.' }
  if (!outcome.ok) return { error: outcome.error.message }
  return outcome.value.length > 0 ? { places: outcome.value } : { error: `No place in the region is called “${text.slice(0, 40)}”. Type coordinates, such as 44.2 N 19.25 E.` }
}

// Coordinates or a place. With the circle they become its centre; with the outline the map goes there.
const Whereabouts = ({ id, drawing, dispatch }: Props) => {
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<Answer>({})
  const put = (position: Place['position']) =>
    dispatch(drawing.tool === 'outline' ? { type: 'goto', at: position } : { type: 'put', area: circleAt(drawing, position) })
  const find = async () => {
    const read = readPosition(text)
    if (read.ok) {
      put(read.position)
      setAnswer({ taken: read.taken })
    } else setAnswer(/\p{L}{3}/u.test(text) && !/\d/.test(text) ? await lookUp(text.trim()) : { error: read.message })
  }
  return (
    <div>
      <div className="flex items-end gap-2.5">
        <TextField id={`${id}-where`} name="" className="mb-0! flex-1" label="Coordinates or a place" hint="44.2 N 19.25 E, or Loznica." error={answer.error} value={text} spellCheck={false}
          onChange={(event) => setText(event.target.value)} onKeyDown={onEnter(find)} />
        <Button tone="quiet" className="min-h-10" onClick={find}>{drawing.tool === 'outline' ? 'Go there' : 'Set centre'}</Button>
      </div>
      <div role="status" className="mt-1.5 text-sm text-ink-3">
        {answer.taken}
        {answer.places && (
          <ul aria-label="Places found" className="flex flex-wrap gap-x-4">
            {answer.places.map(({ name, participant, position }) => (
              <li key={position.join()}><Button tone="plain" onClick={() => { put(position); setAnswer({}) }}>{name}, {DESIGNATION[participant]}</Button></li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

const Radius = ({ id, drawing, dispatch }: Props) => {
  const [typed, setTyped] = useState<string | null>(null)
  const km = drawing.area && 'radiusKm' in drawing.area ? drawing.area.radiusKm : drawing.radiusKm
  const value = Number((typed ?? '').replace(',', '.'))
  const isWrong = typed !== null && !(value > 0 && value <= MAX_RADIUS_KM)
  const take = () => {
    if (typed === null || isWrong) return
    dispatch({ type: 'size', km: value })
    setTyped(null)
  }
  return (
    <TextField id={`${id}-radius`} name="" className="mb-0!" label="Radius" suffix="km" hint={`Above 0, at most ${MAX_RADIUS_KM}.`} numeric inputMode="decimal" value={typed ?? String(km)} onBlur={take}
      onChange={(event) => setTyped(event.target.value)} onKeyDown={onEnter(take)} error={isWrong ? `Type the radius in kilometres, above 0 and at most ${MAX_RADIUS_KM}.` : undefined} />
  )
}

const Corners = ({ id, drawing, dispatch }: Props) => {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string>()
  const take = () => {
    const lines = (typed ?? '').split('\n').map((line) => line.trim()).filter(Boolean)
    const read = lines.map(readPosition)
    const wrong = read.findIndex(({ ok }) => !ok)
    const bad = read[wrong]
    if (bad && !bad.ok) return setError(`Line ${wrong + 1}: ${bad.message}`)
    if (lines.length < 3) return setError('An outline has at least three corners. Type one to a line.')
    setError(undefined)
    setTyped(null)
    dispatch({ type: 'put', area: closed(read.flatMap((one) => (one.ok ? [one.position] : []))) })
  }
  return (
    <Disclosure summary="Corners as coordinates">
      <TextareaField id={`${id}-corners`} name="" label="Corners" hint="One to a line, in the order in which one walks around the area; the first is not repeated." rows={5} error={error} spellCheck={false}
        value={typed ?? cornersAsText(drawing.area)} onChange={(event) => setTyped(event.target.value)} />
      <Button tone="quiet" className="mb-4" onClick={take}>Draw these corners</Button>
    </Disclosure>
  )
}

/** The area by typing alone. */
export const AreaEntry = (props: Props) => (
  <>
    <div className="mb-4 grid gap-x-5 gap-y-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
      <Whereabouts {...props} />
      {props.drawing.tool !== 'outline' && <Radius {...props} />}
    </div>
    {props.drawing.tool === 'outline' && <Corners {...props} />}
  </>
)
