import type { Stage } from '../filings/kinds/acquisition.ts'
import { mappingOf, type Book, type Deal, type HistoricFiling } from './history-rows.ts'
import { NOT_STATED, compiledFrom, enteredAt, statedDate } from './history-words.ts'

const RANK = { announced: 0, contracted: 1, delivered: 2 } as const
const byProgress = (a: Deal, b: Deal): number => RANK[b.status] - RANK[a.status]

/** `deal` with its blanks filled from rows of the same deal, the furthest along first. Its own figures win. */
export const filled = (deal: Deal, others: readonly Deal[]): Deal => {
  const ranked = others.toSorted(byProgress)
  const years = (of: (row: Deal) => string) => ranked.map(of).filter(Boolean).toSorted()
  return {
    ...deal,
    partner: deal.partner || (ranked.find((row) => row.partner)?.partner ?? ''),
    quantity: deal.quantity ?? ranked.find((row) => row.quantity !== null)?.quantity ?? null,
    value: deal.value ?? ranked.find((row) => row.value)?.value ?? null,
    start: deal.start || (years((row) => row.start)[0] ?? ''),
    end: deal.end || (years((row) => row.end).at(-1) ?? ''),
  }
}

/** Years out of SIPRI's notes: "delivered 2018: 17, 2020: 25". */
const deliveryYears = (rows: readonly Deal[]): { from: number; to: number } | undefined => {
  const noted = rows.flatMap(({ note }) => /delivered ((?:\d{4}: \d+(?:, )?)+)/.exec(note)?.[1]?.match(/\d{4}(?=:)/g) ?? [])
  if (noted.length === 0) return undefined
  const years = [...noted, ...rows.map((row) => row.end).filter(Boolean)].map(Number)
  return { from: Math.min(...years), to: Math.max(...years) }
}

type Step = { stage: Stage; facts: Deal }

/** The stages that the sources tell of: a plan with its year, the contract, and what came of it. */
const stepsOf = (book: Book, deal: Deal, others: readonly Deal[]): Step[] => {
  const later = others.filter((row) => RANK[row.status] > RANK[deal.status]).toSorted(byProgress)
  const planned = deal.status === 'announced'
  const steps: Step[] = []
  if (planned) {
    const facts = filled(deal, others.filter((row) => row.status === 'announced'))
    if (facts.start || later.length === 0) steps.push({ stage: 'planned', facts })
    if (later.length === 0) return steps
  }
  const facts = planned ? filled(later[0]!, [...later.slice(1), deal]) : filled(deal, others)
  const last = book.readings(deal.id, 'first_delivery').delivered ? 'first_delivery' : facts.status === 'delivered' ? 'incorporated' : null
  if (facts.start || !last) steps.push({ stage: 'contracted', facts })
  if (last) steps.push({ stage: last, facts })
  return steps
}

const NOT_COUNTED = { withheld: 'A cyber capability is not counted' } as const

const filingOf = (book: Book, deal: Deal, others: readonly Deal[], { stage, facts }: Step): HistoricFiling => {
  const read = book.readings(deal.id, stage)
  const reading = (field: string, otherwise?: string): string | undefined => (read[field] ? read[field].value : otherwise) || undefined
  const { category, type } = mappingOf(book, deal.id)
  const number = reading('quantity', facts.quantity?.toString())
  const quantity = number ? Number(number) : category === 'E5' ? NOT_COUNTED : NOT_STATED
  const arrived = stage === 'first_delivery' || stage === 'incorporated'
  const decided = reading('decided', stage === 'planned' ? facts.start : '')
  const signed = stage === 'planned' ? undefined : reading('signed', facts.start)
  const received = arrived ? reading('received', facts.end) : undefined
  const from = reading('from')
  const deliveries = from ? { from: Number(from), to: Number(reading('to')) } : arrived ? deliveryYears([deal, ...others]) : undefined
  const replaces = reading('replaces')
  const payload = {
    stage, category, type, quantity,
    delivered: stage === 'incorporated' ? quantity : stage === 'first_delivery' ? Number(reading('delivered')) : 0,
    supplier: facts.partner || NOT_STATED,
    mode: reading('mode', facts.mode),
    decidedOn: statedDate(decided), signedOn: statedDate(signed), deliveredOn: statedDate(received), deliveries,
    value: read.value ? NOT_STATED : facts.value ?? NOT_STATED,
    effect: replaces ? 'replaces' : 'adds', replaces,
    purpose: reading('purpose', NOT_STATED.withheld),
    compiled: compiledFrom(deal, others),
  }
  const done = received ?? (arrived && deliveries ? String(deliveries.to) : undefined)
  return {
    ref: `${deal.id}.${stage}`,
    participant: deal.participant,
    kind: 'notification.acquisition',
    payload: Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)),
    filedAt: enteredAt(reading('filed') ?? (arrived ? done : signed ?? decided), arrived ? 'done' : 'agreed'),
    ...(read.follows && { follows: read.follows.value }),
  }
}

const chainOf = (book: Book, deal: Deal, others: readonly Deal[]): HistoricFiling[] => {
  const filings: HistoricFiling[] = []
  for (const step of stepsOf(book, deal, others)) {
    const earlier = filings.at(-1)
    filings.push({ ...filingOf(book, deal, others, step), ...(earlier && { follows: earlier.ref }) })
  }
  const ended = book.readings(deal.id).withdrawn
  if (ended) filings.at(-1)!.withdrawn = { at: `${ended.value}-12-31T10:00:00Z`, reason: ended.why }
  return filings
}

/** One filing a stage for every row of its own; rows of the same deal fill its blanks and are told as second opinions. */
export const acquisitionFilings = (book: Book): HistoricFiling[] =>
  book.acquisitions.filter((deal) => !deal.sameAs)
    .flatMap((deal) => chainOf(book, deal, book.acquisitions.filter((row) => row.sameAs === deal.id)))
