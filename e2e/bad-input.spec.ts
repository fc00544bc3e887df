import type { Page, Response } from '@playwright/test'
import { checkPage, tolerate } from './support/check.ts'
import { OF } from './support/people.ts'
import { daysAgo, escaped, field, fill, idIn, openForm, preview, RAFALE, TRAINER } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const send = (page: Page) => page.getByRole('button', { name: 'Send to approver' }).click()

/** Refused beside the field and in the summary, whose link leads to the field; what was typed stays. */
const isRefused = async (page: Page, label: string, message: string, typed?: string) => {
  const link = page.getByRole('alert').filter({ hasText: /things? to correct/ }).getByRole('link', { name: message })
  await expect(link).toBeVisible()
  await expect(field(page, label)).toHaveAccessibleDescription(new RegExp(escaped(message)))
  await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true')
  await link.click()
  await expect(field(page, label)).toBeFocused()
  if (typed !== undefined) await expect(field(page, label)).toHaveValue(typed)
}

/** The save of a draft, not the preview that asks about the same words. */
const isSaveOf = (response: Response, words: string): boolean => {
  const body = response.request().postData() ?? ''
  return response.request().method() === 'POST' && body.includes('"revision"') && body.includes(words)
}

const discardDraft = async (page: Page) => {
  await page.getByText('Discard this draft').click()
  await page.getByRole('button', { name: 'Discard the draft' }).click()
  await page.waitForURL('**/filings')
}

test('what is wrong is said beside its field and in the summary, and what was typed stays', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/acquisition')
  await send(page)
  for (const [label, message] of [
    ['Category', 'Choose a category.'], ['Type', 'State the type or model.'],
    ['Quantity', 'State the quantity, 0 for nil, or withhold it with a reason. A blank is not a nil.'],
    ['Supplier', 'Choose the country that supplies it, or withhold it with a reason.'], ['Stage', 'Choose the stage.'], ['Mode', 'Choose the mode.'],
    ['Value', 'State the value, or withhold it with a reason. A blank is not a nil.'], ['Purpose', 'State the purpose.'],
  ] as const) await isRefused(page, label, message, '')
  await checkPage(page)

  await fill(page, { ...RAFALE, Quantity: '-3' })
  await send(page)
  await isRefused(page, 'Quantity', 'The quantity cannot be negative.', '-3')
  await fill(page, { Quantity: '1.5' })
  await send(page)
  await isRefused(page, 'Quantity', 'The quantity is a whole number.', '1.5')
  await fill(page, { Quantity: 'a dozen' })
  await send(page)
  await isRefused(page, 'Quantity', 'State the quantity as a number, not as text.', 'a dozen')
  await fill(page, { Quantity: '12', Value: '-5' })
  await send(page)
  await isRefused(page, 'Value', 'The amount cannot be negative.', '-5')
  await fill(page, { Value: 'about three' })
  await send(page)
  await isRefused(page, 'Value', 'State the amount as a number.', 'about three')
  await fill(page, { Value: '2.7 bn', Category: 'I · Battle tanks' })
  await send(page)
  await isRefused(page, 'Category', 'The register knows Rafale F3-R as IVa · Manned combat aircraft. Choose that category, or state another type.', 'I')
  await fill(page, { 'Category': RAFALE.Category, 'Stage': 'First delivery', 'Delivered so far': '3', 'First delivered on': daysAgo(20) })
  await send(page)
  await isRefused(page, 'First delivered on', `The delivery is before the signature of ${daysAgo(10)}.`, daysAgo(20))
  await fill(page, { 'First delivered on': '2026-02-30' })
  await send(page)
  await isRefused(page, 'First delivered on', 'as a date that exists, YYYY-MM-DD', '2026-02-30')
  await fill(page, { 'First delivered on': daysAgo(2), 'Delivered so far': '13' })
  await send(page)
  await isRefused(page, 'Delivered so far', 'More is delivered (13) than the quantity stated (12).', '13')
  for (const [label, value] of Object.entries({ 'Type': 'Rafale F3-R', 'Value': '2.7 bn', 'Replaces': 'MiG-29', 'Purpose': RAFALE.Purpose })) await expect(field(page, label)).toHaveValue(value)
  await checkPage(page)
  await discardDraft(page)
})

test('withheld asks for its reason, and nil is not blank', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/acquisition')
  await fill(page, RAFALE)
  await page.getByRole('checkbox', { name: /^Withhold .*value/ }).check()
  await send(page)
  await isRefused(page, 'Value: reason for withholding', 'Say why it is withheld, in 3 to 300 characters.', '')
  await page.getByRole('checkbox', { name: /^Withhold .*value/ }).uncheck()
  await expect(field(page, 'Value')).toHaveValue('2.7 bn')
  await fill(page, { Quantity: '0' })
  await expect(preview(page)).toContainText('Computed from the register as of now.')
  await expect(field(page, 'Quantity')).not.toHaveAttribute('aria-invalid')
  await discardDraft(page)
})

