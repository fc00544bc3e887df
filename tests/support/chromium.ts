import { chromium } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'

/** Without windows around its pages: a third of the work of a whole browser. */
const SHELLS = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium-headless-shell']
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

// A downloaded browser whose system libraries are missing exists, but does not run.
const runs = (file: string): boolean => existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0

/** The browser for the journeys: BATP_CHROMIUM if set, Playwright's own if downloaded, else the system's, without windows if there is one; null when there is none. */
export const findChromium = (): string | null =>
  [process.env.BATP_CHROMIUM ?? '', chromium.executablePath(), ...SHELLS, ...SYSTEM].find(runs) ?? null

export const isWhole = (file: string): boolean => SYSTEM.includes(file)

// For use as root in a container and on machines without a way out: no sandbox, and none of the browser's own calls home.
export const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
