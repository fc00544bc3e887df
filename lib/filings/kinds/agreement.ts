import { z } from 'zod'
import type { ParticipantCode } from '../../participants/rules.ts'
import { formatList } from '../../shared/format.ts'
import { declared, defineKind, type Asked } from './kind.ts'
import { Compiled, Country, day, fullDaysUnlessCompiled, isYearOnly, lastDayOf, note, oneLine, refuseTwice, refusing, yesOrNo, type Refuse } from './stated.ts'

/** What sort of agreement, and what is meant by it. */
export const AGREEMENT_SORTS = [
  'bilateral', 'cooperation', 'declaration', 'procurement', 'industry', 'partnership', 'accession', 'arms_control', 'peace', 'normalisation',
] as const
export type AgreementSort = (typeof AGREEMENT_SORTS)[number]
export const AGREEMENT_SORT_LABEL = {
  bilateral: 'Bilateral agreement', cooperation: 'Cooperation', declaration: 'Declaration', procurement: 'Procurement', industry: 'Industry', partnership: 'Partnership',
  accession: 'Accession', arms_control: 'Arms control', peace: 'Peace', normalisation: 'Normalisation',
} as const satisfies Record<AgreementSort, string>
export const AGREEMENT_SORT_MEANING = {
  bilateral: 'between two, on defence or security', cooperation: 'a programme or charter of working together', declaration: 'of common intent, not a treaty',
  procurement: 'buying together, or one from the other', industry: 'making or developing arms together', partnership: 'with an organisation, short of membership',
  accession: 'to an organisation, as a member', arms_control: 'limits, information and verification', peace: 'ends an armed conflict, or settles what follows it',
  normalisation: 'settles relations that were in dispute',
} as const satisfies Record<AgreementSort, string>

/** How an agreement stands. That it is not known, only history compiled from open sources may say. */
export const AGREEMENT_STATUSES = ['planned', 'signed', 'in_force', 'partly_implemented', 'not_implemented', 'ended', 'unknown'] as const
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number]
export const AGREEMENT_STATUS_LABEL = {
  planned: 'Planned', signed: 'Signed', in_force: 'In force', partly_implemented: 'Partly implemented', not_implemented: 'Not implemented', ended: 'Ended', unknown: 'Not known',
} as const satisfies Record<AgreementStatus, string>
const STATED_STATUSES = AGREEMENT_STATUSES.filter((status) => status !== 'unknown')

export const ORGANISATIONS = ['NATO', 'EU', 'OSCE', 'UN', 'CSTO', 'RACVIAC'] as const
export const ORGANISATION_LABEL = {
  NATO: 'NATO', EU: 'European Union', OSCE: 'OSCE', UN: 'United Nations', CSTO: 'CSTO', RACVIAC: 'RACVIAC',
} as const satisfies Record<(typeof ORGANISATIONS)[number], string>

export const SUBJECTS = ['exercises', 'training', 'procurement', 'stationing_of_forces', 'intelligence', 'air_defence', 'cyber', 'industry', 'other'] as const
export const SUBJECT_LABEL = {
  exercises: 'Exercises', training: 'Training', procurement: 'Procurement', stationing_of_forces: 'Stationing of forces', intelligence: 'Intelligence', air_defence: 'Air defence',
  cyber: 'Cyber', industry: 'Industry', other: 'Other, said below',
} as const satisfies Record<(typeof SUBJECTS)[number], string>

export const AGREEMENT_TEXTS = ['public', 'withheld'] as const
export const AGREEMENT_TEXT_LABEL = { public: 'Public', withheld: 'Withheld, with a reason' } as const

export const AgreementPayload = z.strictObject({
  title: oneLine('the title', 200),
  agreement: z.enum(AGREEMENT_SORTS, `State what sort it is: one of ${AGREEMENT_SORTS.join(', ')}.`),
  partners: z.array(Country, 'State the other parties by their two-letter codes.').min(1, 'Name a party, or leave the field out.').max(60, 'At most 60.').optional(),
  organisations: z.array(z.enum(ORGANISATIONS, `Name organisations of the list: ${ORGANISATIONS.join(', ')}. Another one stands in the title.`), 'State the organisations as a list.')
    .min(1, 'Name an organisation, or leave the field out.').optional(),
  status: z.enum(AGREEMENT_STATUSES, `State how it stands: one of ${STATED_STATUSES.join(', ')}.`),
  signedOn: day('the day of the signature').optional(),
  inForceOn: day('the day on which it enters into force').optional(),
  endsOn: day('the day on which it ends').optional(),
  subjects: z.array(z.enum(SUBJECTS, `State what it covers: of ${SUBJECTS.join(', ')}.`), 'State what it covers, as a list.').min(1, 'State what it covers.').optional(),
  mutualDefence: yesOrNo('it obliges the parties to defend each other').optional(),
  foreignForces: yesOrNo('it allows forces or bases of others on the territory').optional(),
  text: z.enum(AGREEMENT_TEXTS, 'Say whether its text is public, or withheld with a reason.').optional(),
  textReason: note(300).min(3, 'Say why the text is withheld, in 3 to 300 characters.').optional(),
  summary: note(4000).optional(),
  purpose: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  const { partners, organisations, subjects, signedOn, inForceOn, endsOn } = payload
  if (!partners && !organisations) refuse(['partners'], 'Name at least one other party: by its code, or an organisation.')
  for (const [field, list] of Object.entries({ partners, organisations, subjects })) refuseTwice(list ?? [], [field], refuse)
  partners?.forEach((code, index) => {
    if (isOrganisation(code)) refuse(['partners', index], `${code} is an organisation. Name it among the organisations.`)
  })
  fullDaysUnlessCompiled(payload, { signedOn, inForceOn, endsOn }, refuse)
  refuseReversed(payload, refuse)
  if (payload.text !== 'withheld' && payload.textReason !== undefined) refuse(['textReason'], 'A reason belongs to a text that is withheld. Leave it out.')
  if (payload.text === 'withheld' && payload.textReason === undefined) refuse(['textReason'], 'Say why the text is withheld, in 3 to 300 characters.')
  if (!payload.compiled) refuseBlanks(payload, refuse)
})
export type AgreementPayload = z.infer<typeof AgreementPayload>
type Stated = Omit<AgreementPayload, 'compiled'>

