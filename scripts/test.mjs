import process from 'node:process'
import { ensureInstalled } from './lib-install.mjs'
import { become } from './lib-process.mjs'

become(await ensureInstalled(), ['scripts/lib-checks.mjs', ...process.argv.slice(2)])
