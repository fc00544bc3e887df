import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsFrom } from '../../lib/auth/guard.ts'
import {
  agreement, AGREEMENT_SORTS, AGREEMENT_STATUSES, AgreementPayload, ORGANISATIONS, SUBJECTS, partiesInWords, type AgreementPayload as Stated,
} from '../../lib/filings/kinds/agreement.ts'
import { DECLARED } from '../../lib/filings/kinds/declared-fields.ts'
import { canonicalJson, type Json } from '../../lib/log/canonical.ts'
import { countryName } from '../../lib/taxonomy/countries.ts'
import { declaredPayload, declaredValues } from '../../app/(workspace)/filings/declared-values.ts'
import { agreement as made } from '../support/factories.ts'

const COMPILED = { source: 'Press' }
const problemsOf = (overrides: Parameters<typeof made>[0]) => {
  const parsed = AgreementPayload.safeParse(made(overrides))
  return parsed.success ? [] : problemsFrom(parsed.error, '/payload').map(({ pointer, message }) => ({ pointer: pointer.replace('/payload', ''), message }))
}
const blank = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, undefined]))
const BARE = blank('subjects', 'mutualDefence', 'foreignForces', 'text', 'summary', 'purpose')

describe('an agreement', () => {
  test.each<[string, Parameters<typeof made>[0]]>([
    ['signed with one', {}],
    ['with an organisation alone', { partners: undefined, organisations: ['NATO'] }],
    ['with three and an organisation', { partners: ['AL', 'XK', 'TR'], organisations: ['OSCE'] }],
    ['that is planned', { status: 'planned', signedOn: undefined }],
    ['in force on the day of its signature', { status: 'in_force', inForceOn: '2026-05-12' }],
    ['that has ended', { status: 'ended', endsOn: '2026-06-01' }],
    ['whose text is withheld', { text: 'withheld', textReason: 'Classified by both sides' }],
    ['compiled, of a year alone', { ...BARE, compiled: COMPILED, signedOn: '2013' }],
    ['compiled, of no day, as it is not known to stand', { ...BARE, compiled: COMPILED, signedOn: undefined, status: 'unknown' }],
    ['compiled, ended within the year of its signature', { ...BARE, compiled: COMPILED, status: 'ended', signedOn: '2013-05-01', endsOn: '2013' }],
  ])('%s holds', (_what, overrides) => expect(problemsOf(overrides)).toEqual([]))

  test.each<[string, Parameters<typeof made>[0], string, string]>([
    ['without a title', { title: ' ' }, '/title', 'State the title'],
    ['whose title breaks the line', { title: 'Agreement\nand more' }, '/title', 'in one line'],
    ['of no known sort', { agreement: 'alliance' }, '/agreement', 'one of bilateral, cooperation'],
    ['with nobody', { partners: undefined }, '/partners', 'at least one other party'],
    ['with an empty list of parties', { partners: [], organisations: ['NATO'] }, '/partners', 'leave the field out'],
    ['with a party in words', { partners: ['Turkey'] }, '/partners/0', 'two-letter ISO code'],
    ['with a party twice', { partners: ['TR', 'AL', 'TR'] }, '/partners/2', '“TR” is named twice'],
    ['with the EU as a country', { partners: ['EU'] }, '/partners/0', 'among the organisations'],
    ['with an organisation of no list', { organisations: ['BATP'] }, '/organisations/0', 'Another one stands in the title'],
    ['of no status', { status: undefined }, '/status', 'one of planned, signed'],
    ['that is not known to stand', { status: 'unknown' }, '/status', 'for entries compiled from open sources'],
    ['signed on no day', { signedOn: undefined }, '/signedOn', 'State the day of the signature'],
    ['signed in a year', { signedOn: '2026' }, '/signedOn', 'State the full date'],
    ['signed on a day that does not exist', { signedOn: '2026-02-30' }, '/signedOn', 'a date that exists'],
    ['planned and signed', { status: 'planned' }, '/signedOn', 'not signed yet'],
    ['in force before it is signed', { status: 'in_force', inForceOn: '2026-05-11' }, '/inForceOn', 'before the signature, 2026-05-12'],
    ['ended before it is in force', { status: 'ended', inForceOn: '2026-06-01', endsOn: '2026-05-31' }, '/endsOn', 'before it enters into force, 2026-06-01'],
    ['ended on no day', { status: 'ended' }, '/endsOn', 'on which it ended'],
    ['that covers nothing', { subjects: [] }, '/subjects', 'State what it covers'],
    ['that does not say what it covers', { subjects: undefined }, '/subjects', 'State what it covers'],
    ['that covers the same twice', { subjects: ['cyber', 'cyber'] }, '/subjects/1', 'named twice'],
    ['silent on mutual defence', { mutualDefence: undefined }, '/mutualDefence', 'true or false'],
    ['silent on forces of others', { foreignForces: undefined }, '/foreignForces', 'true or false'],
    ['silent on its text', { text: undefined }, '/text', 'public, or withheld'],
    ['whose text is withheld for no reason', { text: 'withheld' }, '/textReason', 'Say why the text is withheld'],
    ['public for a reason', { textReason: 'None' }, '/textReason', 'Leave it out'],
    ['without a summary', { summary: ' ' }, '/summary', 'in short what it agrees'],
    ['without a purpose', { purpose: undefined }, '/purpose', 'State the purpose'],
    ['with a field of its own', { secret: true }, '/secret', 'is not a field here'],
  ])('%s is refused, in a sentence that helps', (_what, overrides, pointer, message) => {
    const found = problemsOf(overrides)
    expect(found.map((problem) => problem.pointer)).toEqual([pointer])
    expect(found[0]!.message).toContain(message)
  })

  const unfit = (overrides: Parameters<typeof made>[0], today: string | null = '2026-11-22') => agreement.unfit!(AgreementPayload.parse(made(overrides)), 'AL', today)
  test('names the other parties and not the own one, and its dates bear out how it stands', () => {
    expect(unfit({})).toEqual([])
    expect(unfit({ partners: ['TR', 'AL'] })).toEqual([{ at: '/partners/1', message: expect.stringContaining('Take it out of the list') }])
    expect(unfit({ status: 'in_force', inForceOn: '2026-11-23' })).toEqual([{ at: '/inForceOn', message: expect.stringContaining('State it as signed') }])
    expect(unfit({ status: 'in_force', inForceOn: '2026-11-22' })).toEqual([])
    expect(unfit({ status: 'ended', endsOn: '2026-11-23' })).toEqual([{ at: '/endsOn', message: expect.stringContaining('has not ended before 2026-11-23') }])
    expect(unfit({ status: 'in_force', inForceOn: '2026-11-23' }, null)).toEqual([])
  })

  test('is one line in the register: title, with whom, how it stands', () => {
    const summaryOf = (overrides: Parameters<typeof made>[0]) => agreement.summary(AgreementPayload.parse(made(overrides)), countryName)
    expect(summaryOf({})).toBe('Agreement on cooperation in defence, with North Macedonia, signed 2026-05-12')
    expect(summaryOf({ partners: ['XK'], organisations: ['NATO'], status: 'partly_implemented' })).toBe('Agreement on cooperation in defence, with Kosovo* and NATO, signed 2026-05-12, partly implemented')
    expect(summaryOf({ status: 'planned', signedOn: undefined })).toBe('Agreement on cooperation in defence, with North Macedonia, planned')
    expect(partiesInWords({ partners: ['BA', 'HR', 'XK', 'ME', 'RS'] }, countryName)).toBe('Bosnia and Herzegovina, Croatia, Kosovo* and 2 others')
    expect(agreement.entry(AgreementPayload.parse(made({})))).toMatchObject({ counterpart: 'MK', mode: 'bilateral', asOf: null, doneOn: '2026-05-12', category: null, counted: false })
  })
})

