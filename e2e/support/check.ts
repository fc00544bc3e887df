import process from 'node:process'
import { expect, type ConsoleMessage, type Page } from '@playwright/test'
import axe from 'axe-core'
import { FOOTNOTE } from '../../lib/participants/rules.ts'

const SITE = 'Balkan Arms Transparency Platform'
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const NARROW = { width: 390, height: 844 }

const heard = new WeakMap<Page, string[]>()
const tolerated = new WeakMap<Page, RegExp[]>()

/** A page that was asked for and refused is reported by the browser as a resource that failed: that one is meant. */
const isRefusedPage = (message: ConsoleMessage, asked: ReadonlySet<string>): boolean =>
  message.text().startsWith('Failed to load resource') && asked.has(message.location().url)

/** What a development server says when a file changes under it. */
const REBUILDING = /Router action dispatched before initialization|hasn't mounted yet|\[Fast Refresh\]|\[HMR\]/

/** Listens from the first request on to what the browser complains about. */
export const watch = (page: Page): Page => {
  const complaints: string[] = []
  const asked = new Set<string>()
  heard.set(page, complaints)
  page.on('request', (request) => { if (request.isNavigationRequest()) asked.add(request.url()) })
  page.on('pageerror', (error) => { if (!process.env.BASE_URL || !REBUILDING.test(error.message)) complaints.push(`${page.url()}: ${error.message}`) })
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || isRefusedPage(message, asked)) return
    if (process.env.BASE_URL && REBUILDING.test(message.text())) return
    if (tolerated.get(page)?.some((pattern) => pattern.test(`${message.text()} ${message.location().url}`))) return
    complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`)
  })
  return page
}

/** What is provoked on purpose, such as the answer to a wrong password. */
export const tolerate = (page: Page, pattern: RegExp): void => { tolerated.set(page, [...(tolerated.get(page) ?? []), pattern]) }

export const troubleOf = (page: Page): string[] => heard.get(page) ?? []

/** What axe finds serious or critical against WCAG 2.2 AA, in words that lead to the element. A page is given axe once; there are no frames here. */
const barriers = async (page: Page): Promise<string[]> => {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (values) => {
    const { axe: tester } = window as typeof window & { axe: typeof import('axe-core') }
    return (await tester.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations
  }, WCAG)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, help, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${help}: ${html.slice(0, 200)}`))
}

/** What reaches beyond the edge of a narrow screen; the window itself must not scroll sideways. */
const overflowing = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize()!
  await page.setViewportSize(NARROW)
  const found = await page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
    return [`${root.scrollWidth} px wide`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 160))]
  })
  await page.setViewportSize(before)
  return found
}

/** Every text that a reader meets: what is written, and what only a screen reader says. */
const wordsOf = (page: Page): Promise<string> => page.evaluate(() => {
  const said = [...document.querySelectorAll('[aria-label],[title],[alt],[placeholder]')]
    .flatMap((element) => ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''))
  const closed = [...document.querySelectorAll('details:not([open])')].map((element) => element.textContent)
  return [document.title, document.body.innerText, ...closed, ...said].join('\n')
})

/** A message that the page quotes brings its own footnote; the page's own stands at its foot, once. */
const isDesignated = async (page: Page): Promise<void> => {
  const written = (await wordsOf(page)).replaceAll(FOOTNOTE, '')
  expect(written.match(/.{0,60}Kosovo(?!\*).{0,40}/g) ?? [], 'the designation carries its asterisk').toEqual([])
  if (written.includes('Kosovo*')) await expect(page.getByText(FOOTNOTE, { exact: true }).and(page.locator('footer *')), 'the footnote').toHaveCount(1)
}

export type Expected = { title?: string | RegExp; heading?: string | RegExp }

/** What a page says of itself, and what its browser says of it: all that can be asked where no script runs. */
export const checkText = async (page: Page, { title, heading }: Expected = {}): Promise<void> => {
  const h1 = page.getByRole('heading', { level: 1 })
  await expect(h1).toHaveCount(1)
  if (heading) await expect(h1).toHaveText(heading)
  if (title) await expect(page).toHaveTitle(title)
  await expect(page, 'a title of its own').toHaveTitle(new RegExp(`\\S · ${SITE}$`))
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  expect.soft(troubleOf(page), 'console').toEqual([])
}

/** What holds for every page, whoever looks at it. */
export const checkPage = async (page: Page, expected: Expected = {}): Promise<void> => {
  await checkText(page, expected)
  expect.soft(await barriers(page), `barriers at ${page.url()}`).toEqual([])
  expect.soft(await overflowing(page), `overflow at ${page.url()}`).toEqual([])
  await isDesignated(page)
}
