// What the checks need from the machine and may fetch: a PostgreSQL server and a Chromium.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { findChromium, isWhole } from '../tests/support/chromium.ts'
import { findPostgres } from '../tests/support/postgres.ts'
import { run, start } from './lib-process.mjs'
import { say } from './lib-setup.mjs'

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const aptInstall = async name => {
  if (!isRootOnDebian()) return
  say(`Installing Debian's package ${name} ...`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const lock = ['-o', 'DPkg::Lock::Timeout=60']
  const update = await run('apt-get', [...lock, 'update', '-qq'], { env, timeoutMs: 120_000 })
  const { problem } = update.problem ? update : await run('apt-get', [...lock, 'install', '-y', '-qq', name], { env, timeoutMs: 240_000 })
  if (problem) say(`apt-get could not install ${name}: ${problem}`)
}

const downloadChromium = async () => {
  say('Downloading Playwright\'s Chromium (at most 60 s) ...')
  const args = ['node_modules/@playwright/test/cli.js', 'install', 'chromium']
  const { problem } = await run(process.execPath, args, { timeoutMs: 60_000, stdio: 'ignore' })
  if (problem) say(`Playwright's Chromium is not to be had here: ${problem}`)
}

/** The path of a Chromium that runs on this machine, fetched if need be, or null. */
export const ensureChromium = async () => {
  if (!findChromium()) await downloadChromium()
  const found = findChromium()
  // The whole browser will do, at three times the work.
  if (!found || isWhole(found)) await aptInstall('chromium-headless-shell')
  if (!findChromium()) await aptInstall('chromium')
  return findChromium()
}

const firstLine = child => new Promise((resolve, reject) => {
  let text = ''
  child.stdout.on('data', chunk => {
    text += chunk
    if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
  })
  child.once('error', reject)
  child.once('exit', code => reject(new Error(`PostgreSQL did not start (exit code ${code})`)))
})

/** A PostgreSQL to test on: DATABASE_URL if that is set, else a throw-away cluster, durable or fast; null when there is none to be had. */
export const ensurePostgres = async ({ isDurable }) => {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, server: null }
  if (!findPostgres()) await aptInstall('postgresql')
  if (!findPostgres()) return null
  // Its input is ours: when we end, in whatever way, the pipe closes and the server stops and removes its folder.
  const server = start(process.execPath, ['tests/support/postgres.ts', ...(isDurable ? [] : ['--fast'])], { stdio: ['pipe', 'pipe', 'inherit'] })
  const { url } = JSON.parse(await firstLine(server))
  return { url, server }
}

export const describePostgres = url => {
  const { hostname, port } = new URL(url)
  const version = spawnSync(findPostgres() ? `${findPostgres()}/postgres` : 'psql', ['--version'], { encoding: 'utf8' }).stdout?.trim()
  return process.env.DATABASE_URL ? `DATABASE_URL (${hostname})` : `${version} on port ${port}`
}
