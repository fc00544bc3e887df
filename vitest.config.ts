import { globSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Far from UTC on purpose: a date formatted in local time, or cut from a timestamp without saying UTC, shows here and not in a ministry.
process.env.TZ = 'Pacific/Auckland'

const onPostgres = Boolean(process.env.BATP_TEST_DATABASE_URL)
const TESTS = 'tests/**/*.test.ts'
/** What a test that opens a database, or starts a process that does, cannot do without. */
const OPENS = /support\/(db|log|context)\b|\/support\.ts|-ground\.ts|lib\/db\/|scripts\//
/** Rules, formats and words do not depend on the database: once is enough. */
const pure = (): string[] => globSync(TESTS).filter((file) => !OPENS.test(readFileSync(file, 'utf8')))

/** Node reads a package's 180 KB of exports again for each of its 500 modules; as one module it is there at once. */
const AS_ONE = ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js', 'drizzle-orm/pglite']

const common = { environment: 'node' as const, setupFiles: ['tests/support/setup.ts'], pool: 'forks' as const, testTimeout: 30_000, hookTimeout: 120_000, expect: { requireAssertions: true }, restoreMocks: true, unstubEnvs: true, deps: { optimizer: { ssr: { enabled: true, include: AS_ONE } } } }

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    maxWorkers: 2,
    projects: [
      // They share nothing but what they import, so they share a process, and import it once.
      ...(onPostgres ? [] : [{ extends: true as const, test: { ...common, name: 'rules', include: pure(), isolate: false } }]),
      // A PGlite takes 300 to 500 MB and one core; each file has its own process, so that memory goes back to the machine.
      { extends: true as const, test: { ...common, name: 'database', include: [TESTS], exclude: pure(), globalSetup: ['tests/support/global-setup.ts'] } },
    ],
  },
})
