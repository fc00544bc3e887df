import type { z } from 'zod'
import type { SaveDraft } from '@/lib/filings/input.ts'

/** A payload on its way: may be incomplete, may be wrong. */
export type Payload = z.input<typeof SaveDraft>['payload']
type Given = Record<string, unknown>

const UNITS: Record<string, number> = { m: 1e6, mn: 1e6, million: 1e6, bn: 1e9, billion: 1e9 }

/** '1,500' -> 1500, '2.7 bn' -> 2700000000, '' -> undefined. What is not a number stays as typed, so that its refusal can name it. */
export const numberTyped = (typed: string): number | string | undefined => {
  const text = typed.trim()
  if (text === '') return undefined
  const [, digits, unit] = /^([-−]?\d[\d,\s]*(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? []
  const factor = unit ? UNITS[unit.toLowerCase()] : 1
  if (digits === undefined || factor === undefined || /[,\s]\d{0,2}(?!\d)/.test(digits.trim())) return text
  const number = Number(digits.replaceAll(/[,\s]/g, '').replace('−', '-'))
  return factor === 1 ? number : Number((number * factor).toFixed(2))
}

/** A group of choices that was left without one is null, whatever its type says. */
export const wordTyped = (typed: string | null): string | undefined => typed?.trim() || undefined

/** A number, or that it is withheld and why. */
export const statedTyped = (value: string, withheld: boolean, reason: string): number | string | { withheld: string } | undefined =>
  withheld ? { withheld: reason.trim() } : numberTyped(value)

export const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
export const reasonIn = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'withheld' in value ? text(value.withheld) : null
export const inside = (value: unknown): Given => (typeof value === 'object' && value !== null ? (value as Given) : {})

/** Without what is blank: a blank is an omission, and the register says so itself. */
export const stated = (fields: Record<string, unknown>): Payload =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Payload

/** A payload that was sent as JSON text; what is none is refused by the command as any other that is no object. */
export const readText = (json: string): Payload => {
  try {
    return JSON.parse(json) as Payload
  } catch {
    return json as never
  }
}

const fieldAt = (pointer: string): string => pointer.split('/')[2] ?? ''

/** The payload without the fields that are wrong; fillers take the place of what is then missing. */
export const filledIn = (payload: Payload, fillers: Payload, problems: readonly { pointer: string }[]): Payload => {
  const wrong = new Set(problems.map(({ pointer }) => fieldAt(pointer)))
  return { ...fillers, ...Object.fromEntries(Object.entries(payload).filter(([field]) => !wrong.has(field))) }
}

/** Problems of what was typed: those that only a filler has are not the person's. */
export const ownProblems = <P extends { pointer: string }>(payload: Payload, problems: readonly P[]): P[] =>
  problems.filter(({ pointer }) => fieldAt(pointer) in payload)
