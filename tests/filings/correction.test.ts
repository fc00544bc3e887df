import { expect, test } from 'vitest'
import { alertsOfFiling, listNotices } from '../../lib/alerts/queries.ts'
import { amendFiling, approveFiling } from '../../lib/filings/commands.ts'
import { getFiling, previewFiling } from '../../lib/filings/queries.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

useRegister()
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
  expect(read.entry).toMatchObject({ version: 2, verification: 'unverified' })
  expect(read.versions.map(({ version, status }) => [version, status])).toEqual([[1, 'superseded'], [2, 'filed']])
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
