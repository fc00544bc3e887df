import { beforeEach, describe, expect, test } from 'vitest'
import { forgetLimits } from '../../lib/api/limits.ts'
import { readGiven } from '../../lib/exchange/read.ts'
import { DECLARED_KINDS, type DeclaredKind } from '../../lib/filings/kinds/declared-fields.ts'
import type { Json } from '../../lib/log/canonical.ts'
import { call, expectProblem, get, pointers, post, routeFiles, routeModule } from '../api/support.ts'
import { count } from '../support/context.ts'
import { useRegister } from '../support/db.ts'

const register = useRegister()
beforeEach(forgetLimits)

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PERSONNEL = { active: { land: 9000, air: 1200, naval: 0, joint: { withheld: 'classified' } }, authorised: 12_000, reserve: 4000, specialForces: 300, paramilitary: 0 }
const FILED: Record<DeclaredKind, Record<string, Json>> = {
  'declaration.personnel': { asOf: '2026-01-01', ...PERSONNEL, remark: 'Counted in December' },
  'declaration.structure': { asOf: '2026-01-01', units: [{ name: 'Land Force', level: 'command', location: 'Vau i Dejës' }, { name: '1st Brigade', level: 'brigade', superior: 'Land Force', location: 'Zall-Herr' }] },
  'declaration.budget': { year: 2026, basis: 'adopted', currency: 'EUR', adoptedOn: '2025-12-20', total: 331_000_000, personnel: 150_000_000, operations: 80_000_000.5, procurement: { withheld: 'contracts' }, research: 0, gdp: 24_000_000_000 },
  'statement.cyber': { asOf: '2025-12-31', capability: 'yes', command: 'Cyber Command', doctrinePublic: false, legalBasis: 'Act 12/2020', parliamentaryOversight: true, contact: '+355 4 222', pledge: true, norms: 'As agreed.' },
  'statement.autonomy': { asOf: '2025-12-31', systems: [], nil: true, pledge: true },
  'statement.surveillance': { asOf: '2025-12-31', uses: [{ system: 'Gate 4', mode: 'real_time', faceRecognition: true, site: 'Rinas' }], parliamentToldOn: '2025-11-03' },
}
/** Other words that must not reach the public. */
const HIDDEN: Record<DeclaredKind, readonly string[]> = {
  'declaration.personnel': ['1200', 'classified', 'December'], 'declaration.structure': ['1st Brigade', 'Zall-Herr'], 'declaration.budget': ['150000000', 'contracts'],
  'statement.cyber': ['+355'], 'statement.autonomy': [], 'statement.surveillance': ['Gate 4', 'Rinas'],
}

