import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anonymousCaller } from '../../lib/auth/guard.ts'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { nameWitness, retireWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { leafHash } from '../../lib/log/merkle.ts'
import { parseVkey } from '../../lib/log/note.ts'
import { parsePolicy } from '../../lib/log/policy.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { getCosigned, getPolicy, listWitnesses } from '../../lib/log/queries.ts'
import { signNote } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import { as } from '../support/db.ts'
import { collecting, file, named, until, witness } from './collect-ground.ts'
import { folder, newKey, post } from './witness-ground.ts'

describe('the quorum', () => {
  test('is text that verifiers read: two thirds of the participants that have a witness, and an outside body', async () => {
    const policy = async () => {
      const { text } = await getPolicy(anonymousCaller(), {})
      const { quorum, groups, witnesses, logs } = await parsePolicy(text, nodePrimitives)
      return { quorum, groups, witnesses: witnesses.length, logs: logs.map(({ key }) => key.name) }
    }
    const place = { port: 1 }
    expect(await policy()).toEqual({ quorum: null, groups: [], witnesses: 0, logs: [readLogKey()!.name] })
    const outside = await named(null, { key: newKey(), ...place })
    expect(await policy()).toMatchObject({ quorum: 'outside', groups: [{ name: 'outside', threshold: 'any', members: [outside.name] }] })
    const serbian = await named('RS', { key: newKey(), ...place })
    const croatian = await named('HR', { key: newKey(), ...place })
    const second = await named('HR', { key: newKey(), ...place })
    const montenegrin = await named('ME', { key: newKey(), ...place })
    expect(await policy()).toMatchObject({
      quorum: 'both', witnesses: 5,
      groups: [
        { name: 'any-HR', threshold: 'any', members: [croatian.name, second.name] },
        { name: 'participants', threshold: 2, members: ['any-HR', montenegrin.name, serbian.name] },
        { name: 'outside', members: [outside.name] },
        { name: 'both', threshold: 'all', members: ['participants', 'outside'] },
      ],
    })
  })

  test('is met by who cosigned one and the same checkpoint; pages are told who, and when', async () => {
    const [serbian, croatian, outside] = [await witness(), await witness(), await witness()]
    const names = [(await named('RS', serbian)).name, (await named('HR', croatian)).name]
    const osce = await named(null, outside)
    const stop = collecting()
    const size = await file()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === size)
    expect((await listWitnesses(anonymousCaller(), {})).filter((row) => names.includes(row.name)).map((row) => row.size)).toEqual([size, size])
    await stop()
    await outside.close()
    await croatian.close()
    const next = await file()
    collecting()
    const found = await until('one cosignature', async () => {
      const now = await getCosigned(anonymousCaller(), {})
      return now.newest?.by.length === 1 && now
    })
    expect(found.named.toSorted()).toEqual([...names, osce.name].toSorted())
    expect(found.newest).toMatchObject({ size: next, by: [{ name: names[0] }], meetsQuorum: false })
    expect(found.met).toMatchObject({ size, meetsQuorum: true })
    expect(found.met!.by.map(({ name }) => name).toSorted()).toEqual([...names, osce.name].toSorted())
    for (const { at } of found.met!.by) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000)
  })

  test('gathers under the published tree only: another one that the log signed is refused by who is shown it, and kept', async () => {
    const data = [folder(), folder()]
    const [serbian, croatian, outside] = [await witness({ data: data[0]! }), await witness({ data: data[1]! }), await witness()]
    for (const [of, one] of [['RS', serbian], ['HR', croatian], [null, outside]] as const) await named(of, one)
    const stop = collecting()
    const before = await file()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === before)
    await stop()
    const size = await file()
    // Shown to Serbia: another tree of the size that is published next. To Croatia: one that is larger, and never published.
    const fork = (of: number): string => signNote(formatCheckpoint({ origin: readLogKey()!.name, size: of, root: leafHash(Buffer.from('another')), extensions: [] }), readLogKey()!)
    const grown = (of: number): string => encodeAddCheckpoint({ old: before, proof: [], checkpoint: fork(of) })
    expect((await post(serbian.port, grown(size))).status).toBe(422)
    expect((await post(croatian.port, grown(size + 5))).status).toBe(422)
    collecting()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === size)
    // Shown again, now that they stand at the published tree: the same size is evidence by itself.
    expect((await post(serbian.port, encodeAddCheckpoint({ old: size, proof: [], checkpoint: fork(size) }))).status).toBe(422)
    const kept = (where: string, kind: string) => readdirSync(join(where, originFolder(readLogKey()!.name), kind))
    expect(kept(data[0]!, 'evidence')).toHaveLength(2)
    expect(kept(data[0]!, 'suspect').length + kept(data[1]!, 'suspect').length).toBe(4)
  })

  test('is not reached while witnesses stand at a history that the log later denies', async () => {
    const log = readLogKey()!
    const data = folder()
    const [serbian, croatian, outside] = [await witness({ data }), await witness(), await witness()]
    for (const [of, one] of [['RS', serbian], ['HR', croatian], [null, outside]] as const) await named(of, one)
    const size = await file()
    // The first that Serbia's witness ever sees is a tree that the log shows to nobody else.
    const denied = signNote(formatCheckpoint({ origin: log.name, size, root: leafHash(Buffer.from('denied')), extensions: [] }), log)
    expect((await post(serbian.port, encodeAddCheckpoint({ old: 0, proof: [], checkpoint: denied }))).status).toBe(200)
    collecting()
    const found = await until('the others', async () => {
      const now = await getCosigned(anonymousCaller(), {})
      return now.newest?.by.length === 2 && now
    })
    expect(found.newest!.meetsQuorum).toBe(false)
    await until('the evidence', async () => readdirSync(join(data, originFolder(log.name))).includes('evidence'))
  })
})