test('an unknown supplier is refused by name, and nothing is stored', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  for (const [supplier, message] of [['ZZ', '“ZZ” is not a country code. State ISO 3166-1 alpha-2, such as FR.'], ['France', 'State the country by its two-letter ISO code, such as FR.']]) {
    const answer = await page.request.post('/api/v1/filings', { data: { kind: 'notification.acquisition', participant: 'RS', payload: { ...TRAINER, supplier } } })
    expect(answer.status()).toBe(422)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    const text = await answer.text()
    expect(text).toContain('/payload/supplier')
    expect(text).toContain(message)
  }
})

test('a draft saves itself, and a reload keeps it', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/acquisition')
  const typed = { 'Category': RAFALE.Category, 'Type': 'Gripen E', 'Quantity': 'about ten', 'Purpose': 'Not decided yet.' }
  await fill(page, typed)
  await expect(page.getByText(/^Draft, saved \d\d:\d\d UTC$/)).toBeVisible()
  await expect(page).toHaveURL(/\/filings\/drafts\/[0-9a-f-]{36}$/)
  await expect(preview(page)).toContainText(/still to fill in/)
  // The last of what was typed may be on its way; the register says when it has it.
  const saved = page.waitForResponse((response) => isSaveOf(response, 'Not decided yet. Really.'))
  await fill(page, { Purpose: 'Not decided yet. Really.' })
  await saved
  await page.reload()
  await expect(field(page, 'Type')).toHaveValue('Gripen E')
  await expect(field(page, 'Category')).toHaveValue('IVa')
  await expect(field(page, 'Quantity')).toHaveValue('about ten')
  await expect(field(page, 'Purpose')).toHaveValue('Not decided yet. Really.')
  await checkPage(page)
  const address = page.url()
  await page.goto('/filings/new/acquisition')
  await expect(page.getByText(/^There (is a draft|are drafts) already$/)).toBeVisible()
  await openForm(page, address)
  await discardDraft(page)
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page')
})

test('two people at one draft notice each other, and neither overwrites the other', async ({ as }) => {
  const [mine, theirs] = [await as(OF.RS.submitter), await as(OF.RS.approver)]
  await openForm(mine, '/filings/new/acquisition')
  await fill(mine, { Category: RAFALE.Category, Type: 'Gripen E', Quantity: '12' })
  await expect(mine.getByText(/^Draft, saved \d\d:\d\d UTC$/)).toBeVisible()
  await expect(mine).toHaveURL(/drafts/)
  const id = idIn(mine)
  await expect(async () => {
    await openForm(theirs, `/filings/drafts/${id}`)
    await expect(field(theirs, 'Quantity')).toHaveValue('12', { timeout: 1000 })
  }).toPass()
  const saved = theirs.waitForResponse((response) => isSaveOf(response, '14'))
  await fill(theirs, { Quantity: '14' })
  await saved
  await fill(mine, { Quantity: '10' })
  await expect(mine.getByText('This draft was changed elsewhere meanwhile')).toBeVisible()
  await expect(field(mine, 'Quantity')).toHaveValue('10')
  await checkPage(mine)
  await mine.getByRole('button', { name: 'Keep mine as a new draft' }).click()
  await mine.waitForURL((url) => url.pathname.startsWith('/filings/drafts/') && !url.pathname.endsWith(id))
  await expect(field(mine, 'Quantity')).toHaveValue('10')
  await openForm(mine, mine.url())
  await discardDraft(mine)
  await theirs.reload()
  await expect(field(theirs, 'Quantity')).toHaveValue('14')
  await openForm(mine, `/filings/drafts/${id}`)
  await discardDraft(mine)
})

test('what is typed while the server cannot be reached stays on the page and is saved later', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  tolerate(page, /ERR_INTERNET_DISCONNECTED|Failed to fetch|network/i)
  await openForm(page, '/filings/new/acquisition')
  await page.context().setOffline(true)
  await fill(page, { Type: 'Gripen E', Purpose: 'Typed on a train.' })
  await expect(page.getByText('The server could not be reached, or your session has ended. What you typed stays on this page. It is tried again by itself.')).toBeVisible()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Save again' }).click()
  await expect(page.getByText(/^Draft, saved \d\d:\d\d UTC$/)).toBeVisible()
  await page.reload()
  await expect(field(page, 'Purpose')).toHaveValue('Typed on a train.')
  await openForm(page, page.url())
  await discardDraft(page)
})

test('nobody who has not signed in makes a page read more than a form holds', async ({ request, as }) => {
  const large = { data: 'x'.repeat(1_100_000), headers: { 'Content-Type': 'text/plain' }, maxRedirects: 0 }
  expect((await request.post('/filings', large)).status()).toBe(413)
  expect((await request.post('/sign-in', { ...large, data: 'x' })).status()).not.toBe(413)
  const page = await as(OF.RS.submitter)
  expect((await page.request.post('/filings', large)).status()).not.toBe(413)
})
