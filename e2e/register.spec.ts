import { parse } from 'csv-parse/sync'
import type { Page } from '@playwright/test'
import { DESIGNATION, FOOTNOTE, PARTICIPANTS } from '../lib/participants/rules.ts'
import { checkPage, checkText } from './support/check.ts'
import { field, newest, rowsOf } from './support/pages.ts'
import { expect, test } from './support/test.ts'

/** What no other journey adds to while a list is counted. */
const HISTORY = 'to=2025-12-31'
const entries = (page: Page) => rowsOf(page, /^Filings, \d+ to \d+ of \d+$/)
const apply = async (page: Page) => {
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL(/\?/)
}
/** Every row of the list holds these words in some cell. */
const everyRow = async (page: Page, words: string | RegExp) => {
  // The page that was there before is gone before the next one is all there.
  await expect(entries(page).first()).toBeVisible()
  const all = await entries(page).count()
  await expect(entries(page).filter({ hasText: words })).toHaveCount(all)
}
const totalIn = async (page: Page): Promise<number> =>
  Number(/of ([\d,]+)/.exec(await page.getByText(/^Showing [\d,]+ to [\d,]+ of [\d,]+/).first().innerText())![1]!.replaceAll(',', ''))

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    const options = { javaScriptEnabled }
    const check = javaScriptEnabled ? checkPage : checkText

    test('the register is searched by type, by variant and by number', async ({ as }) => {
      const page = await as(null, options)
      await page.goto('/')
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Register', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('The register')
      await check(page, { title: /^Register · / })

      await field(page, 'Search').fill('rafale')
      await apply(page)
      await everyRow(page, /Rafale/)
      await expect(page.getByRole('link', { name: 'HR-2021-0001' })).toBeVisible()
      await expect(page).toHaveTitle(/^Register, Search: “rafale” · /)

      await field(page, 'Search').fill('F3-R')
      await apply(page)
      await expect(page).toHaveURL(/q=F3-R/)
      await everyRow(page, /F3-R/)

      await field(page, 'Search').fill('HR-2021-0001')
      await apply(page)
      await expect(entries(page)).toHaveCount(1)
      await expect(entries(page)).toContainText(/Croatia.*Rafale F3-R/s)

      await field(page, 'Search').fill('no such thing')
      await apply(page)
      await expect(page.getByText('No filing matches')).toBeVisible()
      await check(page)
    })

    test('each filter narrows the list, says so, and can be taken away', async ({ as }) => {
      const page = await as(null, options)
      await page.goto('/register')
      const all = await totalIn(page)
      await field(page, 'Participant').selectOption({ label: 'Kosovo*' })
      await field(page, 'Category').selectOption({ label: 'E9 · Anti-tank guided weapons' })
      await apply(page)
      await everyRow(page, /Kosovo\*/)
      await everyRow(page, /E9 · /)
      await check(page)
      await page.getByRole('link', { name: 'Category: E9 · Anti-tank guided weapons remove' }).click()
      await expect(page.getByRole('link', { name: /^Category: / })).toHaveCount(0)
      await everyRow(page, /Kosovo\*/)
      await page.getByRole('link', { name: 'Clear all' }).click()
      await expect(page).toHaveURL(/\/register$/)
      expect(await totalIn(page)).toBeGreaterThanOrEqual(all)

      await page.getByText('More filters: kind, stage, dates').click()
      await field(page, 'Kind').selectOption({ label: 'Acquisitions' })
      await field(page, 'Stage').selectOption({ label: 'Contracted' })
      await field(page, 'Filed from').fill('2020-01-01')
      await field(page, 'Filed to').fill('2022-12-31')
      await field(page, 'Verification').selectOption({ label: 'Unverified' })
      await apply(page)
      await everyRow(page, 'Contracted')
      await everyRow(page, /202[012]-\d\d-\d\d/)
      await everyRow(page, 'Unverified')
      expect(await totalIn(page)).toBeLessThan(all)
      await check(page)
    })

    test('a filter that is not right is named, and the rest of the page stands', async ({ as }) => {
      const page = await as(null, options)
      await page.goto('/register?participant=ZZ&from=2021-02-30&kind=notification.disposal')
      await expect(page.getByText('2 filters are not used')).toBeVisible()
      await expect(page.getByText('Participant “ZZ”: State the participant')).toBeVisible()
      await expect(field(page, 'Filed from')).toHaveAccessibleDescription(/State a date that exists/)
      await expect(field(page, 'Filed from')).toHaveValue('2021-02-30')
      expect(await entries(page).count()).toBeGreaterThan(0)
      await check(page)
    })

    test('a click on a heading sorts, and pages follow one another without a gap', async ({ as }) => {
      const page = await as(null, options)
      await page.goto('/register?kind=notification.acquisition')
      await page.getByRole('columnheader', { name: 'Quantity' }).getByRole('link').click()
      await expect(page).toHaveURL(/sort=-quantity/)
      await expect(page.getByRole('columnheader', { name: 'Quantity' })).toHaveAttribute('aria-sort', 'descending')
      const column = await page.getByRole('columnheader').allInnerTexts().then((names) => names.findIndex((name) => /Quantity/.test(name)))
      const quantities = async () => (await entries(page).evaluateAll((rows, index) => rows.map((row) => (row.children[index] as HTMLElement).innerText), column))
        .flatMap((words) => /^[\d,]+$/m.exec(words) ?? []).map((words) => Number(words.replaceAll(',', '')))
      const falling = await quantities()
      expect(falling.length).toBeGreaterThan(10)
      expect(falling).toEqual(falling.toSorted((a, b) => b - a))
      await page.getByRole('columnheader', { name: 'Quantity' }).getByRole('link').click()
      await expect(page.getByRole('columnheader', { name: 'Quantity' })).toHaveAttribute('aria-sort', 'ascending')
      const rising = await quantities()
      expect(rising).toEqual(rising.toSorted((a, b) => a - b))

      await page.goto(`/register?sort=number&${HISTORY}`)
      const total = await totalIn(page)
      const seen: string[] = []
      for (;;) {
        seen.push(...await entries(page).getByRole('rowheader').getByRole('link').allInnerTexts())
        const next = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' })
        if (await next.count() === 0) break
        const page_ = Number(new URL(page.url()).searchParams.get('page') ?? 1)
        await next.click()
        await page.waitForURL((url) => url.searchParams.get('page') === String(page_ + 1))
        await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`page ${page_ + 1} of`)
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength(total)
      await expect(page.getByRole('link', { name: 'Previous' })).toBeVisible()
      await check(page)
    })

    test('the list downloads as CSV with the same filter, and the same as JSON', async ({ as }) => {
      const page = await as(null, options)
      await page.goto(`/register?participant=RS&kind=notification.acquisition&sort=-quantity&${HISTORY}`)
      const total = await totalIn(page)
      const link = page.getByRole('link', { name: 'Download CSV' })
      const answer = await page.request.get((await link.getAttribute('href'))!)
      expect(answer.headers()['content-type']).toContain('text/csv')
      expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="batp-register-\d{4}-\d\d-\d\d\.csv"$/)
      const body = await answer.text()
      expect(body.split('\r\n')[0]).toContain(FOOTNOTE)
      const rows: Record<string, string>[] = parse(body, { columns: true, bom: true })
      expect(rows).toHaveLength(total)
      expect(new Set(rows.map(({ designation, kind }) => `${designation} ${kind}`))).toEqual(new Set(['Serbia notification.acquisition']))
      expect(rows.some(({ number, type, quantity, stage }) => /^RS-\d{4}-\d{4}$/.test(number!) && type === 'Rafale' && quantity === '12' && stage === 'contracted')).toBe(true)
      const json = await page.request.get((await page.getByRole('link', { name: 'JSON' }).getAttribute('href'))!)
      const { items, total: counted } = (await json.json()) as { items: { number: string; participant: string }[]; total: number }
      expect(counted).toBe(total)
      expect(items.map(({ number }) => number)).toEqual(rows.slice(0, items.length).map(({ number }) => number))

      const saved = page.waitForEvent('download')
      await link.click()
      expect((await saved).suggestedFilename()).toMatch(/^batp-register-\d{4}-\d\d-\d\d\.csv$/)
    })

    test('a filing can be read whole: what, on whose word, its proof and its history', async ({ as, request }) => {
      const page = await as(null, options)
      await page.goto('/register?q=HR-2021-0001')
      await page.getByRole('link', { name: 'HR-2021-0001', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Croatia: 12 Rafale F3-R from France, first delivery, 8 delivered')
      await expect(page.getByText('Compiled from open sources, not an official filing')).toBeVisible()
      await expect(page.getByText(/^Source: /).first()).toBeVisible()
      const versions = page.getByRole('list', { name: 'Versions, newest first' }).locator(':scope > li')
      await expect(versions).toHaveCount(2)
      await expect(versions.first().getByRole('insertion').filter({ hasText: 'First delivery' })).toHaveCount(1)
      await expect(page.getByRole('region', { name: 'Proof' }).getByRole('link', { name: 'HR-2021-0001, version 2, as JSON' })).toBeVisible()
      await check(page, { title: /^HR-2021-0001, Croatia: 12 Rafale F3-R/ })
      await versions.last().getByRole('link', { name: /^Version 1/ }).click()
      await expect(page.getByText('This is version 1; it no longer stands')).toBeVisible()
      await check(page)

      for (const filter of [{ kind: 'declaration.holdings', participant: 'XK' }, { kind: 'notification.disposal' }] as Record<string, string>[]) {
        const { id, number } = await newest(request, filter)
        await page.goto(`/register/${id}`)
        await check(page, { title: new RegExp(`^${number}, `) })
      }
    })

    test('each participant has a page of its own', async ({ as }) => {
      const page = await as(null, options)
      await page.goto('/participants')
      await check(page, { heading: 'Participants' })
      for (const code of PARTICIPANTS) {
        await page.goto('/participants')
        await page.getByRole('main').getByRole('link', { name: DESIGNATION[code], exact: true }).first().click()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(DESIGNATION[code])
        await expect(page.getByRole('region', { name: 'Adjacent participants' }).getByRole('link').first()).toBeVisible()
        await expect(page.getByRole('region', { name: 'Newest filings' })).toBeVisible()
        await checkText(page)
      }
    })

    for (const { address, heading } of [
      { address: '/', heading: /./ }, { address: '/rules', heading: /./ }, { address: '/about', heading: /./ }, { address: '/sign-in', heading: 'Sign in' },
      { address: '/no-such-page', heading: 'There is no such page' },
      // Next leaves the page of a missing filing to the browser's script.
      ...(javaScriptEnabled ? [{ address: '/register/0b9aab32-0000-4000-8000-000000000000', heading: 'There is no such page' }] : []),
    ]) {
      test(`${address} can be read`, async ({ as }) => {
        const page = await as(null, options)
        await page.goto(address)
        await check(page, { heading })
      })
    }
  })
}
