/** How numbers, dates and lists read on pages, in mail and in alerts: the same everywhere, no locale of the machine. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const compact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

export const formatNumber = (value: number): string => grouped.format(value)

/** 0.444 -> '44.4 %' */
export const formatPercent = (ratio: number): string => `${(Math.round(ratio * 1000) / 10).toFixed(1).replace(/\.0$/, '')} %`

/** '2026-11-17'. Text dates (a day or a bare year) pass through. */
export const formatDate = (value: Date | string): string => (typeof value === 'string' ? value.slice(0, 10) : value.toISOString().slice(0, 10))

/** 'Tue 2026-11-17' */
export const formatDay = (value: Date | string): string => {
  const date = new Date(value)
  return `${WEEKDAYS[date.getUTCDay()]} ${formatDate(date)}`
}

/** 'Tue 2026-11-17 09:12 UTC' */
export const formatDateTime = (value: Date | string): string => `${formatDay(value)} ${formatTime(value)}`

/** '09:12 UTC' */
export const formatTime = (value: Date | string): string => `${new Date(value).toISOString().slice(11, 16)} UTC`

/** 'EUR 2.7 bn', 'EUR 66 m', 'USD 12,500' */
export const formatMoney = (amount: number, currency: string): string => {
  if (amount >= 1e9) return `${currency} ${compact.format(amount / 1e9)} bn`
  if (amount >= 1e6) return `${currency} ${compact.format(amount / 1e6)} m`
  return `${currency} ${grouped.format(amount)}`
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${formatNumber(count)} ${count === 1 ? one : many}`

/** 'Croatia', 'Croatia and Serbia', 'Albania, Croatia and Serbia' */
export const formatList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Whole days from `from` to `to`, by elapsed time. */
export const daysBetween = (from: Date | string, to: Date | string): number =>
  Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 86_400_000)

/** The day, YYYY-MM-DD, so many days after another. */
export const dayAfter = (day: string, days = 1): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
