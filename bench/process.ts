import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms, whatever the kernel's own clock (USER_HZ). */
const TICK_MS = 10
const statOf = (pid: number): { parent: number; own: number; children: number } | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    const at = (index: number) => Number(fields[index])
    return { parent: at(1), own: (at(11) + at(12)) * TICK_MS, children: (at(13) + at(14)) * TICK_MS }
  } catch {
    return null
  }
}

const isLinux = existsSync('/proc/self/stat')

/** Milliseconds of processor time that a process has used; NaN where /proc is not to be had. */
export const cpuOf = (pid: number): number => statOf(pid)?.own ?? Number.NaN

/** The same for a database server: the first process, those it began, and those that have ended. */
export const cpuOfTree = (pid: number): number => {
  if (!isLinux || !pid) return Number.NaN
  const first = statOf(pid)
  if (!first) return Number.NaN
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => statOf(Number(name))).filter((stat) => stat?.parent === pid)
  return first.own + first.children + others.reduce((sum, stat) => sum + stat!.own, 0)
}

/** Resident memory in MB. */
export const memoryOf = (pid: number): number => {
  if (!isLinux) return Number.NaN
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
}

/** The process that started this one, if it is called `name`: 0 when the database is on another machine. */
export const parentOf = (pid: number, name: string): number => {
  const stat = statOf(pid)
  return stat && isLinux && readFileSync(`/proc/${stat.parent}/comm`, 'utf8').trim() === name ? stat.parent : 0
}
