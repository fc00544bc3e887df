import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { runQuietly } from './lib-process.mjs'
import { ROOT, say } from './lib-setup.mjs'

const SOURCES = [
  'app', 'lib', 'public', 'drizzle', 'data', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts',
  'next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json',
]
const BUILD = path.join(ROOT, process.env.BATP_BUILD_DIR || '.next')
const STAMP = path.join(BUILD, 'batp-build')

const filesUnder = name => {
  const file = path.join(ROOT, name)
  if (!existsSync(file)) return []
  return statSync(file).isDirectory() ? readdirSync(file).toSorted().flatMap(entry => filesUnder(path.join(name, entry))) : [name]
}

const hashOfSources = () => {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file))).update('\0')
  return hash.digest('hex')
}

const lastBuild = () => existsSync(STAMP) && existsSync(path.join(BUILD, 'BUILD_ID')) ? readFileSync(STAMP, 'utf8') : ''

/** Builds for production unless the last build was of the same sources. Returns the build's output if it failed, else null. */
export const ensureBuilt = async node => {
  const sources = hashOfSources()
  if (lastBuild() === sources) {
    say('The production build is up to date')
    return null
  }
  say('Building for production (about a minute on two cores) ...')
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const { ok, output } = await runQuietly('building', node, ['node_modules/next/dist/bin/next', 'build'], env)
  if (!ok) return output
  writeFileSync(STAMP, sources)
  say('Built')
  return null
}
