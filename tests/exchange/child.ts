import { readFileSync } from 'node:fs'
import process from 'node:process'
import { readHoldings } from '../../lib/exchange/read.ts'
import { markedFile } from '../../lib/exchange/files.ts'

/** Reads one file in a process of its own and says what that took: `node child.ts FILE [marked]`. */
const [path, marked] = process.argv.slice(2)
const MB = 1024 * 1024
// What comes with the first file, and is not of it.
await readHoldings({ name: 'a.csv', type: '', bytes: Buffer.from('Category,Type,In service,In storage\nI,M-84,1,0\n') }, '2027-01-01')
await import('saxes')
const before = process.memoryUsage().rss
const [started, worked] = [performance.now(), process.cpuUsage()]
let outcome: object
try {
  const given = { name: path!, type: '', bytes: new Uint8Array(readFileSync(path!)) }
  const reading = marked ? null : await readHoldings(given, '2027-01-01')
  outcome = reading
    ? { lines: reading.payload?.lines.length ?? null, found: reading.found, message: reading.problems[0]?.message ?? null }
    : { bytes: (await markedFile('declaration.holdings', given, '2027-01-01')).body.length }
} catch (error) {
  outcome = { message: String(error) }
}
const peak = process.resourceUsage().maxRSS * 1024
const { user, system } = process.cpuUsage(worked)
console.log(JSON.stringify({ ...outcome, ms: Math.round(performance.now() - started), cpuMs: Math.round((user + system) / 1000), grownMb: Math.round((peak - before) / MB), peakMb: Math.round(peak / MB) }))
