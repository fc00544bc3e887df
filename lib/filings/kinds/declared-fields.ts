import { CATEGORIES } from '../../taxonomy/rules.ts'
import { ACTIVITY_SORT_LABEL } from './activity.ts'
import { AGREEMENT } from './agreement-fields.ts'
import { BUDGET_BASIS_LABEL, BUDGET_PART_LABEL, BUDGET_PARTS } from './budget.ts'
import { NOTIFIED } from './notified-fields.ts'
import { SERVICE_LABEL, SERVICES, STRENGTH_LABEL } from './personnel.ts'
import type { KindName } from './registry.ts'
import { AUTONOMY_LEVEL_LABEL, CYBER_CAPABILITY_LABEL, SURVEILLANCE_MODE_LABEL } from './statements.ts'
import { UNIT_LEVEL_LABEL } from './structure.ts'

/**
 * One field of a declaration or statement, for its form and its page. `at` is its place in the payload: 'active/land'. What is
 * `stated` is a number or withheld with a reason; `in` names its unit.
 */
export type DeclaredField = {
  at: string
  label: string
  hint?: string
  /** What is understood besides when it is typed into the form. */
  typed?: string
  what: 'date' | 'year' | 'stated' | 'share' | 'choice' | 'yes' | 'text' | 'long' | 'codes' | 'several' | 'area'
  in?: string
  options?: Readonly<Record<string, string>>
  /** Of these the ones that only entries compiled from open sources state: no form offers them. */
  compiledOptions?: readonly string[]
  optional?: true
  /** Stands in entries compiled from open sources only: no form asks for it. */
  compiledOnly?: true
  /** Its options are participants, of which the filer is none. */
  others?: true
  /** A heading above this field and those that follow without one. */
  under?: string
}
/** A list: each row with these columns. With `nil`, that there is none is stated by itself. */
export type DeclaredRows = { at: string; label: string; one: string; columns: readonly DeclaredField[]; name: string; nil?: string }
export type Declared = { fields: readonly DeclaredField[]; rows?: DeclaredRows }
/** Kinds whose forms and pages are made from their fields. */
export type FormKind = Exclude<KindName, 'notification.acquisition' | 'notification.disposal' | 'declaration.holdings'>

const asOf = (hint: string): DeclaredField => ({ at: 'asOf', label: 'As of', hint, what: 'date' })
const REMARK: DeclaredField = { at: 'remark', label: 'Remark', hint: 'Observers and participants read this.', what: 'long', optional: true }
const yes = (at: string, label: string, hint?: string): DeclaredField => ({ at, label, what: 'yes', ...(hint ? { hint } : {}) })
const persons = (at: string, label: string, hint: string, more: Partial<DeclaredField> = {}): DeclaredField => ({ at, label, hint, what: 'stated', in: 'persons', ...more })
const amount = (at: string, label: string, hint: string): DeclaredField => ({ at, label, hint, what: 'stated', in: 'currency' })
const categories = Object.fromEntries(CATEGORIES.map(({ code, title }) => [code, `${code} · ${title}`]))

const ANNUAL = '1 January of the year for an annual declaration.'
const NORMS = '31 December for a yearly statement.'

