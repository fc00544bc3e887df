// What the first command after a clone needs: runs on the machine's own Node, before anything is installed, so node: imports only.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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

const major = version => Number.parseInt(version.replace(/^v/, ''), 10)

if (major(process.version) < 20) {
  fail(`This is Node ${process.version}, and Node 20 or newer is needed. Install it from nodejs.org or your system's packages, and repeat.`)
}

const readLock = file => {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages
  } catch {
    return null
  }
}

// npm writes node_modules/.package-lock.json last, so an interrupted install has none. Packages for other platforms are optional there.
const isInstalled = () => {
  const wanted = readLock('package-lock.json')
  const found = readLock('node_modules/.package-lock.json')
  if (!wanted || !found) return false
  return Object.entries(wanted).every(([name, { version, optional }]) =>
    name === '' || (found[name] ? found[name].version === version : optional === true))
}

// Under `npm run`, PATH starts with node_modules/.bin, whose node is about to be replaced: install with the Node that runs npm.
const npmCi = () => {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const separator = path.delimiter
  const PATH = (process.env.PATH || '').split(separator).filter(entry => !entry.startsWith(path.join(ROOT, 'node_modules'))).join(separator)
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH } }
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  return npm && npm.endsWith('.js')
    ? spawnSync(node || process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

const versionOf = file => spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.trim() || ''

const pinnedNode = () => {
  const file = path.join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(file) && major(versionOf(file)) >= 24) return file
  if (major(process.version) >= 24) return process.execPath
  return fail([
    'The pinned Node 24 (the package "node") is not there or does not run on this machine.',
    'Most often npm was told not to run install scripts: try  npm ci --ignore-scripts=false',
    'On a system without glibc (Alpine, for one) install Node 24 yourself; it is then used instead.',
  ].join('\n'))
}

/** Installs the locked packages if they are not there. Returns the path of a Node 24 to run everything else on. */
export const ensureInstalled = () => {
  if (!isInstalled()) {
    say('Installing the locked packages (npm ci) ...')
    const { status, error } = npmCi()
    if (error) fail(`npm could not be started: ${error.message}`)
    if (status !== 0) fail('npm ci failed; its message is above. It needs the npm registry, or a mirror (npm config set registry ...).')
  }
  const node = pinnedNode()
  say(`Packages are in place; running on Node ${versionOf(node)}`)
  return node
}
