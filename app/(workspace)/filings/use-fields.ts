'use client'
import { useEffect, useState } from 'react'
import type { DefaultValues, FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { fieldId } from '../../ui/field.tsx'
import { inside } from './form-values.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const typedIn = (control: Control): string | boolean | null => {
  if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.selected !== option.defaultSelected) ? control.value : null
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked === control.defaultChecked ? null : control.checked
  if (control instanceof HTMLInputElement && control.type === 'radio') return control.checked && !control.defaultChecked ? control.value : null
  return control.value === control.defaultValue ? null : control.value
}

/** What was typed while the page had not woken up yet; null where nothing was. */
const typedBefore = (formId: string): [string, string | boolean][] => {
  const form = typeof document === 'undefined' ? null : document.getElementById(formId)
  if (form === null || !(form instanceof HTMLFormElement)) return []
  return [...form.elements].flatMap((control) => {
    if (!('name' in control) || !control.name) return []
    const typed = typedIn(control as Control)
    return typed === null ? [] : [[(control as Control).name, typed] as [string, string | boolean]]
  })
}

/** A form has woken up: what was typed on a slow line before that is taken over, not overwritten. */
export const useAwake = <V extends FieldValues>(form: UseFormReturn<V>, formId: string): boolean => {
  const [before] = useState(() => typedBefore(formId))
  const [awake, setAwake] = useState(false)
  useEffect(() => {
    for (const [name, value] of before) form.setValue(name as Path<V>, value as PathValue<V, Path<V>>, { shouldDirty: true, shouldTouch: true })
    setAwake(true)
  }, [before, form])
  return awake
}

const DELIVERIES = '/payload/deliveries'
const placeOf = (pointer: string): string => (pointer === DELIVERIES ? `${DELIVERIES}/from` : pointer)

const isBlankAt = (payload: unknown, pointer: string): boolean =>
  pointer.split('/').slice(2).reduce<unknown>((value, key) => inside(value)[key], payload) === undefined

/** Problems in the order and, for blanks, in the words of this form. One whose field is not on the page stands last, without a place. */
export const placed = (problems: readonly FieldProblem[], payload: unknown, blanks: Record<string, string>): Placed[] => {
  const order = Object.keys(blanks)
  return problems.map(({ pointer, message }) => {
    const place = placeOf(pointer)
    if (!(place in blanks)) return { message }
    return { pointer: place, message: isBlankAt(payload, pointer) ? blanks[place]! : message }
  }).toSorted((a, b) => rank(order, a) - rank(order, b))
}
export type Placed = { pointer?: string; message: string }
const rank = (order: readonly string[], { pointer }: Placed): number => (pointer === undefined ? order.length : order.indexOf(pointer))

/**
 * Binds a field to its value, its place in the payload and the problem there. What is plainly wrong is said once the field is left; that
 * something is missing only after an attempt to send.
 */
export const useFields = <V extends FieldValues>(
  form: UseFormReturn<V>, opened: DefaultValues<V>, problems: readonly Placed[], attempted: boolean,
) => {
  const { touchedFields, dirtyFields } = form.formState
  const isLeft = (name: Path<V>) => Boolean((touchedFields as Record<string, boolean>)[name] && (dirtyFields as Record<string, boolean>)[name])
  const errorAt = (pointer: string, name: Path<V>): string | undefined => {
    const filled = form.getValues(name) as unknown
    if (!attempted && !(isLeft(name) && filled !== '' && filled !== false)) return undefined
    return problems.find((problem) => problem.pointer === pointer)?.message
  }
  const bind = (name: Path<V>, pointer: string) => ({
    ...form.register(name), id: fieldId(pointer), defaultValue: String((opened as Record<string, unknown>)[name] ?? ''), error: errorAt(pointer, name),
  })
  const tick = (name: Path<V>) => ({ ...form.register(name), defaultChecked: (opened as Record<string, unknown>)[name] === true })
  return { bind, tick, errorAt }
}