describe('naming', () => {
  let number = 0
  const place = { vkey: '', url: 'https://witness.mod.example' }
  const input = (more = {}) => ({ ...place, name: `RS-n${number += 1}`, vkey: newKey().vkey, ...more })
  const refusal = (who: string, more = {}) => nameWitness(as(who), input(more)).then(() => 'named', (error: { code: string }) => error.code)

  test('is for the approver of its own participant, and for the secretariat for outside bodies', async () => {
    expect(await refusal('rs-approver')).toBe('named')
    expect(await refusal('rs-approver', { name: 'HR-9' })).toBe('forbidden')
    expect(await refusal('rs-approver', { name: 'RSX' })).toBe('forbidden')
    expect(await refusal('secretariat', { name: 'EU' })).toBe('named')
    for (const name of ['RS', 'rs', 'XK-2', 'xk-2']) expect(await refusal('secretariat', { name })).toBe('forbidden')
    for (const who of ['rs-submitter', 'rs-verifier', 'verifier1', 'observer']) expect(await refusal(who)).toBe('forbidden')
  })

  test('takes a cosigner’s key that nobody else has, and a URL that is one', async () => {
    const key = newKey()
    const log = await parseVkey(readLogKey()!.vkey, nodePrimitives)
    expect(await refusal('rs-approver', { vkey: log.vkey })).toBe('invalid')
    expect(await refusal('rs-approver', { vkey: key.vkey.slice(0, -4) })).toBe('invalid')
    const asWitness = newKey('another.example')
    expect(await refusal('rs-approver', { vkey: asWitness.vkey })).toBe('named')
    expect(await refusal('rs-approver', { vkey: asWitness.vkey })).toBe('conflict')
    for (const url of ['ftp://w.example', 'https://u:p@w.example', 'https://w.example?x', 'https://w.example/ x', 'w.example', 'https://w.example/#x', `https://w.example/${'x'.repeat(300)}`]) {
      expect({ url, code: await refusal('rs-approver', { url }) }).toEqual({ url, code: 'invalid' })
    }
    for (const name of ['RS x', 'RS\n', '', 'none', 'any-RS', 'participants', 'RS-ž']) expect(['invalid', 'forbidden']).toContain(await refusal('rs-approver', { name }))
  })

  test('is for good: the name and the key of one that is retired are not given again, and only its own retire it', async () => {
    const given = input()
    const { id } = await nameWitness(as('rs-approver'), given)
    for (const who of ['hr-approver', 'secretariat']) await expect(retireWitness(as(who), { id })).rejects.toMatchObject({ code: 'forbidden' })
    await retireWitness(as('rs-approver'), { id })
    await expect(retireWitness(as('rs-approver'), { id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await refusal('rs-approver', { name: given.name })).toBe('conflict')
    expect(await refusal('rs-approver', { vkey: given.vkey })).toBe('conflict')
    expect((await listWitnesses(anonymousCaller(), {})).map((row) => row.id)).not.toContain(id)
  })
})
