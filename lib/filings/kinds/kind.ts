import type { z } from 'zod'
import type { ParticipantCode } from '../../participants/rules.ts'
import type { CategoryCode } from '../../taxonomy/rules.ts'
import type { Facts } from '../../thresholds/facts.ts'
import type { RuleParams } from '../../thresholds/situation.ts'
import type { Json } from '../../log/canonical.ts'

/** Who may read a field of a filing, each including those after it. Sites are for verifiers and the owner. */
export const AUDIENCES = ['public', 'observer', 'participant', 'verifier'] as const
export type Audience = (typeof AUDIENCES)[number]

/** One row of the register's list: public facts of the newest version. Quantities null when withheld or not meant. */
export type EntryFacts = {
  category: CategoryCode | null
  type: string | null
  quantity: number | null
  delivered: number | null
  /** Supplier of an acquisition or recipient of a disposal, ISO alpha-2. */
  counterpart: string | null
  stage: string | null
  mode: string | null
  replaces: string | null
  fromYear: number | null
  toYear: number | null
  /** Delivered or completed on; the last day it can mean. */
  doneOn: string | null
  /** Whether it changes projected holdings at all (an upgrade or an export of new production does not). */
  counted: boolean
  asOf: string | null
}

/** The row of a declaration or statement: it is as of a date, and of no category or type. */
export const declared = (asOf: string, facts: Partial<EntryFacts> = {}): EntryFacts => ({
  category: null, type: null, quantity: null, delivered: null, counterpart: null, stage: null, mode: null, replaces: null, fromYear: null, toYear: null,
  doneOn: null, counted: false, asOf, ...facts,
})

/** A figure that a declaration states, for tables across years and participants: `audience` may read it. Null: withheld. */
export type Figure = { figure: string; value: number | null; unit: string; audience: Audience }

export type ProjectedLine = { category: CategoryCode; type: string; inService: number | null; inStorage: number | null; unit: string | null }

/** A problem at its place in the payload: '/lateReason'. */
export type Asked = { at: string; message: string }

type FieldsOf<P> = { [K in Exclude<keyof P & string, 'previous'>]-?: Audience } & { previous?: Audience }

export type Kind<Name extends string, S extends z.ZodType> = {
  kind: Name
  title: string
  verb: string
  help: string
  schema: S
  /** Which audience may read each field. A field without a line here does not compile. */
  audience: FieldsOf<z.infer<S>>
  /** The same inside the rows of a list. */
  within?: Record<string, Record<string, Audience>>
  /** Computed members that all may read in place of the rows. */
  derive?: (payload: z.infer<S>) => Record<string, Json>
  /** One line of public facts. `country` names a supplier or recipient by its code. */
  summary: (payload: z.infer<S>, country: (code: string) => string) => string
  previous: (payload: z.infer<S>) => string | null
  entry: (payload: z.infer<S>) => EntryFacts
  facts: (payload: z.infer<S>) => Facts
  lines: (payload: z.infer<S>) => ProjectedLine[]
  types: (payload: z.infer<S>) => { category: CategoryCode; type: string }[]
  /** Countries that it names, each with its place in the payload. */
  countries?: (payload: z.infer<S>) => { at: string; code: string }[]
  /** What only who files it, and when, shows to be wrong. `today`: the Vienna day of a first filing; null for an amendment. */
  unfit?: (payload: z.infer<S>, participant: ParticipantCode, today: string | null) => Asked[]
  /** What the rules that it meets ask of it besides, by their ids and figures. `today`: the Vienna day of a first filing; null for an amendment. */
  asked?: (payload: z.infer<S>, met: ReadonlyMap<string, RuleParams>, today: string | null) => Asked[]
  figures?: (payload: z.infer<S>) => Figure[]
}

export const defineKind = <const Name extends string, S extends z.ZodType>(kind: Kind<Name, S>): Kind<Name, S> => kind

const reads = (audience: Audience, needed: Audience): boolean => AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(needed)

/** The payload as `audience` may read it: fields above it are left out, not blanked. */
export const viewFor = (kind: Pick<AnyKind, 'audience' | 'within' | 'derive'>, payload: Record<string, Json>, audience: Audience): Record<string, Json> => {
  const view: Record<string, Json> = {}
  for (const [field, value] of Object.entries(payload)) {
    const needed = (kind.audience as Record<string, Audience>)[field]
    if (!needed || !reads(audience, needed)) continue
    const inner = kind.within?.[field]
    view[field] = inner && Array.isArray(value) ? value.map((row) => withoutHidden(row as Record<string, Json>, inner, audience)) : value
  }
  return kind.derive ? { ...view, ...kind.derive(payload) } : view
}

const withoutHidden = (row: Record<string, Json>, hidden: Record<string, Audience>, audience: Audience): Record<string, Json> =>
  Object.fromEntries(Object.entries(row).filter(([field]) => !hidden[field] || reads(audience, hidden[field])))

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a registry of kinds with different payloads
export type AnyKind = Kind<string, any>
