import type { Locator, Page } from '@playwright/test'
import { checkPage } from './support/check.ts'
import { OF, PASSWORD } from './support/people.ts'
import { field, fill, idIn, openForm, RAFALE, returnWith, preview } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const MOST_STOPS = 60

/** Where the focus is, a person who sees must see it too (WCAG 2.4.7). */
const isSeen = (target: Locator) => target.evaluate((element) => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
})

const isFocused = (target: Locator) => target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))

/** Goes there by Tab alone, as one does who has no mouse. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab')
    if (!await isFocused(target)) continue
    expect(await isSeen(target), `the focus on ${await target.innerText().catch(() => 'a field')} can be seen`).toBe(true)
    return
  }
  throw new Error(`Not reached in ${MOST_STOPS} stops: ${target}`)
}

const type = async (page: Page, label: string, words: string) => {
  await tabTo(page, field(page, label))
  await page.keyboard.type(words)
}

/** By its first letters, as a native list takes them. */
const choose = async (page: Page, label: string, letters: string, value: string) => {
  await type(page, label, letters)
  await expect(field(page, label)).toHaveValue(value)
}

test('an acquisition is filed by keyboard alone, up to sending', async ({ browser, as, request }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.goto('/')
  await tabTo(page, page.getByRole('link', { name: 'Sign in' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in')
  await type(page, 'E-mail', OF.RS.submitter.email)
  await type(page, 'Password', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/workspace')

  await tabTo(page, page.getByRole('link', { name: 'Notify an acquisition' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notify an acquisition')
  const send = page.getByRole('button', { name: 'Send to approver' })
  await expect(send).toBeEnabled()
  await tabTo(page, send)
  await page.keyboard.press('Enter')
  const summary = page.getByRole('alert').filter({ hasText: /things to correct/ })
  await expect(summary, 'what was refused takes the focus').toBeFocused()
  await tabTo(page, summary.getByRole('link', { name: 'Choose a category.' }))
  await page.keyboard.press('Enter')
  await expect(field(page, 'Category')).toBeFocused()

  await page.keyboard.type('IVa')
  await expect(field(page, 'Category')).toHaveValue('IVa')
  await type(page, 'Type', 'Rafale F3-R')
  await page.keyboard.press('Escape')
  await type(page, 'Quantity', '12')
  await choose(page, 'Supplier', 'Franc', 'FR')
  await choose(page, 'Stage', 'Contr', 'contracted')
  await choose(page, 'Mode', 'Purch', 'purchase')
  await type(page, 'Signed on', RAFALE['Signed on'])
  await type(page, 'Deliveries from', '2028')
  await type(page, 'to', '2029')
  await tabTo(page, page.getByRole('checkbox', { name: /^Withhold .*value/ }))
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: /^Withhold .*value/ })).toBeChecked()
  await page.keyboard.press('Shift+Tab')
  await expect(field(page, 'Value: reason for withholding')).toBeFocused()
  await page.keyboard.type('commercial terms')
  await tabTo(page, page.getByRole('radio').first())
  await page.keyboard.press('Space')
  await expect(page.getByRole('radio', { name: 'Replaces existing equipment' })).toBeChecked()
  await type(page, 'Replaces', 'MiG-29')
  await type(page, 'Purpose', RAFALE.Purpose)
  await expect(preview(page)).toContainText('Computed from the register as of now. Nothing has been sent.')
  await tabTo(page, send)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Awaits an approver of Serbia')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Acquisition: 12 Rafale F3-R')
  const id = idIn(page)
  await context.close()

  const reader = await as(OF.RS.submitter)
  await reader.goto(`/filings/drafts/${id}`)
  await expect(reader.getByText('Withheld: commercial terms')).toBeVisible()
  await checkPage(reader)
  await returnWith(request, 'demo-rs-approver', id, 'Sent to try the keyboard; not to be released.')
  await reader.reload()
  await reader.getByText('Discard this draft').click()
  await reader.getByRole('button', { name: 'Discard the draft' }).click()
  await reader.waitForURL('**/filings')
})

test('a hint that comes while one goes on leaves the field where it is', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/acquisition')
  const { promise: wanted, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/filings/new/acquisition', async (route) => {
    await wanted
    await route.continue()
  })
  await fill(page, { Category: RAFALE.Category, Type: RAFALE.Type })
  const [category, quantity] = [field(page, 'Category'), field(page, 'Quantity')]
  const place = (control: Locator) => control.evaluate((element) => Math.round(element.getBoundingClientRect().top))
  await quantity.focus()
  const [above, here] = [await place(category), await place(quantity)]
  answer()
  await expect(page.getByText('Is it one of these entries of yours?')).toBeVisible()
  await expect.poll(() => place(category), 'what stands above the hint gives way').toBeLessThan(above - 20)
  expect(await place(quantity)).toBe(here)
  await page.unrouteAll({ behavior: 'wait' })
})
