import { beforeAll, describe, expect, test } from 'vitest'
import { filingSheet } from '../../app/filing-sheet.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { amendFiling, submitFiling } from '../../lib/filings/commands.ts'
import { getFilingPaper } from '../../lib/proof/queries.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { filed } from '../support/context.ts'
import { get } from '../api/support.ts'
import { as, useRegister } from '../support/db.ts'
import { an, type Payload } from '../support/factories.ts'
import { useLog } from '../support/log.ts'
import { pagesOf } from '../support/pdf.ts'

useLog()
useRegister()
const pdfOf = async (id: string, who: string | null) => filingSheet(await getFilingPaper(as(who), { id }))
const pages = async (id: string, who: string | null = null) => pagesOf((await pdfOf(id, who)).body as Uint8Array)
const text = async (id: string, who: string | null = null) => (await pages(id, who)).join('\n')

const NAMES = 'Đakovica, Čačak, Ćuprija, Šabac, Žabljak, Gjakovë, Çorovodë; Ђаковица, Љубљана, Џеп, Њиве, Ћићевац, Ѓорче, Ќафа'
let id = ''
beforeAll(async () => {
  const lines = [
    { category: 'IVa', type: 'MiG-29', inService: 1_234, inStorage: 0, unit: '204. brigada', site: 'Batajnica', remark: NAMES },
    { category: 'I', type: 'T-55', inService: { withheld: 'protection of readiness' }, inStorage: 16, unit: '1st Brigade', site: 'Niš' },
  ]
  id = (await filed({ kind: 'declaration.holdings', participant: 'XK', payload: { asOf: '2026-01-01', lines, nil: ['VI'] } as Payload })).filing.id
})

describe('a declaration on paper', () => {
  test('has its heading, number, standing and place in the log, and what the asterisk means on every page', async () => {
    const page = await text(id)
    expect(page).toMatch(/Kosovo\*: /)
    expect(page).toMatch(/XK-\d{4}-0001, version 1 of 1 \(filed\)/)
    for (const words of ['Declaration of holdings', 'Unverified', 'Filing: entry ', 'As the public may read it', 'This designation is without prejudice', 'Page 1 of 1']) expect(page).toContain(words)
  })

  test('can be selected in every alphabet of the region', async () => {
    expect((await text(id, 'xk-submitter')).replaceAll('\n', ' ')).toContain(NAMES)
  })

  test('tells nil, withheld and a figure apart, in the words of its page', async () => {
    const lines = (await text(id, 'xk-submitter')).split('\n')
    expect(lines).toEqual(expect.arrayContaining(['1,234', 'Withheld:', 'VI · Warships', 'MiG-29', 'at least 16']))
  })

  test('holds what its reader may read, and says what it does not', async () => {
    const [open, own] = [await text(id), await text(id, 'xk-submitter')]
    for (const secret of ['Batajnica', '204. brigada', 'MiG-29', 'protection of readiness']) {
      expect(open, secret).not.toContain(secret)
      expect(own.replaceAll('\n', ' '), secret).toContain(secret)
    }
    expect(await text(id, 'al-submitter')).not.toContain('Batajnica')
    expect(await text(id, 'verifier1')).toContain('Batajnica')
    expect(open).toContain('Declared lines are for')
    expect(own).toContain('whole')
  })

  test('says of which version it is, and what was decided of it', async () => {
    for (const who of ['verifier1', 'verifier2']) await signVerification(as(who), { id, decision: 'verified' })
    expect((await text(id)).split('\n')).toContain('Verified')
    const { filing } = await amendFiling(as('xk-submitter'), { id, payload: { asOf: '2026-01-01', lines: [], nil: ['VI'] }, reason: 'Given away.' } as never)
    expect(await text(filing.id)).toContain('Unverified; verified an earlier version (version 1)')
    expect(await text(filing.id)).toContain('Given away.')
    const old = await text(id)
    expect(old).toContain('Superseded by version 2')
    expect(old.split('\n')).toContain('Verified')
  })

  test('of 2,000 lines takes seconds of one core, numbers its pages and repeats the headings', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => ({
      category: 'I', type: `M-84 ${index}`, inService: index, inStorage: index % 7, unit: `${index % 9}. oklopna brigada Čačak`, site: 'Војна база Југ, Бујановац', ...(index % 5 === 0 ? { remark: 'Counted in December, with those on loan to the academy and those under repair' } : {}),
    }))
    const large = (await filed({ kind: 'declaration.holdings', participant: 'AL', payload: { asOf: '2027-01-01', lines, nil: [] } as Payload }, new Date('2026-12-01T10:00:00Z'))).filing.id
    const given = await getFilingPaper(as('al-submitter'), { id: large })
    const before = process.cpuUsage()
    const { body } = await filingSheet(given)
    const { user, system } = process.cpuUsage(before)
    // 1.5 s on an idle machine; three times that where other tests share its cores.
    expect((user + system) / 1000).toBeLessThan(6_000)
    const all = pagesOf(body as Uint8Array)
    expect(all.length).toBeGreaterThan(30)
    all.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${all.length}`))
    all.slice(1).forEach((page) => expect(page).toContain('In storage'))
    expect(all.at(-1)).toContain('M-84 1999')
  }, 60_000)
})

test.each(Object.entries(FILING_EXAMPLES))('every kind is on paper: %s', async (_name, { value }) => {
  const { filing } = await filed(value as Parameters<typeof filed>[0], new Date('2027-01-10T10:00:00Z'))
  const own = await pages(filing.id, `${filing.participant.toLowerCase()}-submitter`)
  expect(own.length).toBeLessThan(3)
  expect(own.join('\n')).toContain(filing.number)
  expect(own.join('\n')).not.toMatch(/undefined|\[object|NaN|\uFFFD/)
})

test('over the API it is a file by the name of its number; of a draft there is none', async () => {
  const answer = await get(`/api/v1/filings/${id}?format=pdf`)
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 200, type: 'application/pdf' })
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="XK-\d{4}-0001-v1-filing\.pdf"$/)
  const draft = await submitFiling(as('rs-submitter'), an.acquisition('RS') as never)
  expect((await get(`/api/v1/filings/${draft.filing.id}?format=pdf`, 'rs-submitter')).status).toBe(404)
})
