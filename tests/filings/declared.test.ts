import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { problemsFrom } from '../../lib/auth/guard.ts'
import { declaredFigures } from '../../lib/db/schema.ts'
import { amendFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { kindOf, type KindName } from '../../lib/filings/kinds/registry.ts'
import { getFiling, previewFiling } from '../../lib/filings/queries.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { listObligations } from '../../lib/schedule/queries.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { filed, refusalOf, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

const register = useRegister()
const example = (name: string) => FILING_EXAMPLES[name]!.value as { kind: KindName; participant: ParticipantCode; payload: Payload }
const NOW = new Date('2026-11-20T10:00:00Z')
const by = (participant: string) => as(`${participant.toLowerCase()}-submitter`, { now: NOW })
const problemsOf = (name: string, overrides: Payload) => {
  const { kind, payload } = example(name)
  const parsed = kindOf(kind).schema.safeParse({ ...payload, ...overrides })
  return parsed.success ? [] : problemsFrom(parsed.error as never, '/payload').map(({ pointer, message }) => `${pointer}: ${message}`)
}

describe('what is not right is refused, with its place and what would be right', () => {
  test.each<[string, Payload, string]>([
    ['personnel', { asOf: '2027' }, '/payload/asOf: State the full date'],
    ['personnel', { active: { land: 1, air: 1, naval: 1 } }, '/payload/active/joint: State the active strength of joint and common units, in persons: a whole number, 0 for nil, or withheld'],
    ['personnel', { reserve: 1.5 }, '/payload/reserve: The strength of the reserve, in persons is a whole number'],
    ['personnel', { reserve: null }, '/payload/reserve: State the strength of the reserve, in persons'],
    ['personnel', { activeTotal: 2000 }, '/payload/activeTotal: Only entries compiled from open sources'],
    ['budget', { total: 100 }, '/payload/total: The parts come to 331,000,000, more than the total of 100.'],
    ['budget', { gdp: 1000 }, '/payload/gdp: The gross domestic product is less than the budget'],
    ['budget', { currency: 'euro' }, '/payload/currency: State the currency by its ISO 4217 code'],
    ['budget', { procurement: '88000000' }, '/payload/procurement: State the amount for procurement as a number, not as text.'],
    ['budget', { shareOfGdp: 0.02 }, '/payload/shareOfGdp: Only entries compiled from open sources'],
    ['structure', { units: [] }, '/payload/units: State at least one formation or unit.'],
    ['structure', { units: [{ name: 'A', level: 'platoon', location: 'Durrës' }] }, '/payload/units/0/level: State the level'],
    ['structure', { units: [{ name: 'A', level: 'brigade', location: 'Durrës' }, { name: 'A', level: 'brigade', location: 'Vlorë' }] }, '/payload/units/0/name: “A” is named twice'],
    ['structure', { units: [{ name: 'A', level: 'brigade', superior: 'B', location: 'Durrës' }] }, '/payload/units/0/superior: “B” is not among the units'],
    ['structure', { units: [{ name: 'A', level: 'brigade', superior: 'B', location: 'D' }, { name: 'B', level: 'corps', superior: 'A', location: 'D' }] }, '/payload/units/0/superior: “A” is subordinate to itself'],
    ['cyber', { capability: 'yes', command: '' }, '/payload/command: Name the command'],
    ['autonomy', { nil: false }, '/payload/systems: Name at least one system, or state nil.'],
    ['autonomy', { systems: [{ name: 'Harop', category: 'E1', level: 'autonomous', legalReview: true }] }, '/payload/nil: Nil is stated, but a system is named.'],
    ['surveillance', { parliamentToldOn: undefined as never }, '/payload/parliamentToldOn: State when parliament was told.'],
  ])('%s with %j', (name, overrides, problem) => {
    expect(problemsOf(name, overrides)[0]).toMatch(new RegExp(`^${problem.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`))
  })

  test.each(Object.keys(FILING_EXAMPLES))('the example of %s holds', (name) => { expect(problemsOf(name, {})).toEqual([]) })

  test('withheld and nil are not blank', () => {
    expect(problemsOf('personnel', { reserve: 0, specialForces: { withheld: 'protection of readiness' } })).toEqual([])
    expect(problemsOf('personnel', { specialForces: { withheld: '' } })[0]).toMatch(/Say why it is withheld/)
  })
})

describe('each is filed, read by its audience, amended and withdrawn', () => {
  test('every declaration and statement is filed under its own date', async () => {
    for (const name of ['personnel', 'budget', 'structure', 'cyber', 'autonomy', 'surveillance']) {
      const { kind, participant, payload } = example(name)
      const answer = await filed({ kind, participant, payload }, NOW)
      expect(answer.filing).toMatchObject({ kind, participant, status: 'filed' })
      const again = await refusalOf(submitFiling(by(participant), { kind, participant, payload } as never))
      expect(again.fields[0]!.message).toMatch(/Amend that one, or state another (date|year or basis)\./)
    }
  })

  test('the public reads the strength of all services, participants that of each, and an amendment takes the place of both', async () => {
    const { kind, participant, payload } = example('personnel')
    const { filing } = await filed({ kind, participant, payload: { ...payload, asOf: '2026-01-01' } }, NOW)
    const figuresFor = (key: string | null) => under(register(), key, (tx) => tx.select().from(declaredFigures).where(eq(declaredFigures.filingId, filing.id)))
    expect((await figuresFor(null)).map(({ figure, value }) => [figure, value])).toEqual([['active', 2020]])
    expect((await figuresFor('demo-hr-submitter')).find(({ figure }) => figure === 'active.naval')?.value).toBe(350)
    expect((await figuresFor('demo-hr-submitter')).find(({ figure }) => figure === 'paramilitary')).toMatchObject({ value: null })
    const seen = await getFiling(as(null), { id: filing.id })
    expect(seen.version.payload).toMatchObject({ asOf: '2026-01-01', strength: 2020 })
    expect(Object.keys(seen.version.payload)).not.toContain('active')

    const amended = await amendFiling(by(participant), { id: filing.id, payload: { ...payload, asOf: '2026-01-01', active: { land: 1300, air: 250, naval: 350, joint: 220 } }, reason: 'A battalion was left out.' } as never)
    expect(await figuresFor(null)).toEqual([])
    const now = await under(register(), null, (tx) => tx.select().from(declaredFigures).where(eq(declaredFigures.filingId, amended.filing.id)))
    expect(now.map(({ value }) => value)).toEqual([2120])
    await withdrawFiling(by(participant), { id: amended.filing.id, reason: 'Filed for a trial.' })
    expect(await under(register(), null, (tx) => tx.select().from(declaredFigures).where(eq(declaredFigures.filingId, amended.filing.id)))).toEqual([])
  })

  test('a jump is told before it is sent: special forces from 120 to 400', async () => {
    const { kind, participant, payload } = example('personnel')
    const preview = await previewFiling(by(participant), { kind, participant, payload: { ...payload, asOf: '2028-01-01', specialForces: 400, active: { land: 1800, air: 250, naval: 350, joint: 220 } } } as never)
    expect(preview.problems).toEqual([])
    expect(preview.alerts.map(({ rule, measured }) => [rule, measured])).toEqual([
      ['personnel.growth', '2,020 → 2,620, + 29.7 %'], ['personnel.special_forces', '120 → 400, + 233.3 %'],
    ])
  })

  test('budgets are compared with the year before on the same basis', async () => {
    const { kind, participant, payload } = example('budget')
    const next = (overrides: Payload) => previewFiling(by(participant), { kind, participant, payload: { ...payload, year: 2027, adoptedOn: '2026-11-01', ...overrides } } as never)
    expect((await next({ total: 400_000_000 })).alerts.map(({ rule }) => rule)).toEqual(['budget.growth'])
    expect((await next({ total: 340_000_000, gdp: 13_000_000_000 })).alerts.map(({ rule }) => rule)).toEqual(['budget.share'])
    expect((await next({ basis: 'executed' })).untested.map(({ why }) => why)).toContain('no executed budget for 2026 filed')
  })
})

test('obligations of all kinds stand as they were met', async () => {
  const owed = await listObligations(as(null, { now: new Date('2026-12-20T00:00:00Z') }), { participant: 'ME' })
  expect(owed.find(({ rule }) => rule === 'personnel.annual')).toMatchObject({ state: 'filed', asOf: '2027-01-01', dueOn: '2026-12-15', daysLate: 0 })
  expect(owed.find(({ rule }) => rule === 'holdings.annual')).toMatchObject({ state: 'late', daysLate: 5 })
  const nil = await listObligations(as(null, { now: new Date('2026-12-20T00:00:00Z') }), { participant: 'BA' })
  expect(nil.find(({ rule }) => rule === 'statement.autonomy')).toMatchObject({ state: 'upcoming' })
  const budgets = await listObligations(as(null, { now: new Date('2026-12-20T00:00:00Z') }), { participant: 'MK' })
  expect(budgets.find(({ rule }) => rule === 'budget.adopted')).toBeUndefined()
})
