import { database } from '../lib/db/client.ts'
import { rebuildProjections } from '../lib/filings/rebuild.ts'
import { plural } from '../lib/shared/format.ts'

const connection = await database()
const begun = performance.now()
const { filings, filingViews, entries, holdingLines, holdingTotals, knownTypes } = await rebuildProjections(connection)
const seconds = ((performance.now() - begun) / 1000).toFixed(1)
await connection.close()
console.log(`From ${plural(filings, 'filing')}, in ${seconds} s: ${plural(entries, 'entry', 'entries')}, ${plural(filingViews, 'view')}, `
  + `${plural(holdingLines, 'line')} of holdings in ${plural(holdingTotals, 'total')}, ${plural(knownTypes, 'known type')}.`)
