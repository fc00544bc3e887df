import { startWorker } from '../lib/jobs/worker.ts'

const stop = await startWorker()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit(0)))
