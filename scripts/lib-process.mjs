// Child processes that do not outlive us: each has its own process group, ended by its id.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ROOT, say } from './lib-setup.mjs'

const groups = new Set()
let stopping = false
let heir = null

// Windows has no process groups: there the child alone is ended.
const signalGroup = (child, signal) => {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}

const ended = child => new Promise(resolve => {
  if (child.exitCode !== null || child.signalCode !== null) resolve()
  else child.once('exit', resolve)
})

/** Asks the child's group to stop, and insists after `graceMs`. */
export const end = async (child, graceMs = 8000) => {
  if (child.pid === undefined || !groups.has(child)) return
  signalGroup(child, 'SIGTERM')
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
  await ended(child)
  clearTimeout(insist)
  signalGroup(child, 'SIGKILL')
  groups.delete(child)
}

const onSignal = (signal, code) => {
  // A terminal's Ctrl-C reaches the heir by itself; sent twice, it would cut the heir's orderly stop short.
  if (heir) return signal === 'SIGINT' && process.stdin.isTTY ? undefined : heir.kill(signal)
  if (stopping) return undefined
  stopping = true
  return Promise.all([...groups].map(child => end(child))).then(() => process.exit(code))
}
process.on('SIGINT', () => onSignal('SIGINT', 130)).on('SIGTERM', () => onSignal('SIGTERM', 143))

// npm passes a SIGTERM to the shell between it and us, which dies without passing it on: that our parent is gone is all we see of it.
const parent = process.ppid
const orphaned = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(orphaned)
  onSignal('SIGTERM', 143)
}, 500).unref()
if (!process.env.npm_lifecycle_event) clearInterval(orphaned)

/** Whether a signal has told us to stop: what children report from then on means nothing. */
export const isStopping = () => stopping

/** Starts a command in its own process group. Without `stdio` it has no input and writes to our output. */
export const start = (command, args, { env, stdio = ['ignore', 'inherit', 'inherit'], shell = false } = {}) => {
  if (stopping) throw new Error('interrupted')
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio, shell, detached: process.platform !== 'win32' })
  groups.add(child)
  return child
}

/** Runs a command to its end. `problem` is empty when it exited with code 0, else says what happened. */
export const run = (command, args, { timeoutMs = 600_000, ...options } = {}) => new Promise(resolve => {
  const child = start(command, args, options)
  let problem = ''
  const limit = setTimeout(() => {
    problem = `stopped after ${timeoutMs / 1000} s`
    end(child, 5000)
  }, timeoutMs)
  child.on('error', error => {
    problem = error.message
  })
  child.on('close', async (code, signal) => {
    clearTimeout(limit)
    await end(child, 5000)
    if (!stopping) resolve({ problem: problem || (code === 0 ? '' : signal ?? `exit code ${code}`) })
  })
})

/** Runs a command whose output only matters if it fails, with a sign of life every 15 s. */
export const runQuietly = (label, command, args, env) => new Promise(resolve => {
  const child = start(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = []
  child.stdout.on('data', chunk => output.push(chunk))
  child.stderr.on('data', chunk => output.push(chunk))
  child.on('error', error => output.push(Buffer.from(error.message)))
  const signOfLife = setInterval(() => say(`  still ${label} ...`), 15_000)
  child.on('close', async code => {
    clearInterval(signOfLife)
    await end(child, 5000)
    if (!stopping) resolve({ ok: code === 0, output: Buffer.concat(output).toString() })
  })
})

/** Hands our place over to a child: it gets the signals sent to us, and its end is ours. */
export const become = (command, args, env) => {
  if (stopping) return
  heir = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
  heir.on('error', error => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exit(1)
  })
  heir.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)))
}