export const DECLARED: Readonly<Record<FormKind, Declared>> = {
  ...NOTIFIED,
  'agreement.defence': AGREEMENT,
  'declaration.personnel': {
    fields: [
      asOf(ANNUAL),
      ...SERVICES.map((service, index) => persons(`active/${service}`, SERVICE_LABEL[service], 'In persons; 0 where there is none.', index === 0 ? { under: 'Active strength by service' } : {})),
      persons('activeTotal', 'Active strength', '', { compiledOnly: true }), persons('activeAndParamilitary', 'Active and paramilitary strength', '', { compiledOnly: true }),
      persons('authorised', STRENGTH_LABEL.authorised, 'Posts that the law or the budget allows.', { under: 'Besides' }), persons('reserve', STRENGTH_LABEL.reserve, 'Persons who can be called up.'),
      persons('specialForces', STRENGTH_LABEL.specialForces, 'Within the active strength.'), persons('paramilitary', STRENGTH_LABEL.paramilitary, 'Armed forces of other ministries, not in the active strength.'),
      REMARK,
    ],
  },
  'declaration.budget': {
    fields: [
      { at: 'year', label: 'Budget year', hint: 'The year that it is for.', what: 'year' },
      { at: 'basis', label: 'Basis', hint: 'Adopted by parliament, executed at the year’s end, or planned.', what: 'choice', options: BUDGET_BASIS_LABEL },
      { at: 'currency', label: 'Currency', hint: 'ISO 4217 code, such as EUR, RSD or ALL.', what: 'text' },
      { at: 'adoptedOn', label: 'Adopted on', hint: 'An adopted budget is due three months after this day.', what: 'date', optional: true },
      { ...amount('total', 'Total', 'In full units.'), typed: '331 m and 2.7 bn are understood.', under: 'Amounts' },
      ...BUDGET_PARTS.map((part) => amount(part, BUDGET_PART_LABEL[part], 'Part of the total.')),
      amount('gdp', 'Gross domestic product', 'Of the same year, in the same currency: the share is worked out.'),
      { at: 'shareOfGdp', label: 'Share of gross domestic product', what: 'share', compiledOnly: true },
      REMARK,
    ],
  },
  'declaration.structure': {
    fields: [asOf(ANNUAL), REMARK],
    rows: {
      at: 'units', label: 'Formations and units', one: 'formation or unit', name: 'name',
      columns: [
        { at: 'name', label: 'Name', what: 'text' }, { at: 'level', label: 'Level', what: 'choice', options: UNIT_LEVEL_LABEL },
        { at: 'superior', label: 'Subordinate to', what: 'text', optional: true }, { at: 'location', label: 'Peacetime location', what: 'text' },
        { at: 'remark', label: 'Remark', what: 'text', optional: true },
      ],
    },
  },
  'calendar.activities': {
    fields: [{ at: 'year', label: 'Year', hint: 'The year that the calendar is for.', what: 'year' }, REMARK],
    rows: {
      at: 'activities', label: 'Planned activities', one: 'planned activity', name: 'name', nil: 'Nothing is planned',
      columns: [
        { at: 'name', label: 'Name', what: 'text' }, { at: 'activity', label: 'Sort', what: 'choice', options: ACTIVITY_SORT_LABEL },
        { at: 'startsOn', label: 'First day planned', what: 'date' }, { at: 'endsOn', label: 'Last day planned', what: 'date' },
        { at: 'place', label: 'Place', what: 'text' },
        { at: 'forces', label: 'Forces', hint: 'Two-letter codes, such as RS, HU.', what: 'codes' },
        { at: 'personnel', label: 'Personnel', hint: 'A number, 0 for nil, or withheld.', what: 'stated', in: 'persons' },
        { at: 'purpose', label: 'Purpose', what: 'text', optional: true },
      ],
    },
  },
  'statement.cyber': {
    fields: [
      asOf(NORMS),
      { at: 'capability', label: 'Military cyber capability', what: 'choice', options: CYBER_CAPABILITY_LABEL },
      { at: 'command', label: 'Command that is responsible', hint: 'Where there is a capability.', what: 'text', optional: true },
      yes('doctrinePublic', 'A doctrine is public'), { at: 'legalBasis', label: 'Legal basis', hint: 'The act that allows it, or that there is none.', what: 'text' },
      yes('parliamentaryOversight', 'Parliament oversees it'),
      { at: 'contact', label: 'Contact, day and night', hint: 'Participants read this, the public does not.', what: 'text' },
      yes('pledge', 'Pledge', 'Not to attack the critical infrastructure of other participants.'),
      { at: 'norms', label: 'How the agreed norms were kept in the year', what: 'long' },
      { at: 'reviewedOn', label: 'Last neutral review', what: 'date', optional: true }, REMARK,
    ],
  },
  'statement.autonomy': {
    fields: [asOf(NORMS), yes('pledge', 'Pledge', 'To field none without a human in the loop.'), REMARK],
    rows: {
      at: 'systems', label: 'Systems that select targets', one: 'system', name: 'name', nil: 'There is no such system',
      columns: [
        { at: 'name', label: 'System', what: 'text' }, { at: 'category', label: 'Category', what: 'choice', options: categories },
        { at: 'level', label: 'Level of autonomy', hint: 'A working definition; none is agreed internationally.', what: 'choice', options: AUTONOMY_LEVEL_LABEL },
        yes('legalReview', 'Legal review done'), { at: 'remark', label: 'Remark', what: 'text', optional: true },
      ],
    },
  },
  'statement.surveillance': {
    fields: [asOf(NORMS), { at: 'parliamentToldOn', label: 'Parliament was told on', hint: 'Where there is any use.', what: 'date', optional: true }, REMARK],
    rows: {
      at: 'uses', label: 'Remote biometric identification by security forces', one: 'use', name: 'system', nil: 'There is no such use',
      columns: [
        { at: 'system', label: 'System', what: 'text' }, { at: 'mode', label: 'Mode', what: 'choice', options: SURVEILLANCE_MODE_LABEL },
        yes('faceRecognition', 'Recognises faces'), { at: 'site', label: 'Site', hint: 'Verifiers and you read this.', what: 'text', optional: true },
        { at: 'remark', label: 'Remark', what: 'text', optional: true },
      ],
    },
  },
}

export const DECLARED_KINDS = [
  'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance',
] as const satisfies FormKind[]
/** Those that spreadsheets carry as well. */
export type DeclaredKind = (typeof DECLARED_KINDS)[number]
export const isDeclared = (kind: KindName): kind is FormKind => kind in DECLARED
/** Whether a sheet carries it. */
export const isOfSheets = (kind: KindName): kind is DeclaredKind => (DECLARED_KINDS as readonly string[]).includes(kind)
