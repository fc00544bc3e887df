import process from 'node:process'
import { parseVkey } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { parsePrivateKey } from '../../lib/log/sign.ts'
import { startWitness } from '../../scripts/witness-server.ts'

/** A witness in a process of its own that dies, as by kill -9, at a point of its first request. */
const [vkey, key, data, point] = process.argv.slice(2) as [string, string, string, string]
const log = await parseVkey(vkey, nodePrimitives)
const at = (reached: string): void => { if (reached === point) process.kill(process.pid, 'SIGKILL') }
const { port } = await startWitness({ key: parsePrivateKey(key), logs: new Map([[log.name, [log]]]), data, at })
console.log(port)
