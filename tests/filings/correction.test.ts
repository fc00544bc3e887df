import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { rebuildProjections } from '../../lib/filings/rebuild.ts'
import { changesBetween } from '../../app/payload-words.ts'
import { alertsOfFiling, listNotices } from '../../lib/alerts/queries.ts'
import { amendFiling, approveFiling } from '../../lib/filings/commands.ts'
import { getFiling, listFilings, previewFiling } from '../../lib/filings/queries.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { verificationQueue } from '../../lib/verification/queries.ts'
import { codeOf, filed, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

const register = useRegister()
const NOW = new Date('2026-12-01T10:00:00Z')
const later = (days: number) => ({ now: new Date(NOW.getTime() + days * 86_400_000) })
const tanks = (inService: number, more = {}) => an.holdings('BA', { asOf: '2027-01-01', lines: [{ category: 'I', type: 'M60A3', inService, inStorage: 0 }], nil: [], ...more })

test('Bosnia and Herzegovina declared 325 tanks and corrects them to 319: whoever was told of version 1 is told of version 2', async () => {
  await filed(an.holdings('BA', { asOf: '2026-01-01', lines: [{ category: 'I', type: 'M60A3', inService: 200, inStorage: 0 }], nil: [] }), new Date('2025-12-01T10:00:00Z'))
  const first = await filed(tanks(325), NOW)
  expect(first.alerts.find(({ rule }) => rule === 'holdings.growth')!.recipients).toEqual(expect.arrayContaining(['HR', 'ME', 'RS']))
  const id = first.filing.id
  await signVerification(as('verifier1', later(1)), { id, decision: 'verified' })
  await signVerification(as('verifier2', later(2)), { id, decision: 'verified' })
  expect((await getFiling(as(null), { id })).entry.verification).toBe('verified')

  expect(await codeOf(amendFiling(as('ba-submitter', later(3)), { id, payload: tanks(319).payload, reason: '' } as never))).toBe('invalid')
  const second = await amendFiling(as('ba-submitter', later(3)), { id, payload: tanks(319).payload, reason: 'Six were destroyed in November.' } as never)
  const alert = second.alerts.find(({ rule }) => rule === 'filing.corrected')!
  expect(alert.measured).toBe('I: 325 → 319, − 1.8 %')
  expect(alert.explanation).toBe(`Bosnia and Herzegovina corrects ${first.filing.number}: I: 325 → 319, − 1.8 %. Version 2 takes the place of version 1.`)
  expect(alert.recipients).toEqual(expect.arrayContaining(['HR', 'ME', 'RS', 'secretariat']))
  for (const who of ['hr-submitter', 'me-submitter', 'rs-submitter']) {
    const notices = (await listNotices(as(who, later(3)), { limit: 50 } as never)).items.filter(({ number }) => number === first.filing.number)
    expect(notices.map(({ version }) => version).toSorted(), who).toEqual([1, 2])
  }
  expect((await listNotices(as('mk-submitter', later(3)), { limit: 50 } as never)).items).toEqual([])

  const read = await getFiling(as(null), { id: second.filing.id })
  const earlier = { version: 1, verification: 'verified' }
  expect(read.entry).toMatchObject({ version: 2, verification: 'unverified', earlier })
  for (const who of [null, 'observer', 'rs-submitter', 'verifier1']) {
    const { items } = await listFilings(as(who), { participant: 'BA', kind: 'declaration.holdings' } as never)
    expect(items.find(({ number }) => number === first.filing.number), String(who)).toMatchObject({ version: 2, verification: 'unverified', signatures: 0, earlier })
    expect((await getFiling(as(who), { id })).entry.earlier).toEqual(earlier)
  }
  const queue = await verificationQueue(as('verifier1', later(4)), { limit: 50 })
  expect(queue.items.find((item) => item.id === second.filing.id)).toMatchObject({ verification: 'unverified', earlier })
  expect(read.versions.map(({ version, status }) => [version, status])).toEqual([[1, 'superseded'], [2, 'filed']])
  const [was, now] = read.versions.map(({ payload }) => payload)
  expect(changesBetween('declaration.holdings', was!, now!)).toEqual([{ field: 'I · Battle tanks', before: '325', after: '319' }])
  expect((await getFiling(as('hr-submitter'), { id })).version.payload).toMatchObject({ lines: [{ inService: 325 }] })
  const told = await alertsOfFiling(as('ba-submitter'), { filingId: second.filing.id })
  expect(told.alerts.find(({ rule }) => rule === 'filing.corrected')!.explanation).toContain('Version 2 takes the place')
})

test('a third version is told to those who were told of the first, with four eyes as well', async () => {
  await filed(an.holdings('HR', { asOf: '2026-01-01', lines: [{ category: 'I', type: 'M-84', inService: 40, inStorage: 0 }], nil: [] }), new Date('2025-12-01T10:00:00Z'))
  const payload = (inService: number) => an.holdings('HR', { asOf: '2027-01-01', lines: [{ category: 'I', type: 'M-84', inService, inStorage: 0 }], nil: [] })
  let { id } = (await filed(payload(60), NOW)).filing
  for (const [count, version] of [[61, 2], [61, 3]] as const) {
    const draft = await amendFiling(as('hr-submitter', later(version)), { id, payload: { ...payload(count).payload, remark: `Version ${version}` }, reason: 'A remark was missing.' } as never)
    const answer = await approveFiling(as('hr-approver', later(version)), { id: draft.filing.id })
    const alert = answer.alerts.find(({ rule }) => rule === 'filing.corrected')!
    expect(alert.measured).toBe(version === 2 ? 'I: 60 → 61, + 1.7 %' : 'figures unchanged')
    expect(alert.recipients).toEqual(expect.arrayContaining(['BA', 'ME', 'RS']))
    id = answer.filing.id
  }
})

test('where nobody was told, nobody is told of the correction', async () => {
  const { filing } = await filed(an.holdings('AL', { asOf: '2026-01-01', lines: [{ category: 'II', type: 'MaxxPro', inService: 5, inStorage: 0 }], nil: [] }), NOW)
  const preview = await previewFiling(as('al-submitter', later(1)), { ...an.holdings('AL', { asOf: '2026-01-01', lines: [{ category: 'II', type: 'MaxxPro', inService: 6, inStorage: 0 }], nil: [] }), action: 'amend', basedOn: filing.id } as never)
  expect(preview.alerts).toEqual([])
})

test('a decision stays said of the version that it was made on, until a later one is decided itself; nobody writes it', async () => {
  const payload = (inService: number) => tanks(inService, { asOf: '2029-01-01' }).payload
  const entry = async (id: string) => (await getFiling(as(null), { id })).entry
  const { id: first } = (await filed({ kind: 'declaration.holdings', participant: 'BA', payload: payload(300) }, NOW)).filing
  const amend = async (id: string, days: number) =>
    (await amendFiling(as('ba-submitter', later(days)), { id, payload: payload(300 - days), reason: 'Counted again.' } as never)).filing.id
  const sign = async (id: string, decision: string, ...who: string[]) => {
    for (const verifier of who) await signVerification(as(verifier, later(9)), { id, decision, remark: 'Counted.' } as never)
  }
  await sign(first, 'discrepant', 'verifier1', 'verifier2')
  const second = await amend(first, 1)
  await sign(second, 'verified', 'verifier1')
  expect(await entry(second)).toMatchObject({ verification: 'pending', signatures: 1, earlier: { version: 1, verification: 'discrepant' } })
  const third = await amend(second, 2)
  expect(await entry(third)).toMatchObject({ verification: 'unverified', signatures: 0, earlier: { version: 1, verification: 'discrepant' } })
  await sign(third, 'verified', 'verifier1', 'hr-verifier')
  const fourth = await amend(third, 3)
  expect(await entry(fourth)).toMatchObject({ version: 4, verification: 'unverified', earlier: { version: 3, verification: 'verified' } })

  const forge = sql.raw(`update entries set earlier_version = 4, earlier_verification = 'verified' where filing_id = '${fourth}'`)
  await under(register(), 'demo-ba-submitter', (tx) => tx.execute(forge))
  expect((await entry(fourth)).earlier).toEqual({ version: 3, verification: 'verified' })
  const before = await rows(register().owner, sql.raw(`select * from entries order by entry_id`))
  await rebuildProjections(register())
  expect(await rows(register().owner, sql.raw(`select * from entries order by entry_id`))).toEqual(before)
})