const subset = <T>(of: readonly T[]) => fc.option(fc.subarray([...of], { minLength: 1 }), { nil: undefined })
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const date = fc.constantFrom('2019', '2019-03-01', '2020-11-30', '2024-02-29', '2026-05-12')
const words = fc.constantFrom('Agreement', ' Sporazum o saradnji – čćžšđ ', 'Marrëveshje', 'a'.repeat(200), 'Договор', '"quoted", \\ and / more')
const anything = fc.record({
  title: words, agreement: fc.constantFrom(...AGREEMENT_SORTS), partners: subset(['AL', 'TR', 'US', 'XK', 'HU']), organisations: subset(ORGANISATIONS),
  status: fc.constantFrom(...AGREEMENT_STATUSES), signedOn: maybe(date), inForceOn: maybe(date), endsOn: maybe(date), subjects: subset(SUBJECTS), mutualDefence: maybe(fc.boolean()),
  foreignForces: maybe(fc.boolean()), text: maybe(fc.constantFrom('public', 'withheld')), textReason: maybe(fc.constantFrom('Classified', 'By agreement of both')), summary: maybe(words),
  purpose: maybe(words), compiled: maybe(fc.constant(COMPILED)),
})
/** As a ministry files it: nothing needed is left out. */
const whole = fc.tuple(anything, fc.subarray([...SUBJECTS], { minLength: 1 }), fc.boolean(), words, words).map(([stated, subjects, yes, summary, purpose]) =>
  ({ ...stated, subjects, mutualDefence: yes, foreignForces: !yes, summary, purpose, text: stated.textReason ? 'withheld' : 'public', compiled: undefined }))
const present = (payload: object): Record<string, Json> => Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)) as Record<string, Json>

test('what is accepted is canonical: it is the same when it is read again, and when the form has held it', () => {
  const accepted = { filed: 0, compiled: 0 }
  fc.assert(fc.property(fc.oneof(anything, whole), (stated) => {
    const parsed = AgreementPayload.safeParse(present(stated))
    if (!parsed.success) return
    const text = canonicalJson(parsed.data as unknown as Json)
    const again = AgreementPayload.parse(JSON.parse(text)) as Stated
    expect(canonicalJson(again as unknown as Json)).toBe(text)
    const form = DECLARED['agreement.defence']
    const { values, rows } = declaredValues(form, again, '')
    accepted[again.compiled ? 'compiled' : 'filed'] += 1
    if (!again.compiled) expect(canonicalJson(declaredPayload(form, values, rows) as Json)).toBe(text)
  }), { numRuns: 3000 })
  expect(Math.min(accepted.filed, accepted.compiled)).toBeGreaterThan(20)
})
