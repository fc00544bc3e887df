import type { FieldProblem } from '@/lib/shared/errors.ts'
import { fieldId } from '../../ui/field.tsx'
import { inside } from './form-values.ts'
import type { Typed } from './use-typed.ts'

const DELIVERIES = '/payload/deliveries'

/** The field of a problem. What is within a stated value, such as the reason for withholding it, is asked for at the value. */
const placeOf = (pointer: string, blanks: Record<string, string>): string | undefined => {
  const place = pointer === DELIVERIES ? `${DELIVERIES}/from` : pointer
  return [place, place.slice(0, place.lastIndexOf('/'))].find((known) => known in blanks)
}

const isBlankAt = (payload: unknown, pointer: string): boolean =>
  pointer
    .split('/')
    .slice(2)
    .reduce<unknown>((value, key) => inside(value)[key], payload) === undefined

/** Problems in the order and, for blanks, in the words of this form. One whose field is not on the page stands last, without a place. */
export const placed = (problems: readonly FieldProblem[], payload: unknown, blanks: Record<string, string>): Placed[] => {
  const order = Object.keys(blanks)
  return problems
    .map(({ pointer, message }) => {
      const place = placeOf(pointer, blanks)
      if (place === undefined) return { message }
      return { pointer: place, message: isBlankAt(payload, pointer) ? blanks[place]! : message }
    })
    .toSorted((a, b) => rank(order, a) - rank(order, b))
}
export type Placed = { pointer?: string; message: string }
const rank = (order: readonly string[], { pointer }: Placed): number => (pointer === undefined ? order.length : order.indexOf(pointer))

/**
 * Binds a field to its value, its place in the payload and the problem there. What is plainly wrong is said once the field is left; that
 * something is missing only after an attempt to send.
 */
export const fieldsOf = <V extends Typed>(
  { values, left }: { values: V; left: readonly string[] },
  opened: V,
  problems: readonly Placed[],
  attempted: boolean,
) => {
  const isWrong = (name: keyof V & string) => left.includes(name) && values[name] !== opened[name] && values[name] !== ''
  const errorAt = (pointer: string, name: keyof V & string): string | undefined =>
    attempted || isWrong(name) ? problems.find((problem) => problem.pointer === pointer)?.message : undefined
  const bind = (name: keyof V & string, pointer: string) => ({
    name,
    id: fieldId(pointer),
    defaultValue: String(values[name]),
    error: errorAt(pointer, name),
  })
  const tick = (name: keyof V & string) => ({ name, defaultChecked: values[name] === true })
  return { bind, tick }
}
export type Fields<V extends Typed> = ReturnType<typeof fieldsOf<V>>
