import { randomUUID } from 'node:crypto'
import { connect, request, type Answer } from '../tests/support/http.ts'
import { FLOOR, type Ask } from './floor.ts'
import { categoryOf, STANDARD_CATEGORIES } from './rows.ts'

/** One kind of work: what the platform is asked, what the same is in plain SQL, and what was aimed at. */
export type Work = {
  key: 'list' | 'declaration' | 'totals' | 'file'
  title: string
  expect: number
  request: (turn: number) => Buffer
  check?: (answer: Answer) => void
  floor: (ask: Ask, turn: number) => Promise<unknown>
  aim: { p50: number; perSecond: number | null }
  /** The same work on two general platforms, 2 cores, PostgreSQL 15 with fsync on: p50 at 1 client in ms; per second at 8. */
  others: { directus: string; payload: string }
}

const KEY = 'demo-al-submitter'
const SINCE = '2015-01-01'
/** Different filters and pages in turn, in an order that repeats none of them soon. */
const pick = (turn: number) => ({ category: STANDARD_CATEGORIES[(turn * 7) % 8]!, page: 1 + (Math.floor((turn * 7) / 8) % 3) })

const ask = async (port: number, path: string): Promise<Record<string, unknown>> => {
  const session = await connect(port)
  try {
    const { status, body } = await session.send(request({ path, key: KEY }))
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString().slice(0, 500)}`)
    return JSON.parse(body.toString()) as Record<string, unknown>
  } finally {
    session.close()
  }
}

/**
 * Signed ten days ago, so in time; 20 or more pieces, of which Albania's three neighbours are told. Three categories in turn: a participant's
 * open contracts of one category are summed at each filing, and thousands of them would be no register's.
 */
const filing = (turn: number) => {
  const today = Date.now()
  const year = new Date(today).getUTCFullYear()
  const category = ['I', 'II', 'III'][turn % 3]!
  return {
    kind: 'notification.acquisition', participant: 'AL',
    payload: {
      stage: 'contracted', category, type: `Falcon-7 ${category}`, quantity: 20 + (turn % 20), supplier: 'DE', mode: 'purchase',
      signedOn: new Date(today - 10 * 86_400_000).toISOString().slice(0, 10), deliveries: { from: year + 1, to: year + 2 },
      value: { amount: 120_000_000, currency: 'EUR' }, effect: 'adds', purpose: `Bench ${turn}`,
    },
  }
}

const TOLD = ['ME', 'MK', 'XK']
const mustTellNeighbours = ({ body }: Answer): void => {
  const { alerts } = JSON.parse(body.toString()) as { alerts: { recipients: string[] }[] }
  const told = new Set(alerts.flatMap(({ recipients }) => recipients))
  if (!TOLD.every((participant) => told.has(participant))) throw new Error(`Not all of ${TOLD.join(', ')} were told: ${[...told].join(', ')}`)
}

const get = (path: string) => request({ path, key: KEY })

/** Everything that is measured, on the rows as they are. */
export const worksOn = async (port: number): Promise<Work[]> => {
  const declared = (await ask(port, '/api/v1/filings?kind=declaration.holdings&participant=AL&limit=50')) as { items: { id: string }[] }
  const declarations = declared.items.map(({ id }) => get(`/api/v1/filings/${id}`))
  const lists = Array.from({ length: 24 }, (_, turn) => {
    const { category, page } = pick(turn)
    return get(`/api/v1/filings?category=${categoryOf(category)}&from=${SINCE}&page=${page}&limit=50`)
  })
  const total = get('/api/v1/holdings/totals')
  return [
    {
      key: 'list', title: 'List: 50 of 5,000, two filters, sorted, with total', expect: 200, request: (turn) => lists[turn % 24]!,
      floor: (on, turn) => FLOOR.list(on, pick(turn).category, SINCE, pick(turn).page),
      aim: { p50: 3, perSecond: 800 }, others: { directus: '7.5; 151', payload: '5.0; 240' },
    },
    {
      key: 'declaration', title: 'One declaration with 400 lines', expect: 200, request: (turn) => declarations[turn % declarations.length]!,
      floor: (on, turn) => FLOOR.declaration(on, 1 + ((turn * 7) % 133)),
      aim: { p50: 4, perSecond: 400 }, others: { directus: '10.9; 105', payload: '22.5; 48' },
    },
    {
      key: 'totals', title: 'Totals per category and year over 56,000 lines', expect: 200, request: () => total, floor: (on) => FLOOR.totals(on),
      aim: { p50: 3, perSecond: null }, others: { directus: '20.8; 84', payload: '22.9; 87' },
    },
    {
      key: 'file', title: 'Filing one acquisition, three participants told', expect: 201, check: mustTellNeighbours, floor: (on, turn) => FLOOR.file(on, 20 + (turn % 20)),
      request: (turn) => request({ method: 'POST', path: '/api/v1/filings', key: KEY, body: filing(turn), idempotencyKey: randomUUID() }),
      aim: { p50: 5, perSecond: 400 }, others: { directus: '15.8; 65', payload: '6.7; 182' },
    },
  ]
}

/** Both sides answer alike, before anything is timed. */
export const mustAgree = async (port: number, plain: Ask): Promise<void> => {
  const { items } = (await ask(port, '/api/v1/holdings/totals')) as { items: { category: string; year: number; total: number }[] }
  const mine = new Map(items.map(({ category, year, total }) => [`${category} ${year}`, total]))
  const theirs = await FLOOR.totals(plain)
  const same = theirs.length === mine.size && theirs.every(({ category, year, total }) => mine.get(`${categoryOf(category as string)} ${year as number}`) === total)
  if (!same) throw new Error('The platform’s totals differ from those of the lines in plain SQL')
  const list = (await ask(port, `/api/v1/filings?category=III&from=${SINCE}`)) as { items: unknown[]; total: number }
  if (list.items.length !== 50) throw new Error(`The list holds ${list.items.length} rows, not 50`)
}
