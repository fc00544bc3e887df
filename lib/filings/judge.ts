import { and, eq, inArray, isNull } from 'drizzle-orm'
import { invalid, problemsFrom, type Context } from '../auth/guard.ts'
import { together } from '../db/client.ts'
import { entries, filings, knownTypes } from '../db/schema.ts'
import { DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import { reference } from '../participants/queries.ts'
import { AppError, type FieldProblem } from '../shared/errors.ts'
import { countryName, isCountry } from '../taxonomy/countries.ts'
import { categoryOf, typeFitsCategory, typeKey, type CategoryCode } from '../taxonomy/rules.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { loadSituation } from '../thresholds/queries.ts'
import { assess } from '../thresholds/rules.ts'
import type { Assessment, Situation, Subject } from '../thresholds/situation.ts'
import type { Json } from '../log/canonical.ts'
import { correctedBy, earlierFacts } from './earlier.ts'
import { STAGES } from './kinds/acquisition.ts'
import type { AnyKind, Asked } from './kinds/kind.ts'
import { kindOf, type KindName } from './kinds/registry.ts'
import { isDeclaration, KIND_WORDS } from './kinds/words.ts'
import { stageProblem, type Action } from './rules.ts'

/** What someone wants to file: as typed, not yet believed. */
export type Proposal = { kind: KindName; participant: ParticipantCode; payload: Record<string, Json>; action: Action; basedOn: string | null }

type Entry = typeof entries.$inferSelect

/** A proposal that may be filed: its payload parsed, its entry, and what it causes. */
export type Judged = {
  kind: KindName; participant: ParticipantCode; action: Action; payload: Record<string, Json>; summary: string
  entry: Entry | null; basedOn: string | null; situation: Situation | null; assessment: Assessment
  /** What the rules that it meets ask for and it does not state: it is not filed without. */
  asked: FieldProblem[]
}

const NOTHING: Assessment = { alerts: [], untested: [], notTold: [] }

const mustFileForOwn = (ctx: Context, participant: ParticipantCode): void => {
  if (ctx.viewer.participant !== participant) {
    const own = ctx.viewer.participant ? DESIGNATION[ctx.viewer.participant] : 'nobody'
    throw new AppError('forbidden', `You file for ${own}, not for ${DESIGNATION[participant]}.`, [{ pointer: '/participant', message: `State ${ctx.viewer.participant}.` }])
  }
}

/** The entry that a stage, amendment or withdrawal continues: own, of the kind, and at its newest version. */
const entryOf = async (ctx: Context, proposal: Proposal, filingId: string): Promise<Entry> => {
  const [found] = await ctx.db.select({ entry: entries, version: filings.version }).from(filings)
    .innerJoin(entries, eq(entries.entryId, filings.entryId)).where(eq(filings.id, filingId))
  if (!found || found.entry.participant !== proposal.participant || found.entry.kind !== proposal.kind) {
    const message = 'This is not a filing of yours of this kind.'
    if (proposal.action === 'stage') throw invalid([{ pointer: '/payload/previous', message }])
    throw new AppError('not_found', message)
  }
  if (found.entry.status === 'withdrawn') throw new AppError('conflict', `${found.entry.number} has been withdrawn; file a new entry.`)
  if (found.entry.filingId !== filingId) {
    throw new AppError('conflict', `${found.entry.number} has a newer version (${found.entry.version}). Start from that one.`)
  }
  return found.entry
}

const unknownCountries = (kind: AnyKind, payload: Record<string, Json>): FieldProblem[] =>
  (kind.countries?.(payload) ?? []).filter(({ code }) => !isCountry(code))
    .map(({ at, code }) => ({ pointer: `/payload${at}`, message: `“${code}” is not a country code. State ISO 3166-1 alpha-2, such as FR.` }))

const placed = (found: readonly Asked[]): FieldProblem[] => found.map(({ at, message }) => ({ pointer: `/payload${at}`, message }))

const PAST_DATES = {
  decidedOn: 'decision', signedOn: 'signature', deliveredOn: 'delivery', completedOn: 'completion', adoptedOn: 'adoption', reviewedOn: 'review', parliamentToldOn: 'report to parliament',
}

const refuseFuture = (ctx: Context, payload: Record<string, Json>): FieldProblem[] => {
  const tomorrow = new Date(ctx.now.getTime() + 86_400_000).toISOString().slice(0, 10)
  return Object.entries(PAST_DATES).flatMap(([field, what]) => {
    const stated = payload[field]
    if (typeof stated !== 'string' || stated <= tomorrow) return []
    return [{ pointer: `/payload/${field}`, message: `The ${what} is in the future. File it once it has happened, or state the date that is right.` }]
  })
}

type Seen = { category: CategoryCode; type: string }

/**
 * Types known to the register under another category: "Rafale F3-R" as a battle tank. Also tells whether the first type is known. What an
 * entry itself stated before is no ground for refusing its correction.
 */
const checkTypes = async (ctx: Context, seen: Seen[], continued: string | null, pointerAt: (index: number) => string): Promise<{ problems: FieldProblem[]; known: boolean }> => {
  const keys = [...new Set(seen.map((one) => typeKey(one.type)))]
  if (keys.length === 0) return { problems: [], known: true }
  const found = await ctx.db.selectDistinct({ key: knownTypes.typeKey, category: knownTypes.category, entryId: filings.entryId }).from(knownTypes)
    .innerJoin(filings, eq(filings.id, knownTypes.firstFilingId)).where(inArray(knownTypes.typeKey, keys))
  const categoriesOf = Map.groupBy(found.filter((row) => row.entryId !== continued), (row) => row.key)
  const problems = seen.flatMap(({ category, type }, index) => {
    const known = (categoriesOf.get(typeKey(type)) ?? []).map((row) => row.category)
    if (typeFitsCategory(known, category)) return []
    const right = [...new Set(known)].map((code) => `${code} · ${categoryOf(code).title}`).join(' or ')
    return [{ pointer: pointerAt(index), message: `The register knows ${type} as ${right}. Choose that category, or state another type.` }]
  })
  return { problems, known: found.length > 0 }
}

const entryFor = (ctx: Context, proposal: Proposal): Promise<Entry | null> => {
  const previous = proposal.action === 'stage' ? ((proposal.payload.previous as string | undefined) ?? proposal.basedOn) : proposal.basedOn
  if (proposal.action === 'file') return Promise.resolve(null)
  if (!previous) throw invalid([{ pointer: proposal.action === 'stage' ? '/payload/previous' : '/basedOn', message: 'State the id of the filing that this one continues.' }])
  return entryOf(ctx, proposal, previous)
}

/** An amendment may restate the stage that its filing followed, and no filing of another entry: readers would be led astray. */
const mustStayInEntry = async (ctx: Context, { action, payload }: Proposal, entry: Entry | null): Promise<void> => {
  if (action !== 'amend' || typeof payload.previous !== 'string' || !entry) return
  const [earlier] = await ctx.db.select({ entryId: filings.entryId }).from(filings).where(eq(filings.id, payload.previous))
  if (earlier?.entryId !== entry.entryId) throw invalid([{ pointer: '/payload/previous', message: `This is not a filing of ${entry.number}. Leave it out.` }])
}

/** One declaration a date: a second one beside it would leave open which of them holds. */
const mustBeOnlyOne = async (ctx: Context, { kind, participant, payload, action }: Proposal, entryId: string | null): Promise<void> => {
  if (!isDeclaration(kind) || action === 'withdraw' || ctx.historic) return
  const { asOf, mode } = kindOf(kind).entry(payload)
  const found = await ctx.db.select({ entryId: entries.entryId, number: entries.number }).from(entries)
    .where(and(eq(entries.participant, participant), eq(entries.kind, kind), eq(entries.asOf, asOf!), mode === null ? isNull(entries.mode) : eq(entries.mode, mode), eq(entries.status, 'filed'), eq(entries.compiled, false)))
  const other = found.find((row) => row.entryId !== entryId)
  if (!other) return
  const year = `for ${String(payload.year)}${mode === null ? '' : `, ${mode},`}`
  const [field, when] = 'year' in payload ? ['year', year] : ['asOf', `as of ${asOf!}`]
  throw invalid([{ pointer: `/payload/${field}`, message: `The ${KIND_WORDS[kind].noun} ${when} is ${other.number}. Amend that one, or state another ${field === 'asOf' ? 'date' : mode === null ? 'year' : 'year or basis'}.` }])
}

/**
 * Reads a proposal as the register will: parses it by its kind, holds it against what is filed, and asks the thresholds.
 * The preview, the filing and the loading of history all pass here. Throws every problem at once, with its place.
 */
export const judge = async (ctx: Context, given: Proposal): Promise<Judged> => {
  mustFileForOwn(ctx, given.participant)
  const kind = kindOf(given.kind)
  const parsed = kind.schema.safeParse(given.payload)
  if (!parsed.success) throw invalid(problemsFrom(parsed.error, '/payload'))
  const payload = parsed.data as Record<string, Json>
  const action: Action = given.action === 'file' && kind.previous(payload) ? 'stage' : given.action
  const proposal = { ...given, action, payload }
  const today = viennaDay(ctx.now.toISOString())
  const isFirst = action === 'file' && !ctx.historic
  const problems = [...unknownCountries(kind, payload), ...refuseFuture(ctx, payload), ...(ctx.historic || action === 'withdraw' ? [] : placed(kind.unfit?.(payload, given.participant, isFirst ? today : null) ?? []))]
  if (payload.compiled !== undefined && !ctx.historic && action !== 'withdraw') problems.push({ pointer: '/payload/compiled', message: '“compiled” is not a field here. Leave it out.' })
  if (problems.length > 0) throw invalid(problems)
  const seen = kind.types(payload)
  const at = (index: number) => (given.kind === 'declaration.holdings' ? `/payload/lines/${index}/category` : '/payload/category')
  const entry = await entryFor(ctx, proposal)
  await mustStayInEntry(ctx, proposal, entry)
  await mustBeOnlyOne(ctx, proposal, entry?.entryId ?? null)
  const facts = kind.facts(payload)
  const subject: Subject = { facts, participant: given.participant, filedAt: ctx.now.toISOString(), amended: action === 'amend' }
  const entryId = entry?.entryId ?? null
  const [types, found, earlierDeclared, correcting] = await together([
    checkTypes(ctx, seen, entryId, at), action === 'withdraw' ? null : loadSituation(ctx, subject, entryId, true),
    action === 'withdraw' ? null : earlierFacts(ctx, given.participant, facts, payload),
    action === 'amend' && entry ? correctedBy(ctx, given.kind, entry) : null,
  ])
  if (types.problems.length > 0 && !ctx.historic) throw invalid(types.problems)
  if (action === 'stage' && entry && facts.kind === 'notification.acquisition') {
    const problem = stageProblem(entry.stage, facts.stage, STAGES)
    if (problem) throw invalid([{ pointer: '/payload/stage', message: problem }])
    if (entry.category !== facts.category) throw invalid([{ pointer: '/payload/category', message: `${entry.number} is in category ${entry.category}. Amend it first if that was wrong.` }])
  }
  const summary = kind.summary(payload, countryName)
  const judged = { kind: given.kind, participant: given.participant, action, payload, summary, entry, basedOn: entry?.filingId ?? null }
  if (!found) return { ...judged, situation: null, assessment: NOTHING, asked: [] }
  const situation = { ...found, earlierDeclared, correcting, typeKnown: types.known }
  const { rules } = await reference(ctx)
  const assessment = assess(subject, situation, rules)
  const met = new Map(assessment.alerts.map(({ rule, version }) => [rule, rules.find((one) => one.id === rule && one.version === version)!.params]))
  const asked = ctx.historic ? [] : placed(kind.asked?.(payload, met, isFirst ? today : null) ?? [])
  return { ...judged, situation, assessment, asked }
}

/** The same for what is to be filed: refused as long as anything is asked for. */
export const judgeWhole = async (ctx: Context, given: Proposal): Promise<Judged> => {
  const judged = await judge(ctx, given)
  if (judged.asked.length > 0) throw invalid(judged.asked)
  return judged
}
