import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test'

const DAY_MS = 86_400_000

/** A date as forms take it: '2026-11-17'. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

/** The same in every test of one run and in no other run, for what must not be met twice in a register that others use too. */
export const RUN = Date.now().toString(36).slice(-5).toUpperCase()

export const escaped = (words: string) => words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A field by its label; what is optional says so in its label. */
export const field = (page: Page | Locator, label: string): Locator => {
  const name = new RegExp(`^${escaped(label)}( · optional)?$`)
  return page.getByRole('textbox', { name }).or(page.getByRole('combobox', { name })).or(page.getByRole('searchbox', { name }))
}

export const CHOICES = ['Category', 'Supplier', 'Stage', 'Mode', 'Currency', 'Recipient']

/** Fills a form field by field, in the order given; `Effect` is a choice of two. */
export const fill = async (page: Page, values: Record<string, string>): Promise<void> => {
  for (const [label, value] of Object.entries(values)) {
    if (label === 'Effect') await page.getByRole('radio', { name: value }).check()
    else if (CHOICES.includes(label)) await field(page, label).selectOption({ label: value })
    else await field(page, label).fill(value)
  }
}

export const RAFALE = {
  'Category': 'IVa · Manned combat aircraft', 'Type': 'Rafale F3-R', 'Quantity': '12', 'Supplier': 'France (FR)', 'Stage': 'Contracted', 'Mode': 'Purchase',
  'Signed on': daysAgo(10), 'Deliveries from': '2028', 'to': '2029', 'Value': '2.7 bn', 'Effect': 'Replaces existing equipment', 'Replaces': 'MiG-29',
  'Purpose': 'Air policing: replaces aircraft at the end of their service life.',
}

/** The form has woken up, so that its buttons do something. */
export const openForm = async (page: Page, address: string): Promise<void> => {
  await page.goto(address)
  await expect(page.getByRole('button', { name: /^(Send to approver|File now|Withdraw now)$/ })).toBeEnabled()
}

export const preview = (page: Page): Locator => page.getByRole('region', { name: 'What this filing will cause' })

/** Sends to the approver, and answers the id under which it waits. */
export const sendToApprover = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Send to approver' }).click()
  await expect(page.getByText('Awaiting approval').first()).toBeVisible()
  return idIn(page)
}

/** As the approver does, who reads it first. */
export const release = async (page: Page, id: string) => {
  await page.goto(`/filings/drafts/${id}`)
  await page.getByRole('button', { name: 'Release and file' }).click()
  await page.waitForURL(`**/register/${id}`)
}

export const idIn = (page: Page): string => {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(page.url())?.[0]
  if (!id) throw new Error(`${page.url()} holds no id`)
  return id
}

/** Rows of the table with this caption, without its head. */
export const rowsOf = (page: Page, caption: string | RegExp): Locator =>
  page.getByRole('table', { name: caption }).getByRole('row').filter({ has: page.getByRole('rowheader') })

/** A trainer aircraft: notified like anything else, and met by no rule, so that nobody is told. */
export const TRAINER = {
  stage: 'contracted', category: 'S2', type: 'Zlin 242L', quantity: 1, supplier: 'CZ', mode: 'purchase', signedOn: daysAgo(5),
  deliveries: { from: 2027, to: 2027 }, value: { withheld: 'commercial terms' }, effect: 'adds', purpose: 'Basic training.',
}

export type Filed = { filing: { id: string; number: string | null; status: string } }

const asKey = (key: string) => ({ Authorization: `Bearer ${key}` })

/** Files with the key of one of the demonstration's accounts, where a test is not about filing. */
export const fileWith = async (request: APIRequestContext, key: string, participant: string, payload: Record<string, unknown> = TRAINER): Promise<Filed['filing']> => {
  const answer = await request.post('/api/v1/filings', { headers: asKey(key), data: { kind: 'notification.acquisition', participant, payload } })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as Filed).filing
}

export const returnWith = async (request: APIRequestContext, key: string, id: string, remark: string): Promise<void> => {
  const answer = await request.post(`/api/v1/filings/${id}/return`, { headers: asKey(key), data: { remark } })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** The newest entry that a filter finds, as the public sees it. */
export const newest = async (request: APIRequestContext, filter: Record<string, string>): Promise<{ id: string; number: string }> => {
  const answer = await request.get('/api/v1/filings', { params: { ...filter, limit: '1' } })
  const { items } = (await answer.json()) as { items: { id: string; number: string }[] }
  if (!items[0]) throw new Error(`The register holds nothing for ${JSON.stringify(filter)}`)
  return items[0]
}

/** A request for clarification between two participants alone; answers its id. */
export const askWith = async (request: APIRequestContext, key: string, asked: string): Promise<string> => {
  const answer = await request.post('/api/v1/clarifications', {
    headers: asKey(key), data: { asked, title: 'Troops near the river', observed: 'About 900 troops and 12 guns.', questions: ['aim', 'place', 'end'] },
  })
  expect(answer.status()).toBe(201)
  return ((await answer.json()) as { clarification: { id: string } }).clarification.id
}
