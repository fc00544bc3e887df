import { setPriority } from 'node:os'
import { importQuickly } from './quick-import.ts'

const { startWorker } = await importQuickly(() => import('../lib/jobs/worker.ts'))
// Deliveries and checks give way to whoever waits for a page on the same machine.
setPriority(10)
const stop = await startWorker()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit(0)))
