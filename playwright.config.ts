import { defineConfig, devices } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { CHROMIUM_FLAGS, findChromium } from './tests/support/chromium.ts'

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = net.createServer()
  server.once('error', reject)
  server.listen(0, () => {
    const { port } = server.address() as net.AddressInfo
    server.close(() => resolve(port))
  })
})

// Playwright reads this file again in each worker, so what was chosen the first time is handed on in the environment.
const env = process.env
env.BATP_CHROMIUM ??= findChromium() ?? ''
env.BATP_E2E_PORT ??= String(await freePort())
if (!env.BATP_E2E_DATA_DIR) {
  const own = mkdtempSync(path.join(os.tmpdir(), 'batp-e2e-'))
  env.BATP_E2E_DATA_DIR = own
  process.once('exit', () => rmSync(own, { recursive: true, force: true }))
}
// BASE_URL names a server that runs already, such as `npm run dev`, which compiles a page when it is first asked for.
const running = env.BASE_URL
const address = running ?? `http://localhost:${env.BATP_E2E_PORT}`

/** As long together as the others: of what reads, calendar, log and timeline go with those that act. */
const READING = /(?:access|register|screens|weight)\.spec\.ts$/

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  forbidOnly: Boolean(env.CI),
  // Journeys share one register, as its users do: those that change what others count on go one at a time, and beside them those that read.
  workers: 2,
  retries: 0,
  timeout: running ? 240_000 : 150_000,
  expect: { timeout: running ? 30_000 : 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: address,
    actionTimeout: running ? 30_000 : 15_000,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Belgrade',
    // What fails leaves a picture and the page in words; a trace costs each test a fifth more time: `npm run e2e -- NAME --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: env.BATP_CHROMIUM || undefined, args: CHROMIUM_FLAGS },
  },
  projects: [{ name: 'acting', testIgnore: READING, workers: 1 }, { name: 'reading', testMatch: READING, workers: 1 }],
  // Serves the last production build (`npm run build`) on a register of its own.
  webServer: running ? undefined : {
    command: `"${process.execPath}" scripts/start.ts --demo --port ${env.BATP_E2E_PORT}`,
    url: `${address}/readyz`,
    timeout: 180_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: '',
      SMTP_URL: '',
      BATP_DATA_DIR: env.BATP_E2E_DATA_DIR,
      PORT: env.BATP_E2E_PORT,
      NEXTAUTH_URL: address,
      NEXTAUTH_SECRET: 'only-for-journeys-on-this-machine-0123456789',
    },
  },
})
