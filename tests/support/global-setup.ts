import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const prepare = (target: string): void => {
  execFileSync(process.execPath, ['tests/support/register.ts', target], { stdio: 'inherit', timeout: 180_000 })
}

/** Everything that a prepared register depends on: when none of it changed, neither has the register. */
const fingerprint = (): string => {
  const hash = createHash('sha256')
    .update(process.version)
    .update(process.env.NEXTAUTH_SECRET ?? '')
  const files = globSync(['drizzle/**/*.{sql,json}', 'lib/**/*.ts', 'data/*.csv', 'tests/support/register.ts', 'package-lock.json'])
  for (const file of files.toSorted()) hash.update(`\n${file}\n`).update(readFileSync(file))
  return hash.digest('hex').slice(0, 24)
}

/** A PGlite made once and dumped: a test file loads it in half a second instead of making its own in three. */
const dumpPglite = (): void => {
  const file = join(tmpdir(), `batp-register-${fingerprint()}.tar`)
  if (!existsSync(file)) {
    for (const old of globSync(join(tmpdir(), 'batp-register-*')))
      if (Date.now() - statSync(old).mtimeMs > 86_400_000) rmSync(old, { force: true })
    const unfinished = `${file}.${randomUUID()}`
    prepare(unfinished)
    renameSync(unfinished, file)
  }
  process.env.BATP_TEST_DUMP = file
}

/** The same on PostgreSQL: a template that each file's database is copied from, dropped after the run. */
const makeTemplate = async (server: string): Promise<() => Promise<void>> => {
  const { default: postgres } = await import('postgres')
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  const name = `template_${randomUUID().replaceAll('-', '')}`
  await admin.unsafe(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  prepare(url.href)
  process.env.BATP_TEST_TEMPLATE = name
  return async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
}

export default async (): Promise<(() => Promise<void>) | void> => {
  const server = process.env.BATP_TEST_DATABASE_URL
  return server ? makeTemplate(server) : dumpPglite()
}
