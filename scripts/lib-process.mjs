// Child processes that never outlive us: each has its own process group, ended by its id.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ROOT, say } from './lib-setup.mjs'

const groups = new Set()

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
export const end = async (child, graceMs = 10_000) => {
  if (child.pid === undefined || !groups.has(child)) return
  signalGroup(child, 'SIGTERM')
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
  await ended(child)
  clearTimeout(insist)
  signalGroup(child, 'SIGKILL')
  groups.delete(child)
}

export const endAll = () => Promise.all([...groups].map(child => end(child)))

/** Starts a command in its own process group. Without `stdio` it has no input and writes to our output. */
export const start = (command, args, { env, stdio = ['ignore', 'inherit', 'inherit'] } = {}) => {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio, detached: process.platform !== 'win32' })
  groups.add(child)
  return child
}

/** Runs a command to its end. `code` is null when it was killed, timed out or could not start. */
export const run = (command, args, { env, timeoutMs = 600_000 } = {}) => new Promise(resolve => {
  const child = start(command, args, { env })
  let problem = ''
  const limit = setTimeout(() => {
    problem = `stopped after ${timeoutMs / 1000} s`
    end(child, 5000)
  }, timeoutMs)
  child.on('error', error => {
    problem = error.message
  })
  child.on('close', async code => {
    clearTimeout(limit)
    await end(child, 5000)
    resolve({ code: problem ? null : code, problem: problem || (code === 0 ? '' : `exit code ${code}`) })
  })
})

/** Runs a command whose output only matters if it fails, with a sign of life every 15 s. */
export const runQuietly = async (label, command, args, env) => {
  const child = start(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = []
  child.stdout.on('data', chunk => output.push(chunk))
  child.stderr.on('data', chunk => output.push(chunk))
  const signOfLife = setInterval(() => say(`  still ${label} ...`), 15_000)
  const code = await new Promise(resolve => {
    child.on('error', error => {
      output.push(Buffer.from(error.message))
      resolve(null)
    })
    child.on('close', resolve)
  })
  clearInterval(signOfLife)
  groups.delete(child)
  return { ok: code === 0, output: Buffer.concat(output).toString() }
}

/** Hands our place over to the child: it gets the signals sent to us, and its end is ours. */
export const become = (command, args, env) => {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
  // A terminal's Ctrl-C reaches the child by itself; sent twice, it would cut the child's orderly stop short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', error => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)))
}
