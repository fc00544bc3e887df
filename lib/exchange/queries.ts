import type { z } from 'zod'
import { query, type Caller, type Context, type Operation } from '../auth/guard.ts'
import { startDeclaration, startDeclared } from '../declarations/queries.ts'
import type { Carried } from '../declarations/rules.ts'
import { isOfSheets } from '../filings/kinds/declared-fields.ts'
import type { CategoryTotal } from '../filings/kinds/holdings.ts'
import { getFilingText } from '../filings/queries.ts'
import type { Json } from '../log/canonical.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { formatNumber } from '../shared/format.ts'
import type { Stated } from './declared-table.ts'
import { markedFile, sheetFile, type SheetAnswer, type SheetView } from './files.ts'
import type { Since } from './guide.ts'
import { DeclaredFile, DeclaredTemplateOf, SheetFile, SheetOf, TemplateOf } from './input.ts'
import { readGiven, readHoldings, type Given } from './read.ts'
import type { Reading } from './reading.ts'
import type { Declared } from './table.ts'

let last: Promise<unknown> = Promise.resolve()
/** One file at a time: each takes up to a second and some 100 MB, and two at once would be no sooner done. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const done = last.then(work)
  last = done.catch(() => {})
  return done
}

/**
 * A guarded read whose work needs nothing more of the register: its transaction has ended before the work begins, so that no
 * connection waits for a file.
 */
const afterwards = <S extends z.ZodType, I, R>(admitted: Operation<S, I>, work: (value: I) => Promise<R>): Operation<S, R> => {
  const { operation, permission, operationName, input, run } = admitted
  const answered = (value: I): Promise<R> => inTurn(() => work(value))
  return Object.assign(async (caller: Caller, raw: z.input<S>) => answered(await admitted(caller, raw)), {
    operation, permission, operationName, input, run: async (ctx: Context, given: z.output<S>) => answered(await run(ctx, given)),
  })
}

const givenOf = async (file: File): Promise<Given> => ({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) })

/** A declaration of holdings from a workbook or a CSV: its payload, or every cell that is wrong. Nothing is stored. */
export const readSheet = afterwards(
  query({ name: 'sheet.read', permission: 'draft.write', input: SheetFile, run: async (_ctx, given) => given }),
  async ({ file, asOf }): Promise<Reading> => readHoldings(await givenOf(file), asOf),
)

/** The same file back, with what is wrong marked in it. */
export const markSheet = afterwards(
  query({ name: 'sheet.mark', permission: 'draft.write', input: SheetFile, run: async (_ctx, given) => given }),
  async ({ file, asOf }): Promise<SheetAnswer> => markedFile('declaration.holdings', await givenOf(file), asOf),
)

/** The same for the other declarations and the statements, by kind. */
export const readDeclaredSheet = afterwards(
  query({ name: 'sheet.read_declared', permission: 'draft.write', input: DeclaredFile, run: async (_ctx, given) => given }),
  async ({ kind, file, asOf }): Promise<Reading<Record<string, Json>>> => readGiven(kind, await givenOf(file), asOf),
)

export const markDeclaredSheet = afterwards(
  query({ name: 'sheet.mark_declared', permission: 'draft.write', input: DeclaredFile, run: async (_ctx, given) => given }),
  async ({ kind, file, asOf }): Promise<SheetAnswer> => markedFile(kind, await givenOf(file), asOf),
)

const isRow = (value: Json): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

/** A payload as it was filed, or as a draft was typed: what is not of its form is left out. */
const declaredIn = ({ asOf, remark, lines, nil }: Stated): Declared =>
  ({ asOf: textIn(asOf), remark: textIn(remark), lines: listIn(lines).filter(isRow), nil: listIn(nil).filter((code) => typeof code === 'string') })

const sourceIn = ({ compiled }: Stated): string | null => (compiled && isRow(compiled) ? textIn(compiled.source) : null)
const viewOf = (participant: ParticipantCode, payload: Stated): SheetView => {
  const { totals, lines } = payload
  return {
    kind: 'declaration.holdings', participant, declared: declaredIn(payload), source: sourceIn(payload),
    totals: lines === undefined && totals !== undefined ? (listIn(totals) as CategoryTotal[]) : null,
  }
}

const NONE = 'Only declarations and statements are given as sheets, and this filing is none.'

/** A declaration or statement as a file, as far as the viewer may read it: of holdings the public gets totals, participants the lines, verifiers the sites. */
export const getSheet = afterwards(
  query({
    name: 'sheet.export', permission: 'register.read', input: SheetOf,
    run: async (ctx, { id, format }) => {
      const { head, payload } = await getFilingText.run(ctx, { id })
      const { kind, participant } = head
      const stated = JSON.parse(payload) as Stated
      if (kind === 'declaration.holdings') return { view: viewOf(participant, stated), format }
      if (!isOfSheets(kind)) throw new AppError('not_found', NONE)
      const view: SheetView = { kind, participant, source: sourceIn(stated), stated, isWhole: ctx.viewer.participant === participant }
      return { view, format }
    },
  }),
  ({ view, format }) => sheetFile(view, format),
)

const PLACE = { inService: 'in service', inStorage: 'in storage' } as const
const signed = (pieces: number): string => (pieces > 0 ? `+${formatNumber(pieces)}` : `−${formatNumber(-pieces)}`)

/** What became of a change in the lines of the template. */
const sinceOf = ({ filing, on, category, type, pieces, field, from, to, why }: Carried): Since => {
  const what = `${category} · ${type}: ${pieces === null ? 'quantity withheld' : signed(pieces)}`
  const made = field === null ? `not placed: ${why}` : `${PLACE[field]} ${from === null ? 'new' : formatNumber(from)} → ${formatNumber(to!)}`
  return { filing: filing.number, on, words: `${what}, ${made}` }
}

/** Later than any declaration: a template for no day in particular begins with the newest. */
const ANY_DAY = '9999-12-31'

/** A workbook to fill in: the last declaration of the viewer's participant, carried on by what was notified since, for another day. */
export const getTemplate = afterwards(
  query({
    name: 'sheet.template', permission: 'draft.read', input: TemplateOf,
    run: async (ctx, { asOf }): Promise<SheetView> => {
      const { lines, nil, carried } = await startDeclaration.run(ctx, { asOf: asOf ?? ANY_DAY })
      const declared = { asOf: asOf ?? null, remark: null, lines, nil }
      return { kind: 'declaration.holdings', participant: ctx.viewer.participant!, source: null, declared, since: carried.map(sinceOf), totals: null }
    },
  }),
  (view) => sheetFile(view, 'xlsx'),
)

/** The same for another kind: what the participant's last one states, but for what is of its date. */
export const getDeclaredTemplate = afterwards(
  query({
    name: 'sheet.template_declared', permission: 'draft.read', input: DeclaredTemplateOf,
    run: async (ctx, { kind, asOf }): Promise<SheetView> => {
      const { payload } = await startDeclared.run(ctx, { kind, asOf: asOf ?? null })
      return { kind, participant: ctx.viewer.participant!, source: null, stated: payload, isWhole: true }
    },
  }),
  (view) => sheetFile(view, 'xlsx'),
)
