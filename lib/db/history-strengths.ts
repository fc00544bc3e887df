import { isParticipant, type ParticipantCode } from '../participants/rules.ts'
import { formatNumber } from '../shared/format.ts'
import { rowsOf, type HistoricFiling, type ReadCsv } from './history-rows.ts'
import { NOT_STATED, UNDATED, readableSource } from './history-words.ts'

type Row = { participant: ParticipantCode; year: number; source: string; note: string } & Record<string, string | number>
const SIPRI = 'SIPRI Military Expenditure Database, edition to 2024, current prices, local currency'
const WORLD_BANK = 'World Bank, MS.MIL.TOTL.P1 (from IISS): active plus paramilitary forces'

const read = (readCsv: ReadCsv, file: string): Row[] => rowsOf(readCsv(file)).map((row) => {
  if (!isParticipant(row.participant)) throw new Error(`${file}: ${row.participant} is not a participant`)
  return { ...row, participant: row.participant, year: Number(row.year) } as Row
})
const byYear = (rows: readonly Row[]) => [...Map.groupBy(rows, ({ participant, year }) => `${participant} ${year}`).values()]
const sentences = (parts: readonly string[]) => parts.filter(Boolean).map((part) => part.replace(/\.$/, '')).join('. ')
const said = ({ source, note }: Row): string => [readableSource(source), note].filter(Boolean).join(': ')

const isSipri = ({ source }: Row) => source.includes('SIPRI-Milex')
const isLocal = (row: Row) => isSipri(row) && row.source.includes('Local currency')

const amountWords = (row: Row): string =>
  [row.amount && `${row.currency} ${formatNumber(Number(row.amount))}`, row.percent_gdp && `${row.percent_gdp} % of GDP`].filter(Boolean).join(', ')

/**
 * A year's spending, one source a series: SIPRI's in local currency where it has the year. What other sources say of it is told, not
 * counted. A year that SIPRI does not have is a plan: no source says that it was adopted.
 */
const budgetOf = (rows: readonly Row[]): HistoricFiling => {
  const main = rows.find(isLocal) ?? rows.find(({ amount }) => amount) ?? rows[0]!
  const { participant, year } = main
  const hasSipri = isLocal(main)
  const others = rows.filter((row) => row !== main)
  const note = sentences([
    main.note === 'SIPRI military expenditure, current prices' ? '' : main.note,
    hasSipri ? 'Military expenditure, wider than a defence budget' : 'The source does not say whether it was adopted',
    ...others.map((row) => `Also reported, not in this series: ${amountWords(row)} (${isSipri(row) ? 'SIPRI, in US dollars' : said(row)})`),
  ]).slice(0, 1000)
  return {
    ref: `B.${participant}.${year}`, participant, kind: 'declaration.budget',
    payload: {
      year, basis: hasSipri ? 'executed' : 'planned', currency: main.currency || 'EUR', total: main.amount ? Number(main.amount) : NOT_STATED,
      personnel: NOT_STATED, operations: NOT_STATED, procurement: NOT_STATED, research: NOT_STATED, gdp: NOT_STATED,
      ...(main.percent_gdp ? { shareOfGdp: Number((Number(main.percent_gdp) / 100).toFixed(6)) } : {}),
      compiled: { source: hasSipri ? SIPRI : readableSource(main.source), note },
    },
    filedAt: hasSipri ? `${year}-12-31T11:00:00Z` : UNDATED,
  }
}

/** Targets are not strengths, and what is authorised is not there; a ranking of low reliability is told and not counted. */
const isTarget = ({ note }: Row) => /TARGET/.test(note)
const isAuthorised = ({ note }: Row) => /AUTHORISED/.test(note)
const isRanking = ({ source }: Row) => /GlobalFirePower|manfredsieger/.test(source)
const isWorldBank = ({ note }: Row) => note.startsWith('World Bank')
const isStrength = (row: Row) => !isTarget(row) && !isAuthorised(row) && !isRanking(row)

const CATEGORY_WORDS: Record<string, string> = { active: 'active', reserve: 'reserve', special_forces: 'special forces', total: 'total' }

const personnelOf = (rows: readonly Row[]): HistoricFiling | null => {
  const { participant, year } = rows[0]!
  const find = (category: string, is: (row: Row) => boolean) => rows.find((row) => row.category === category && is(row))
  const counted = {
    active: find('active', isStrength), reserve: find('reserve', isStrength), special: find('special_forces', isStrength),
    total: find('total', isWorldBank), authorised: find('active', isAuthorised),
  }
  const used = Object.values(counted).filter((row) => row !== undefined)
  if (used.length === 0) return null
  const figure = (row: Row | undefined) => (row ? Number(row.number) : NOT_STATED)
  const note = sentences([
    ...used.filter((row) => !isWorldBank(row) && row.note).map((row) => `${CATEGORY_WORDS[row.category as string]}: ${row.note}`),
    ...rows.filter((row) => !used.includes(row)).map((row) => `Also reported, not counted: ${CATEGORY_WORDS[row.category as string]} ${formatNumber(Number(row.number))} (${said(row)})`),
  ]).slice(0, 1000)
  const source = [...new Set(used.map((row) => (isWorldBank(row) ? WORLD_BANK : readableSource(row.source))))].join('; ')
  const services = { land: NOT_STATED, air: NOT_STATED, naval: NOT_STATED, joint: NOT_STATED }
  return {
    ref: `P.${participant}.${year}`, participant, kind: 'declaration.personnel',
    payload: {
      asOf: `${year}-12-31`, active: services, reserve: figure(counted.reserve), specialForces: figure(counted.special), paramilitary: NOT_STATED,
      authorised: figure(counted.authorised), ...(counted.active ? { activeTotal: Number(counted.active.number) } : {}),
      ...(counted.total ? { activeAndParamilitary: Number(counted.total.number) } : {}),
      compiled: { source, ...(note ? { note } : {}) },
    },
    filedAt: `${Math.min(year, 2025)}-12-31T11:30:00Z`,
  }
}

/** Spending and strengths of data/budgets.csv and data/personnel.csv, one declaration for each participant and year. */
export const strengthFilings = (readCsv: ReadCsv): HistoricFiling[] => [
  ...byYear(read(readCsv, 'budgets.csv')).map(budgetOf),
  ...byYear(read(readCsv, 'personnel.csv')).flatMap((rows) => personnelOf(rows) ?? []),
]
