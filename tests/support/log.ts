import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll } from 'vitest'
import { logStore, readLogKey } from '../../lib/log/key.ts'
import { checkRegister, type Checked } from '../../lib/proof/check.ts'
import type { Memory } from '../../lib/proof/remembered.ts'
import type { Connection } from '../../lib/db/client.ts'

/** A log of its own for a test file: call it before `useRegister`, since the environment is read once. */
export const useLog = (): void => {
  beforeAll(() => {
    process.env.BATP_LOG_KEY = randomBytes(32).toString('hex')
    process.env.BATP_LOG_ORIGIN = 'register.test/log'
    process.env.BATP_DATA_DIR = mkdtempSync(join(tmpdir(), 'batp-log-'))
  })
}

/** The whole register, as the auditor reads it; with a memory, as a worker that has checked it before. */
export const checkAll = (connection: Connection, memory?: Memory): Promise<Checked> =>
  checkRegister({ read: (work) => connection.transaction('batp_auditor', work), key: readLogKey(), store: logStore(), ...(memory ? { memory } : {}) })
