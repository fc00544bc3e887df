import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Caller } from '../../lib/auth/guard.ts'
import { openDatabase, openPglite, useDatabase, type Connection } from '../../lib/db/client.ts'
import { forgetQueue } from '../../lib/jobs/queue.ts'
import { prepareRegister } from './register.ts'

/** A database of its own on the PostgreSQL server that the run names; dropped at the end. */
const freshPostgres = async (server: string): Promise<{ connection: Connection; drop: () => Promise<void> }> => {
  const { default: postgres } = await import('postgres')
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = process.env.BATP_TEST_TEMPLATE
  await admin.unsafe(`create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const connection = await openDatabase(url.href)
  useDatabase(Promise.resolve(connection))
  if (!template) await prepareRegister(connection)
  const drop = async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
  return { connection, drop }
}

/** One register per test file, on PGlite or on the PostgreSQL of BATP_TEST_DATABASE_URL: migrated, with reference data and demo accounts. */
export const useRegister = (): (() => Connection) => {
  let current: Connection
  let drop = async () => {}
  beforeAll(async () => {
    const server = process.env.BATP_TEST_DATABASE_URL
    if (server) ({ connection: current, drop } = await freshPostgres(server))
    else {
      const dump = process.env.BATP_TEST_DUMP
      const load = dump ? new Blob([readFileSync(dump)]) : undefined
      current = await openPglite(null, load)
      useDatabase(Promise.resolve(current))
      if (!load) await prepareRegister(current)
    }
  }, 120_000)
  afterAll(async () => {
    forgetQueue()
    await current.close()
    useDatabase(undefined)
    await drop()
  })
  return () => current
}

/** The demonstration's people, by their keys: `as('rs-submitter')`, `as('verifier1')`; `as(null)` is the public. */
export const as = (who: string | null, more: Partial<Caller> = {}): Caller =>
  ({ credential: who === null ? null : `demo-${who}`, requestId: randomUUID(), ip: '192.0.2.1', strict: who !== null, ...more })
