import { filled } from './history-acquisitions.ts'
import { mappingOf, type Book, type Deal, type HistoricFiling } from './history-rows.ts'
import { NOT_STATED, compiledFrom, enteredAt, statedDate } from './history-words.ts'

const NEW_PRODUCTION = /export of new production, not taken from holdings/

const disposalOf = (book: Book, deal: Deal, others: readonly Deal[]): HistoricFiling => {
  const read = book.readings(deal.id)
  const facts = filled(deal, others)
  const quantity = read.quantity ? Number(read.quantity.value) : facts.quantity
  const completed = deal.status === 'announced' ? undefined : read.completed?.value ?? facts.end
  const payload = {
    ...mappingOf(book, deal.id),
    quantity: quantity ?? NOT_STATED,
    mode: facts.mode,
    recipient: facts.partner || undefined,
    decidedOn: statedDate(facts.start), completedOn: statedDate(completed),
    fromHoldings: NEW_PRODUCTION.test(deal.note) ? false : undefined,
    compiled: compiledFrom(deal, others),
  }
  return {
    ref: deal.id,
    participant: deal.participant,
    kind: 'notification.disposal',
    payload: Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)),
    filedAt: completed ? enteredAt(completed, 'done') : enteredAt(facts.start, 'agreed'),
  }
}

export const disposalFilings = (book: Book): HistoricFiling[] =>
  book.disposals.filter((deal) => !deal.sameAs)
    .map((deal) => disposalOf(book, deal, book.disposals.filter((row) => row.sameAs === deal.id)))
