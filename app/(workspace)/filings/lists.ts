import type { Caller } from '@/lib/auth/guard.ts'
import type { Viewer } from '@/lib/auth/policy.ts'
import { ACQUISITION_MODE_LABEL, ACQUISITION_MODES, EFFECT_LABEL, EFFECTS, STAGE_LABEL, STAGES } from '@/lib/filings/kinds/acquisition.ts'
import { DISPOSAL_MODE_LABEL, DISPOSAL_MODES } from '@/lib/filings/kinds/disposal.ts'
import { isOfSheets } from '@/lib/filings/kinds/declared-fields.ts'
import { kindOf, type KindName } from '@/lib/filings/kinds/registry.ts'
import type { TimeLimits } from '@/lib/filings/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { listCountries } from '@/lib/taxonomy/countries.ts'
import { FLORENCE_CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { listCategories } from '@/lib/taxonomy/queries.ts'
import { categoryLabel } from '../../payload-words.ts'
import { listRules } from '@/lib/thresholds/queries.ts'
import { noticeAsked } from '@/lib/thresholds/rules.ts'
import type { AcquisitionLists } from './acquisition-form.tsx'
import type { DeclaredWords } from './declared-form.tsx'
import type { DisposalLists } from './disposal-form.tsx'
import type { HoldingsLists } from './holdings-form.tsx'
import type { Filer } from './draft-frame.tsx'

/** A planned acquisition is notified within 30 days of the decision (obligations of the rulebook); no rule measures it. */
const DECISION_DAYS = 30

const viennaDay = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Vienna', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date())
const options = <T extends string>(values: readonly T[], labels: Record<T, string>) =>
  values.map((value) => ({ value, label: labels[value] }))

export const filerOf = ({ participant, fourEyes }: Viewer): Filer => ({
  participant: participant!,
  designation: DESIGNATION[participant!],
  fourEyes,
})

/** `titles` names rules by their id and categories by their code, as the preview speaks of them. */
const rulesHere = async (caller: Caller) => {
  const [rules, categories] = await Promise.all([listRules(caller, {}), listCategories(caller, {})])
  const late = rules.find(({ id }) => id === 'acquisition.late')
  const figure = (name: string) => {
    const given = late?.params[name]
    return typeof given === 'number' ? given : null
  }
  const limits: TimeLimits = {
    decisionDays: DECISION_DAYS,
    contractDays: figure('contractDays') ?? 30,
    deliveryDays: figure('deliveryDays') ?? 90,
  }
  const titles = Object.fromEntries([...rules.map(({ id, title }) => [id, title]), ...categories.map(({ code, name }) => [code, name])])
  return { titles: titles as Record<string, string>, limits, noticeDays: noticeAsked(rules, new Date().toISOString()) }
}

export const acquisitionLists = async (caller: Caller): Promise<AcquisitionLists> => ({
  ...(await rulesHere(caller)),
  today: viennaDay(),
  countries: listCountries(),
  stages: options(STAGES, STAGE_LABEL),
  modes: options(ACQUISITION_MODES, ACQUISITION_MODE_LABEL),
  effects: options(EFFECTS, EFFECT_LABEL),
})

export const disposalLists = async (caller: Caller): Promise<DisposalLists> => {
  const { titles } = await rulesHere(caller)
  return { titles, today: viennaDay(), countries: listCountries(), modes: options(DISPOSAL_MODES, DISPOSAL_MODE_LABEL) }
}

export const declaredFormWords = async (caller: Caller, kind: KindName): Promise<DeclaredWords> => {
  const { verb, help } = kindOf(kind)
  const { titles, noticeDays } = await rulesHere(caller)
  return { title: verb, lead: help, titles, isOfSheets: isOfSheets(kind), notice: kind === 'notification.activity' ? { today: viennaDay(), asked: noticeDays } : null }
}

/** Cyber capability is stated and not counted, and what lies outside the categories cannot be nil as a whole. */
const NIL_NOT_ASKED = ['E5', 'none']

export const holdingsLists = async (caller: Caller): Promise<HoldingsLists> => {
  const [{ titles }, categories] = await Promise.all([rulesHere(caller), listCategories(caller, {})])
  return {
    titles,
    categories: categories.map(({ code, definition }) => ({ code, definition, label: categoryLabel(code) })),
    besides: NIL_NOT_ASKED,
    florence: FLORENCE_CATEGORIES,
  }
}
