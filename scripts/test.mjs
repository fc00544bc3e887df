import process from 'node:process'
import { become } from './lib-process.mjs'
import { ensureInstalled } from './lib-setup.mjs'

become(ensureInstalled(), ['scripts/lib-checks.mjs', ...process.argv.slice(2)])
