// Comes first after a clone: runs on the machine's own Node, before anything is installed, so node: imports only.
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const started = Date.now()

export const say = text => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${text}`)

export const fail = text => {
  console.error(`\n${text}\n`)
  process.exit(1)
}

export const majorOf = version => Number.parseInt(version.replace(/^v/, ''), 10)

if (majorOf(process.version) < 20) {
  fail(`This is Node ${process.version}, and Node 20 or newer is needed. Install it from nodejs.org or your system's packages, and repeat.`)
}
