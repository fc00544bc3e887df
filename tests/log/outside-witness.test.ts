import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkpoint } from '../../lib/api/log.ts'
import { formatCheckpoint, openCheckpoint } from '../../lib/log/checkpoint.ts'
import { nameWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { leafHash } from '../../lib/log/merkle.ts'
import { parseVkey } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { signNote } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { as } from '../support/db.ts'
import { collecting, file, hasCosigned } from './collect-ground.ts'

const isHere = spawnSync('python3', ['-c', 'from cryptography.hazmat.primitives.asymmetric import ed25519']).status === 0
if (!isHere) console.warn('SKIPPED: no outside witness cosigned the register. Install python3 with python3-cryptography.')

const outside = async (): Promise<{ vkey: string; url: string }> => {
  const child = spawn('python3', [join(import.meta.dirname, 'outside/witness.py'), readLogKey()!.vkey], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => { child.kill('SIGKILL') })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [vkey, port] = String(line).trim().split(' ') as [string, string]
  return { vkey, url: `http://127.0.0.1:${port}/prefix/` }
}

describe.skipIf(!isHere)('a witness that shares no line with ours', () => {
  test('cosigns the register’s head over HTTP, again as it grows, and no other', async () => {
    const { vkey, url } = await outside()
    const { id } = await nameWitness(as('secretariat'), { name: 'OSCE', vkey, url })
    collecting()
    let size = 0
    for (let round = 0; round < 4; round += 1) {
      size = await file()
      await hasCosigned(id, size)
    }
    const note = await (await checkpoint()).text()
    const { cosignatures } = await openCheckpoint(note, readLogKey()!, [await parseVkey(vkey, nodePrimitives)], nodePrimitives)
    expect(cosignatures.map(({ key }) => key.vkey)).toEqual([vkey])
    const forked = formatCheckpoint({ origin: readLogKey()!.name, size: size + 1, root: leafHash(Buffer.from('fork')), extensions: [] })
    const body = encodeAddCheckpoint({ old: size, proof: [leafHash(Buffer.from('no'))], checkpoint: signNote(forked, readLogKey()!) })
    expect((await fetch(`${url}add-checkpoint`, { method: 'POST', body })).status).toBe(422)
  })
})
