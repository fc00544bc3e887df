import { describe, expect, test } from 'vitest'
import { getFiling, getFilingText, listFilings, suggestTypes } from '../../lib/filings/queries.ts'
import { acquisition as acquisitionKind } from '../../lib/filings/kinds/acquisition.ts'
import { AUDIENCES, viewFor } from '../../lib/filings/kinds/kind.ts'
import { KINDS } from '../../lib/filings/kinds/registry.ts'
import { codeOf, filed, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an, holdings } from '../support/factories.ts'
import { rows } from '../../lib/db/client.ts'
import { sql } from 'drizzle-orm'

const register = useRegister()

/** Who may read which field, written down a second time. */
const TABLE = `
  notification.acquisition  public       stage category type quantity delivered supplier mode deliveries effect replaces previous compiled
  notification.acquisition  observer     decidedOn signedOn deliveredOn purpose
  notification.acquisition  participant  value
  notification.disposal     public       category type quantity mode recipient fromHoldings compiled
  notification.disposal     observer     decidedOn completedOn purpose
  notification.activity     public       name activity startsOn endsOn area place forces personnel equipment airborne liveFire readiness compiled
  notification.activity     observer     purpose lateReason
  notification.activity     participant  observers
  notification.deployment   public       sort name startsOn endsOn area place forces personnel crosses compiled
  notification.deployment   observer     purpose
  notification.deployment   participant  systems
  notification.uav_flight   public       name startsOn endsOn area place uavClass armed compiled
  notification.uav_flight   observer     purpose
  notification.uav_flight   participant  type aircraft ceilingM
  calendar.activities       public       year activities nil compiled
  calendar.activities       observer     remark
  agreement.defence         public       title agreement partners organisations status signedOn inForceOn endsOn subjects mutualDefence foreignForces text textReason summary compiled
  agreement.defence         observer     purpose
  declaration.holdings      public       asOf nil compiled
  declaration.holdings      observer     remark
  declaration.holdings      participant  lines
  declaration.personnel     public       asOf activeTotal activeAndParamilitary compiled
  declaration.personnel     observer     remark
  declaration.personnel     participant  active reserve specialForces paramilitary authorised
  declaration.structure     public       asOf compiled
  declaration.structure     observer     remark
  declaration.structure     participant  units
  declaration.budget        public       year basis currency total gdp shareOfGdp adoptedOn compiled
  declaration.budget        observer     personnel operations procurement research remark
  statement.cyber           public       asOf capability command doctrinePublic legalBasis parliamentaryOversight pledge norms reviewedOn compiled
  statement.cyber           observer     remark
  statement.cyber           participant  contact
  statement.autonomy        public       asOf nil pledge compiled
  statement.autonomy        observer     remark
  statement.autonomy        participant  systems
  statement.surveillance    public       asOf nil parliamentToldOn compiled
  statement.surveillance    observer     remark
  statement.surveillance    participant  uses`

test('every field of every kind has the audience that is written down', () => {
  const stated = TABLE.trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .flatMap(([kind, audience, ...fields]) => fields.map((field) => `${kind} ${field} ${audience}`))
  expect(
    KINDS.flatMap(({ kind, audience }) => Object.entries(audience).map(([field, who]) => `${kind} ${field} ${who}`)).toSorted(),
  ).toEqual(stated.toSorted())
})

test('sites stay with verifiers and the owner', () => {
  expect(KINDS.flatMap((kind) => Object.entries(('within' in kind && kind.within) || {}))).toEqual([
    ['lines', { site: 'verifier' }], ['units', { location: 'verifier' }], ['uses', { site: 'verifier' }],
  ])
})

test('each audience reads what the one before reads, and more', () => {
  const payload = acquisitionKind.schema.parse(acquisition({ decidedOn: '2024-04-09' })) as never
  const keys = AUDIENCES.map((audience) => Object.keys(viewFor(acquisitionKind as never, payload, audience)))
  for (const [index, fields] of keys.entries()) expect(fields).toEqual(expect.arrayContaining(keys[index - 1] ?? []))
  expect(keys.at(-1)!.toSorted()).toEqual(Object.keys(payload).toSorted())
})

