import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { amendFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { parseNote, parseVkey, signatureLine } from '../../lib/log/note.ts'
import { isSatisfied, parsePolicy } from '../../lib/log/policy.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import { openedLog } from '../../lib/log/publish.ts'
import { cosign, generateSigningKey } from '../../lib/log/sign.ts'
import { checkPackage, type PackageCheck, type PackageStep } from '../../lib/proof/package-check.ts'
import { parsePackage, type ReceiptPackage } from '../../lib/proof/package.ts'
import { getReceiptPackage, getReceiptSheet, listPlaces } from '../../lib/proof/queries.ts'
import { ReceiptPackage as Described } from '../../lib/api/answers.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an } from '../support/factories.ts'
import { useLog } from '../support/log.ts'
import { get } from '../api/support.ts'

useLog()
const register = useRegister()

const PURPOSE = 'Šumadija, Čačak, Đakovica and Žabljak: air policing for Kosovo* neighbours, Gjakovë'
let id: string
let whole: ReceiptPackage
beforeAll(async () => {
  for (const participant of ['AL', 'BA', 'MK']) await filed(an.acquisition(participant))
  id = (await filed(an.acquisition('ME', { purpose: PURPOSE }))).filing.id
  whole = await getReceiptPackage(as('me-submitter'), { id })
})

const logKey = () => parseVkey(readLogKey()!.vkey, nodePrimitives)
const checked = async (receipt: ReceiptPackage, primitives = nodePrimitives): Promise<PackageCheck> =>
  checkPackage({ receipt: parsePackage(JSON.stringify(receipt)), logKey: await logKey(), witnessKeys: [], primitives })
const failing = ({ steps }: PackageCheck): PackageStep[] => steps.filter(({ ok }) => ok === false).map(({ step }) => step)
const wordsOf = ({ steps }: PackageCheck, step: PackageStep): string => steps.find((one) => one.step === step)!.words

describe('a package for who may read the filing whole', () => {
  test.each(['me-submitter', 'me-approver', 'verifier1', 'hr-verifier'])('holds for %s the text, the record and the salt', async (who) => {
    expect(await getReceiptPackage(as(who), { id })).toEqual(whole)
    expect(JSON.parse(whole.payload!)).toMatchObject({ purpose: PURPOSE })
    expect(JSON.parse(whole.record!)).toMatchObject({ number: whole.filing.number, version: 1, draftedBy: { name: 'Arms-control officer, Montenegro' } })
  })

  test.each([['Node', nodePrimitives], ['a browser', webPrimitives()]] as const)('is proven by the cryptography of %s', async (_where, primitives) => {
    const { ok, steps } = await checked(whole, primitives)
    expect({ ok, steps: steps.map(({ step, ok: found }) => [step, found]) }).toEqual({
      ok: true,
      steps: [['format', true], ['payload', true], ['record', true], ['agreement', true], ['signature', true], ['inclusion', true], ['witnesses', null]],
    })
  })

  test('is as the API describes it', () => {
    expect(Described.safeParse(JSON.parse(JSON.stringify(whole)))).toMatchObject({ success: true })
  })

  test('follows an amendment and a withdrawal, each with its own record', async () => {
    const amended = await amendFiling(as('me-submitter'), { id, payload: acquisition({ quantity: 11 }) as never, reason: 'Counted again.' })
    const withdrawn = await withdrawFiling(as('me-submitter'), { id: amended.filing.id, reason: 'Contract ended.' })
    for (const [version, filing, type] of [[2, amended.filing.id, 'filing.amended'], [3, withdrawn.filing.id, 'filing.withdrawn']] as const) {
      const receipt = await getReceiptPackage(as('me-submitter'), { id: filing })
      expect(receipt.filing.version).toBe(version)
      expect(JSON.parse(receipt.leaf)).toMatchObject({ type, id: filing })
      expect(failing(await checked(receipt))).toEqual([])
    }
    expect(failing(await checked(whole))).toEqual([])
  })
})

const one = (text: string): string => (text.startsWith('1') ? '2' : '1')
const CHANGES: [string, (receipt: ReceiptPackage) => Partial<ReceiptPackage>, PackageStep[]][] = [
  ['the text', ({ payload }) => ({ payload: payload!.replace('"quantity":12', '"quantity":13') }), ['payload']],
  ['one letter of the text', ({ payload }) => ({ payload: payload!.replace('Žabljak', 'Zabljak') }), ['payload']],
  ['the salt', ({ salt }) => ({ salt: one(salt!) + salt!.slice(1) }), ['payload', 'record']],
  ['who released it', ({ record }) => ({ record: record!.replaceAll('Arms-control officer', 'Another officer') }), ['record']],
  ['the number in the record', ({ record }) => ({ record: record!.replace(/ME-(\d{4})-\d{4}/, 'ME-$1-9999') }), ['record', 'agreement']],
  ['the number in the head', ({ filing }) => ({ filing: { ...filing, number: 'ME-2020-0001' } }), ['agreement']],
  ['the participant in the head', ({ filing }) => ({ filing: { ...filing, participant: 'HR' } }), ['agreement']],
  ['the time in the head', ({ filing }) => ({ filing: { ...filing, filedAt: '2020-01-01T00:00:00.000Z' } }), ['agreement']],
  ['the log entry', ({ leaf }) => ({ leaf: leaf.replace('"participant":"ME"', '"participant":"HR"') }), ['agreement', 'inclusion']],
  ['the commitment in the entry', ({ leaf }) => ({ leaf: leaf.replace(/("commitment":")(.)/, (_all, start: string, digit: string) => start + one(digit)) }), ['payload', 'inclusion']],
  ['the entry of the record', ({ recordLeaf }) => ({ recordLeaf: recordLeaf.replace(/"at":"20../, '"at":"2001') }), ['agreement', 'inclusion']],
  ['the spelling of the entry', ({ leaf }) => ({ leaf: leaf.replace('{"at"', '{ "at"') }), ['format', 'payload', 'agreement', 'inclusion']],
  ['the index', ({ index }) => ({ index: index + 1 }), ['format']],
  ['the two entries', (all) => ({ leaf: all.recordLeaf, recordLeaf: all.leaf }), ['payload', 'record', 'agreement', 'inclusion']],
  ['the size of the tree', ({ proof }) => ({ proof: proof.replace(/\n(\d+)\n([^\n]{44})\n\n—/u, (_all, size: string, root: string) => `\n${Number(size) + 1}\n${root}\n\n—`) }), ['signature']],
]

describe('whatever is changed is found, and named', () => {
  test.each(CHANGES)('%s', async (_what, change, found) => {
    const changed = { ...whole, ...change(whole) }
    expect(changed).not.toEqual(whole)
    const result = await checked(changed)
    expect({ ok: result.ok, found: failing(result) }).toEqual({ ok: false, found })
  })

  test('with the part that fits still said to fit', async () => {
    const text = await checked({ ...whole, payload: whole.payload!.replace('Rafale', 'Mirage') })
    expect(wordsOf(text, 'payload')).toContain('The text of the filing was changed, for the salt fits the rest.')
    const salt = await checked({ ...whole, salt: whole.salt!.split('').toReversed().join('') })
    expect(wordsOf(salt, 'record')).toContain('the salt or the log entry was changed')
  })

  test('in 300 random places of what is proven, by any other letter', async () => {
    const MEMBERS = ['payload', 'salt', 'record', 'leaf', 'proof', 'recordLeaf', 'recordProof'] as const
    for (let round = 0; round < 300; round += 1) {
      const member = MEMBERS[randomInt(MEMBERS.length)]!
      const text = whole[member]!
      const at = randomInt(text.length)
      const letter = 'abcdef0123456789'[randomInt(16)]!
      if (text[at] === letter) continue
      const changed = { ...whole, [member]: text.slice(0, at) + letter + text.slice(at + 1) }
      const accepted = await checked(changed).then(({ ok }) => ok, (error: unknown) => { if (error instanceof AppError) return false; throw error })
      expect({ member, at, letter, accepted }).toMatchObject({ accepted: false })
    }
  })

  test('and a package signed by another log is told from ours', async () => {
    const other = generateSigningKey('register.test/log', 1)
    const result = await checkPackage({ receipt: whole, logKey: await parseVkey(other.vkey, nodePrimitives), witnessKeys: [], primitives: nodePrimitives })
    expect(failing(result)).toEqual(['signature'])
    expect(wordsOf(result, 'signature')).toContain('A key in a package proves nothing by itself')
  })

  test('and what is no package is refused with what it would be', () => {
    const { salt: _salt, ...unsalted } = whole
    for (const file of ['', '[]', '{}', 'c2sp.org/tlog-proof@v1\n', JSON.stringify({ ...whole, leaf: 7 }), JSON.stringify(unsalted), JSON.stringify({ ...whole, salt: 'ff' })])
      expect(() => parsePackage(file)).toThrow(AppError)
  })
})

describe('a package for who may not read the filing whole', () => {
  test.each([null, 'hr-submitter', 'rs-approver', 'observer', 'secretariat'])('holds for %s no letter of it, and proves that it was filed', async (who) => {
    const receipt = await getReceiptPackage(as(who), { id })
    expect(Object.keys(receipt)).not.toEqual(expect.arrayContaining(['payload']))
    const { payload: _payload, salt: _salt, record: _record, ...open } = whole
    expect(receipt).toEqual(open)
    for (const secret of [whole.salt!, PURPOSE, 'Arms-control officer']) expect(JSON.stringify(receipt)).not.toContain(secret)
    const result = await checked(receipt)
    expect({ ok: result.ok, open: result.steps.filter(({ ok }) => ok === null).map(({ step }) => step) }).toEqual({ ok: true, open: ['payload', 'record', 'witnesses'] })
    expect(result.notProven[0]).toContain('What was filed')
  })

  test('and there is none of what is not filed', async () => {
    const draft = await submitFiling(as('rs-submitter'), an.acquisition('RS') as never)
    expect(await codeOf(getReceiptPackage(as('rs-submitter'), { id: draft.filing.id }))).toBe('not_found')
    expect(await codeOf(getReceiptPackage(as(null), { id: randomUUID() }))).toBe('not_found')
  })
})

describe('the receipt as a file', () => {
  const ask = (format: string, who: string | null = 'me-submitter') => get(`/api/v1/filings/${id}/receipt?format=${format}`, who)
  const name = () => `${whole.filing.number}-v1`

  test('is a tlog-proof, or a package, named after the version', async () => {
    const proof = await ask('tlog-proof', null)
    expect({ status: proof.status, type: proof.headers.get('content-type'), file: proof.headers.get('content-disposition') })
      .toEqual({ status: 200, type: 'text/plain; charset=utf-8', file: `attachment; filename="${name()}.tlog-proof"` })
    expect(proof.text).toBe(whole.proof)
    const file = await ask('package')
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${name()}.batp-receipt.json"`)
    expect(parsePackage(file.text)).toEqual(whole)
    expect((await ask('package', null)).body.payload).toBeUndefined()
    expect((await ask('json', null)).body).toMatchObject({ filing: id, index: whole.index })
  })

  test('is one page for paper, with the proof attached', async () => {
    const page = await ask('pdf')
    expect({ status: page.status, type: page.headers.get('content-type'), file: page.headers.get('content-disposition') })
      .toEqual({ status: 200, type: 'application/pdf', file: `attachment; filename="${name()}.pdf"` })
    expect(page.text.startsWith('%PDF-')).toBe(true)
    expect(page.text.match(/\/Type \/Page\b/g)).toHaveLength(1)
    expect(page.text).toContain(`${name()}.tlog-proof`)
  })

  test('stays one page when a field is as long as it may be', async () => {
    const long = await filed(an.acquisition('ME', { purpose: `${PURPOSE} `.repeat(30).slice(0, 1_990) }))
    const page = await get(`/api/v1/filings/${long.filing.id}/receipt?format=pdf`, 'me-submitter')
    expect(page.status).toBe(200)
    expect(page.text.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  test('is not given in a form that there is not', async () => {
    for (const format of ['docx', 'constructor', '', 'PDF']) expect((await ask(format)).status).toBe(422)
    expect((await get(`/api/v1/filings/${id}?format=package`)).status).toBe(422)
    expect((await get(`/api/v1/filings/${randomUUID()}/receipt?format=pdf`)).status).toBe(404)
  })

  test('shows on paper only what its reader may read', async () => {
    const [own, other] = [await getReceiptSheet(as('me-submitter'), { id }), await getReceiptSheet(as(null), { id })]
    expect(own.payload.purpose).toBe(PURPOSE)
    expect(JSON.stringify(other)).not.toContain('policing')
  })
})

test('where things stand in the log is answered for many at once', async () => {
  const { size, places } = await listPlaces(as(null), { subjects: [id, randomUUID()] })
  expect(places.map(({ index, type, data }) => ({ index, type, data }))).toEqual([
    { index: whole.index, type: 'filing.filed', data: whole.leaf }, { index: whole.recordIndex, type: 'filing.record', data: whole.recordLeaf },
  ])
  expect(size).toBeGreaterThan(whole.recordIndex)
})

test('a receipt asked for later stands under the head that most witnesses have cosigned', async () => {
  await filed(an.acquisition('AL'))
  const { note } = (await openedLog())!
  const { text } = parseNote(note!)
  const size = Number(text.split('\n')[1])
  const keys = ['witness.example/al', 'witness.example/ba'].map((name) => generateSigningKey(name, 4))
  for (const [nth, key] of keys.entries()) {
    const witness = randomUUID()
    const line = signatureLine(cosign(text, key, 1_767_225_600 + nth)).trimEnd()
    await register().owner.execute(sql`insert into witnesses (id, name, vkey, url, participant, by, at) values
      (${witness}::uuid, ${nth === 0 ? 'AL' : 'BA'}, ${key.vkey}, 'http://localhost:1', ${nth === 0 ? 'AL' : 'BA'}, 'Secretariat', now())`)
    await register().owner.execute(sql`insert into cosignatures (size, witness, line, at) values (${size}, ${witness}::uuid, ${line}, now())`)
  }
  await filed(an.acquisition('BA'))
  const receipt = await getReceiptPackage(as('me-submitter'), { id })
  expect(receipt.witnesses.map(({ name }) => name)).toEqual(['AL', 'BA'])
  expect(isSatisfied(await parsePolicy(receipt.policy!, nodePrimitives), ['AL', 'BA'])).toBe(true)
  const witnessKeys = await Promise.all(keys.map(({ vkey }) => parseVkey(vkey, nodePrimitives)))
  const result = await checkPackage({ receipt, logKey: await logKey(), witnessKeys, primitives: nodePrimitives })
  expect(failing(result)).toEqual([])
  expect(wordsOf(result, 'witnesses')).toContain('Cosigned by 2 of 2 known witnesses')
  expect(result.opened!.checkpoint.size).toBe(size)
  const [kept] = await rows<{ n: number }>(register().owner, sql`select count(*)::int as n from log_checkpoints where size > ${size}`)
  expect(kept!.n).toBeGreaterThan(0)
})