export const isOrganisation = (code: string): boolean => (ORGANISATIONS as readonly string[]).includes(code)

/** A year alone may hold any of its days. */
const refuseReversed = ({ signedOn, inForceOn, endsOn }: Stated, refuse: Refuse): void => {
  if (signedOn && inForceOn && lastDayOf(inForceOn) < signedOn) refuse(['inForceOn'], `This is before the signature, ${signedOn}.`)
  const since = inForceOn ?? signedOn
  if (since && endsOn && lastDayOf(endsOn) < since) refuse(['endsOn'], `This is before ${inForceOn ? 'it enters into force' : 'the signature'}, ${since}.`)
}

/** What only history compiled from open sources may leave out, where no source states it. */
const NEEDED = {
  subjects: 'State what it covers.', mutualDefence: 'Say whether it obliges the parties to defend each other: true or false.',
  foreignForces: 'Say whether it allows forces or bases of others on the territory: true or false.', text: 'Say whether its text is public, or withheld with a reason.',
  summary: 'Say in short what it agrees.', purpose: 'State the purpose.',
} as const
const refuseBlanks = (payload: Stated, refuse: Refuse): void => {
  for (const [field, message] of Object.entries(NEEDED)) {
    const stated = payload[field as keyof typeof NEEDED]
    if (stated === undefined || stated === '') refuse([field], message)
  }
  const { status, signedOn, inForceOn, endsOn } = payload
  if (status === 'unknown') refuse(['status'], `State how it stands: one of ${STATED_STATUSES.join(', ')}. “unknown” is for entries compiled from open sources.`)
  if (status === 'planned') {
    for (const [field, stated] of Object.entries({ signedOn, inForceOn })) {
      if (stated) refuse([field], 'What is planned is not signed yet: leave the day out, or state how it stands now.')
    }
  } else if (!signedOn) refuse(['signedOn'], 'State the day of the signature, YYYY-MM-DD.')
  if (status === 'ended' && !endsOn) refuse(['endsOn'], 'State the day on which it ended.')
}

/** A status that a date contradicts on the day of filing; an amendment may speak of other days. */
const aheadOf = ({ status, inForceOn, endsOn }: Stated, today: string | null): Asked[] => {
  if (!today) return []
  const early = status === 'in_force' && inForceOn !== undefined && !isYearOnly(inForceOn) && inForceOn > today
  return [
    ...(early ? [{ at: '/inForceOn', message: `It enters into force on ${inForceOn} only. State it as signed, and amend this filing on that day.` }] : []),
    ...(status === 'ended' && endsOn !== undefined && endsOn > today ? [{ at: '/endsOn', message: `It has not ended before ${endsOn}. State how it stands now.` }] : []),
  ]
}
const ownAmong = ({ partners }: Stated, participant: ParticipantCode): Asked[] => {
  const at = partners?.indexOf(participant) ?? -1
  return at === -1 ? [] : [{ at: `/partners/${at}`, message: 'Name the other parties; your own participant is the one that files. Take it out of the list.' }]
}

const SHOWN = 4
/** With whom: 'Albania, Croatia and NATO'. */
export const partiesInWords = ({ partners = [], organisations = [] }: Pick<Stated, 'partners' | 'organisations'>, country: (code: string) => string): string => {
  const names = [...partners.map(country), ...organisations]
  return formatList(names.length > SHOWN ? [...names.slice(0, SHOWN - 1), `${names.length - SHOWN + 1} others`] : names)
}
const standing = ({ status, signedOn }: Stated): string => {
  const words = AGREEMENT_STATUS_LABEL[status].toLowerCase()
  if (!signedOn) return status === 'unknown' ? 'how it stands is not known' : words
  return status === 'signed' ? `signed ${signedOn}` : `signed ${signedOn}, ${status === 'unknown' ? 'how it stands is not known' : words}`
}

export const agreement = defineKind({
  kind: 'agreement.defence',
  title: 'Defence agreement',
  verb: 'File a defence agreement',
  help: 'A defence cooperation agreement or declaration with others: with whom, on what, how it stands. Each party files its own.',
  schema: AgreementPayload,
  audience: {
    title: 'public', agreement: 'public', partners: 'public', organisations: 'public', status: 'public', signedOn: 'public', inForceOn: 'public', endsOn: 'public', subjects: 'public',
    mutualDefence: 'public', foreignForces: 'public', text: 'public', textReason: 'public', summary: 'public', compiled: 'public', purpose: 'observer',
  },
  summary: (payload, country) => `${payload.title}, with ${partiesInWords(payload, country)}, ${standing(payload)}`,
  previous: () => null,
  entry: (payload) => declared('', {
    asOf: null, counterpart: payload.partners?.[0] ?? null, mode: payload.agreement, doneOn: payload.signedOn ? lastDayOf(payload.signedOn) : null,
  }),
  facts: ({ title, agreement: sort, partners = [], status }) => ({ kind: 'agreement.defence' as const, title, sort, partners, status }),
  lines: () => [],
  types: () => [],
  countries: ({ partners = [] }) => partners.map((code, index) => ({ at: `/partners/${index}`, code })),
  unfit: (payload, participant, today) => [...ownAmong(payload, participant), ...aheadOf(payload, today)],
})