const file = async (kind: DeclaredKind, who = 'al'): Promise<string> => {
  const { status, body } = await post('/api/v1/filings', `${who}-submitter`, { kind, participant: who.toUpperCase(), payload: FILED[kind] })
  expect({ kind, status, errors: body.errors }).toEqual({ kind, status: 201, errors: undefined })
  return body.filing.id
}
const download = async (path: string, as: string | null): Promise<{ status: number; name: string | null; bytes: Uint8Array }> => {
  const { pathname } = new URL(path, 'http://localhost:3000')
  const route = [...routeFiles()].map(([address, found]) => ({ found, pattern: new RegExp(`^${address.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) })).find(({ pattern }) => pattern.test(pathname))!
  const request = new Request(`http://localhost:3000${path}`, { headers: { 'x-forwarded-for': '192.0.2.1', ...(as ? { authorization: `Bearer demo-${as}` } : {}) } })
  const response = await (await routeModule(route.found)).GET!(request, { params: Promise.resolve({ ...route.pattern.exec(pathname)!.groups }) })
  return { status: response.status, name: response.headers.get('content-disposition'), bytes: new Uint8Array(await response.arrayBuffer()) }
}
const send = (kind: string, raw: BodyInit, query = '', type = 'text/csv', as = 'al-submitter') => call('POST', `/api/v1/sheets/${kind}${query}`, { as, raw, headers: { 'content-type': type } })
const payloadIn = async (kind: DeclaredKind, bytes: Uint8Array, name = 'd.xlsx') => (await readGiven(kind, { name, type: '', bytes })).payload

describe.each(DECLARED_KINDS)('%s', (kind) => {
  test('goes out as it was filed and comes back the same, as a workbook and as CSV', async () => {
    const id = await file(kind)
    for (const format of ['xlsx', 'csv']) {
      const { status, name, bytes } = await download(`/api/v1/filings/${id}/sheet?format=${format}`, 'al-submitter')
      expect({ status, name }).toEqual({ status: 200, name: `attachment; filename="batp-${kind.split('.')[1]}-AL-${String(FILED[kind].asOf ?? FILED[kind].year)}.${format}"` })
      const answer = await send(kind, bytes as Uint8Array<ArrayBuffer>, '', format === 'csv' ? 'text/csv' : XLSX)
      expect(answer.body).toEqual({ payload: FILED[kind] })
    }
    expect(await payloadIn(kind, (await download(`/api/v1/filings/${id}/sheet`, 'verifier1')).bytes)).toEqual(FILED[kind])
  })

  test('holds nothing that its reader may not read', async () => {
    const id = await file(kind, 'rs')
    const { filing } = (await post(`/api/v1/filings/${id}/approve`, 'rs-approver', {})).body
    const said = Buffer.from((await download(`/api/v1/filings/${filing.id}/sheet?format=csv`, null)).bytes).toString()
    for (const hidden of HIDDEN[kind]) expect(said).not.toContain(hidden)
    expect(said).toContain(String(FILED[kind].asOf ?? FILED[kind].year))
  })

  test('has a workbook to fill in that begins with the last one, for the day that is asked for', async () => {
    await file(kind, 'mk')
    const { status, name, bytes } = await download(`/api/v1/sheets/${kind}/template?asOf=2027-01-01`, 'mk-submitter')
    expect({ status, name }).toEqual({ status: 200, name: `attachment; filename="batp-${kind.split('.')[1]}-MK-${kind === 'declaration.budget' ? '2027' : '2027-01-01'}.xlsx"` })
    const { problems } = await readGiven(kind, { name: 'd.xlsx', type: '', bytes })
    expect(problems.map(({ message }) => message)).toEqual({
      'declaration.budget': ['An adopted budget states the date of its adoption.'], 'statement.cyber': ['State how the agreed norms were kept in the year.'],
      'statement.surveillance': ['State when parliament was told.'],
    }[kind as string] ?? [])
    if (kind === 'declaration.personnel') expect(await payloadIn(kind, bytes)).toEqual({ asOf: '2027-01-01', ...PERSONNEL })
  })
})

test('what the public may not read is summed up under names that no import takes', async () => {
  const id = await file('declaration.structure', 'me')
  const { bytes } = await download(`/api/v1/filings/${id}/sheet?format=csv`, null)
  expect(Buffer.from(bytes).toString()).toContain('Formations and units: Brigade,1,')
  expect((await readGiven('declaration.structure', { name: 'd.csv', type: '', bytes })).payload).toBeNull()
})

test('every wrong cell is named by its sheet, the file comes back marked, and nothing is stored', async () => {
  const before = await count(register(), 'drafts')
  const text = 'Field,Value\nAs of,1.1.2027\nPledge,perhaps\nThere is no such system,nil\n'
  const answer = await send('statement.autonomy', text)
  expectProblem(answer, 422, 'invalid')
  expect(pointers(answer)).toEqual(['/B2', '/B3'])
  expect((await send('statement.autonomy', text, '?marked=true')).text).toContain('B3: “perhaps” is not one of the choices.')
  expect((await send('statement.autonomy', text.replace('1.1.2027', '').replace('perhaps', 'po'), '?asOf=2026-12-31')).body).toEqual({ payload: { asOf: '2026-12-31', pledge: true, systems: [], nil: true } })
  expect(await count(register(), 'drafts')).toBe(before)
})

test('is for ministries, of kinds that there are, and with parameters that there are', async () => {
  for (const who of ['observer', 'verifier1', 'secretariat']) expectProblem(await send('statement.cyber', 'x', '', 'text/csv', who), 403, 'forbidden')
  expectProblem(await get('/api/v1/sheets/statement.cyber/template', 'observer'), 403, 'forbidden')
  for (const kind of ['notification.acquisition', 'declaration.holdings', 'cyber']) {
    expect(pointers(await send(kind, 'x'))).toEqual(['/kind'])
    expectProblem(await get(`/api/v1/sheets/${kind}/template`, 'al-submitter'), 422, 'invalid')
  }
  expectProblem(await send('statement.cyber', 'x', '?kind=statement.autonomy'), 422, 'invalid')
})