const SECRET = { unit: '63rd Parachute Brigade', site: 'Batajnica hangar 7', type: 'Neva-M secret', remark: 'Observers may read this' }
const READERS: [string, string | null, string[], string[]][] = [
  ['the public', null, ['totals', 'asOf', 'nil'], ['lines', 'remark', SECRET.unit, SECRET.site, SECRET.type]],
  ['an observer', 'observer', ['totals', 'remark'], ['lines', SECRET.unit, SECRET.site, SECRET.type]],
  ['a neighbour', 'hr-submitter', ['lines', SECRET.unit, SECRET.type], [SECRET.site]],
  ['the secretariat', 'secretariat', ['lines', SECRET.unit, SECRET.type], [SECRET.site]],
  ['a verifier of none', 'verifier1', ['lines', SECRET.unit, SECRET.site], []],
  ['a verifier of a neighbour', 'hr-verifier', ['lines', SECRET.site], []],
  ['a verifier of the filer', 'rs-verifier', ['lines', SECRET.site], []],
  ['the filer', 'rs-submitter', ['lines', SECRET.site], []],
]

describe('of a declaration', () => {
  test.each(READERS)('%s reads what is meant for them, wherever they look', async (_who, key, reads, doesNot) => {
    const lines = [{ category: 'E4', type: SECRET.type, inService: 4, inStorage: 0, unit: SECRET.unit, site: SECRET.site }]
    const asOf = `${2010 + READERS.findIndex((reader) => reader[0] === _who)}-01-01`
    const { filing } = await filed(an.holdings('RS', { asOf, lines, remark: SECRET.remark }))
    const [one, text, list] = await Promise.all([
      getFiling(as(key), { id: filing.id }),
      getFilingText(as(key), { id: filing.id }),
      listFilings(as(key), { q: 'holdings' }),
    ])
    expect(Object.keys(one.version.payload)).toEqual(
      expect.arrayContaining(reads.filter((field) => field in holdings({ remark: '' }) || field === 'totals')),
    )
    const everything = JSON.stringify([one, text, list])
    for (const word of reads) expect(everything).toContain(word)
    for (const word of doesNot) expect(everything).not.toContain(word)
  })

  test('the types are not for the public, in no table and no suggestion', async () => {
    await filed(an.holdings('RS', { lines: [{ category: 'E4', type: SECRET.type, inService: 4, inStorage: 0 }] }))
    for (const who of [null, 'observer']) expect(await codeOf(suggestTypes(as(who), {}))).toBe(who ? 'forbidden' : 'unauthenticated')
    for (const token of [null, 'demo-observer']) {
      for (const table of ['known_types', 'holding_lines']) {
        expect(await under(register(), token, (tx) => rows(tx, sql.raw(`select * from ${table}`)))).toEqual([])
      }
    }
  })
})

describe('of an acquisition', () => {
  test.each<[string, string | null, string[]]>([
    ['the public', null, ['value', 'signedOn', 'purpose']],
    ['an observer', 'observer', ['value']],
    ['a neighbour', 'al-submitter', []],
    ['a verifier', 'verifier2', []],
  ])('%s does not read %s', async (_who, key, hidden) => {
    const { filing } = await filed(an.acquisition('ME', { purpose: 'Coastal watch' }))
    const { version } = await getFiling(as(key), { id: filing.id })
    expect(['value', 'signedOn', 'purpose'].filter((field) => !(field in version.payload))).toEqual(hidden)
  })

  test('withheld says so to everyone with its reason, and is no number in the list', async () => {
    const { filing } = await filed(an.acquisition('ME', { quantity: { withheld: 'Security of supply' } }))
    const { version, entry } = await getFiling(as(null), { id: filing.id })
    expect(version.payload.quantity).toEqual({ withheld: 'Security of supply' })
    expect(entry.quantity).toBeNull()
  })
})
