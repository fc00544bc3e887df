import type { LogResult } from './log.ts'
import type { LogCost } from './log-cost.ts'
import type { Figures, Result, WorkResult } from './measure.ts'

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1))
const count = (value: number): string => Math.round(value).toLocaleString('en')
const cpu = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2))

const table = (head: string[], rows: string[][]): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  return [line(head), `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`, ...rows.map(line)].join('\n')
}

const costOf = ({ server, database }: Figures): string => (Number.isNaN(database) ? cpu(server) : `${cpu(server)} + ${cpu(database)}`)
const met = (isMet: boolean): string => (isMet ? 'met' : 'NOT MET')

const aimOf = ({ aim, one, many }: WorkResult): string => {
  const stated = `${aim.p50} ms${aim.perSecond ? `; ${aim.perSecond}` : ''}`
  return `${stated}: ${met(one.p50 < aim.p50 && (aim.perSecond === null || many.perSecond > aim.perSecond))}`
}

const times = (result: Result, clients: number): string => table(
  ['work', 'p50 ms', 'p95', 'p99', `per s at ${clients}`, 'p50 at 8', 'CPU ms: server + database', 'plain SQL p50', `per s at ${clients}`, 'aim', 'Directus', 'Payload', 'bytes'],
  result.works.map((work) => [
    work.title, ms(work.one.p50), ms(work.one.p95), ms(work.one.p99), count(work.many.perSecond), ms(work.many.p50), costOf(work.many),
    ms(work.plainOne.p50), count(work.plainMany.perSecond), result.engine === 'PostgreSQL' ? aimOf(work) : '-', work.others.directus, work.others.payload, count(work.bytes),
  ]),
)

const machine = ({ engine, startMs, memoryIdle, memoryAfter, log }: Result): string => {
  const isAim = engine === 'PostgreSQL'
  return table(['process', 'measured', 'aim', 'Directus', 'Payload'], [
    ['start to first list, existing database', `${ms(startMs / 1000)} s`, isAim ? `1 s: ${met(startMs <= 1000)}` : '-', '2.4 s', '0.7 s'],
    ...(log ? [['of a filing, the log: appending; signing and proof', `${ms(log.append)} + ${ms(log.sign)} ms`, '-', '-', '-']] : []),
    ['memory idle', `${count(memoryIdle)} MB`, isAim ? `150 MB: ${met(memoryIdle < 150)}` : '-', '279 MB', '98 MB'],
    ['memory after load', `${count(memoryAfter)} MB`, '-', '632 MB', '328 MB'],
  ])
}

export const report = (results: readonly Result[], clients: number): string =>
  results.map((result) => `## ${result.engine} ${result.version}\n\n${times(result, clients)}\n\n${machine(result)}\n`).join('\n')

const costRows = ({ logged, unlogged, more }: LogCost): string[][] => [
  ['filing one acquisition with the log; without it', `${ms(logged)}; ${ms(unlogged)} ms`, '-'],
  ['what the log adds to a filing', `${ms(more)} ms`, `3 ms: ${met(more <= 3)}`],
]

const grownRows = ({ leaves, appendAtThousand, appendAtEnd, proofMs, auditSeconds }: LogResult): string[][] => [
  ['appending six entries at 1,000', `${ms(appendAtThousand)} ms`, '-'],
  [`the same at ${count(leaves)}`, `${ms(appendAtEnd)} ms`, `1.5 times: ${met(appendAtEnd <= appendAtThousand * 1.5)}`],
  [`an inclusion proof at ${count(leaves)}`, `${ms(proofMs)} ms`, `5 ms: ${met(proofMs < 5)}`],
  [`checking all ${count(leaves)} entries and their nodes`, `${ms(auditSeconds)} s`, `60 s: ${met(auditSeconds < 60)}`],
]

/** Empty where only PGlite was measured. */
export const reportLog = (cost: LogCost | null, grown: LogResult | null): string => {
  const rows = [...(cost ? costRows(cost) : []), ...(grown ? grownRows(grown) : [])]
  return rows.length > 0 ? `## The log, on PostgreSQL\n\n${table(['work', 'measured', 'aim'], rows)}\n\n` : ''
}

export const NOTES = `Medians of the runs. Server, database and the client that measures share the machine's cores: CPU per request does not depend on that, requests a
second do. CPU is that of the run at many clients, with the worker's deliveries beside it (a process of its own on PostgreSQL, within the server's on PGlite). Directus 11.17 and Payload 3.90: p50 at 1
client in ms; per second at 8; same rows, two cores, PostgreSQL 15 with fsync on. Exercises (2,000 of the standard rows) are not loaded.`
