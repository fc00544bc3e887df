'use client'
import { useCallback, useEffect, useRef, useState, type FocusEvent } from 'react'
import { useStill } from './use-still.ts'

export type Typed = Record<string, string | boolean>

const isControl = (element: Element): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement

/** What the controls of a form hold. One that is not on the page at the moment is not among them. */
const held = (form: HTMLFormElement): Typed =>
  Object.fromEntries(
    [...form.elements].flatMap((control): [string, string | boolean][] => {
      if (!isControl(control) || control.name === '') return []
      if (!(control instanceof HTMLInputElement)) return [[control.name, control.value]]
      if (control.type === 'checkbox') return [[control.name, control.checked]]
      return control.type === 'radio' && !control.checked ? [] : [[control.name, control.value]]
    }),
  )

/**
 * What is typed into a form whose controls the browser keeps. It is read from them, so that what was typed on a slow line before the page
 * woke up counts too, and a control that leaves the page and comes back holds what it held.
 */
export const useTyped = <V extends Typed>(opened: V) => {
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(opened)
  const [left, setLeft] = useState<readonly string[]>([])
  const [awake, setAwake] = useState(false)
  useStill()
  const read = useCallback(() => {
    if (form.current) setValues((before) => ({ ...before, ...held(form.current!) }))
  }, [])
  useEffect(() => {
    read()
    setAwake(true)
  }, [read])
  const leave = ({ target }: FocusEvent) => {
    if (isControl(target)) setLeft((before) => [...new Set([...before, target.name])])
  }
  /** Puts other values in place of all: their controls are made anew under another key, since the browser keeps what it holds. */
  const put = useCallback((next: V) => setValues(next), [])
  return { values, left, awake, put, form: { ref: form, onChange: read, onBlur: leave } }
}
