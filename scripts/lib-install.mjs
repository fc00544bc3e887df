import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run } from './lib-process.mjs'
import { fail, majorOf, ROOT, say } from './lib-setup.mjs'

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
  const entries = (process.env.PATH || '').split(path.delimiter)
  const env = { PATH: entries.filter(entry => !entry.startsWith(path.join(ROOT, 'node_modules'))).join(path.delimiter) }
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  return npm && npm.endsWith('.js')
    ? run(node || process.execPath, [npm, ...args], { env })
    : run('npm', args, { env, shell: process.platform === 'win32' })
}

const versionOf = file => spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.trim() || ''

const pinnedNode = () => {
  const file = path.join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(file) && majorOf(versionOf(file)) >= 24) return file
  if (majorOf(process.version) >= 24) return process.execPath
  return fail([
    'The pinned Node 24 (the package "node") is not there or does not run on this machine.',
    'Most often npm was told not to run install scripts: try  npm ci --ignore-scripts=false',
    'On a system without glibc (Alpine, for one) install Node 24 yourself; it is then used instead.',
  ].join('\n'))
}

/** Installs the locked packages if they are not there. Returns the path of a Node 24 to run everything else on. */
export const ensureInstalled = async () => {
  if (!isInstalled()) {
    say('Installing the locked packages (npm ci) ...')
    const { problem } = await npmCi()
    if (problem) fail(`npm ci failed (${problem}); see above. It needs the npm registry, or a mirror (npm config set registry ...).`)
  }
  const node = pinnedNode()
  say(`Packages are in place; running on Node ${versionOf(node)}`)
  return node
}
