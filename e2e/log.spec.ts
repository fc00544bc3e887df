import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import type { ReceiptPackage } from '../lib/proof/package.ts'
import { checkPage, checkText } from './support/check.ts'
import { OF } from './support/people.ts'
import { fileWith, newest, RUN, rowsOf, TRAINER } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const TYPE = `Zlin 242L ${RUN}`
const entries = (page: Page) => rowsOf(page, 'Entries of the log, newest first')
const download = async (page: Page, link: string): Promise<Download> => {
  const saved = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Proof' }).getByRole('link', { name: link }).click()
  return saved
}
const choose = (page: Page, name: string, text: string) =>
  page.getByLabel('Drop a receipt here, or choose it').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
const stepOf = (page: Page, name: string) => page.getByRole('list', { name: 'Steps of the check' }).getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })

for (const javaScriptEnabled of [true, false]) {
  const check = javaScriptEnabled ? checkPage : checkText
  test(`the log can be read ${javaScriptEnabled ? 'with' : 'without'} JavaScript: its head, its key, its witnesses, every entry`, async ({ as, request }) => {
    const { id } = await fileWith(request, 'demo-me-submitter', 'ME', { ...TRAINER, type: TYPE })
    const page = await as(null, { javaScriptEnabled })
    await page.goto('/')
    await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Log', exact: true }).click()
    await expect(page).toHaveURL(/\/log$/)
    await check(page, { heading: 'The log', title: /^The log/ })
    const vkey = (await (await request.get('/log/vkey')).text()).trim()
    const head = page.getByRole('region', { name: 'Signed head' })
    await expect(head.getByText(vkey, { exact: true })).toBeVisible()
    await expect(async () => {
      const [, size, root] = (await (await request.get('/log/checkpoint')).text()).split('\n')
      await page.reload()
      await expect(head.getByText(Number(size).toLocaleString('en-US'), { exact: true })).toBeVisible({ timeout: 1000 })
      await expect(head.getByText(root!, { exact: true })).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(page.getByText('Signing', { exact: true })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Witnesses' })).toBeVisible()
    // By its index: what others do meanwhile, reminders among it, moves it off the first page.
    const { index } = (await (await request.get(`/api/v1/filings/${id}/receipt`)).json()) as { index: number }
    await page.goto(`/log?before=${index + 1}`)
    const filing = entries(page).filter({ hasText: 'Montenegro' }).filter({ has: page.getByRole('link', { name: 'Filing', exact: true }) }).first()
    await expect(filing.getByRole('rowheader')).toHaveText(String(index))
    await expect(filing).toContainText(/\w{3} \d{4}-\d\d-\d\d \d\d:\d\d UTC/)

    const seen = await entries(page).getByRole('rowheader').allInnerTexts()
    await page.getByRole('link', { name: 'Older' }).click()
    await page.waitForURL(/before=/)
    await expect(entries(page).getByRole('rowheader').first()).toHaveText(String(Number(seen.at(-1)) - 1))
    await check(page)
    await page.getByRole('link', { name: 'Newer' }).click()
    await expect(entries(page).getByRole('rowheader').last()).toHaveText(seen.at(-1)!)
    await page.goto('/log?before=0')
    await expect(page.getByText('There is no entry here')).toBeVisible()
    await check(page)
  })
}

test('without JavaScript the checking page says what to do instead', async ({ as }) => {
  const page = await as(null, { javaScriptEnabled: false })
  await page.goto('/log/check')
  await expect(page.getByText('npm run verify -- FILE')).toBeVisible()
  await expect(page.getByLabel('Drop a receipt here, or choose it')).toHaveCount(0)
  await checkText(page, { heading: 'Check a receipt' })
})

test('Montenegro takes the receipt of its filing and checks it in the browser; nothing leaves the machine; a changed letter is found and named', async ({ as, request }) => {
  const { id, number } = await fileWith(request, 'demo-me-submitter', 'ME', { ...TRAINER, type: `${TYPE} B`, purpose: 'Basic training at Golubovci, Žabljak and Čačak.' })
  const page = await as(OF.ME.submitter)
  await page.goto(`/register/${id}`)
  const file = await download(page, 'Package to check it with')
  expect(file.suggestedFilename()).toBe(`${number}-v1.batp-receipt.json`)
  const text = readFileSync(await file.path(), 'utf8')
  const receipt = JSON.parse(text) as ReceiptPackage
  await expect(page.getByRole('region', { name: 'Proof' }).getByRole('link', { name: `entry ${receipt.index}`, exact: true })).toHaveAttribute('href', `/log?before=${receipt.index + 1}#entry-${receipt.index}`)

  await page.getByRole('link', { name: 'Check a receipt in your browser' }).click()
  await expect(page.getByLabel('Drop a receipt here, or choose it')).toBeVisible()
  await page.waitForLoadState('networkidle')
  const requests: string[] = []
  page.on('request', ({ url }) => { if (!/webpack-hmr|_next\/(?:mcp|hmr)/.test(url())) requests.push(url()) })
  await choose(page, file.suggestedFilename(), text)
  await expect(page.getByText(/^The receipt holds/)).toBeVisible()
  for (const name of ['The file', 'The text', 'The record', 'Number and time', 'The log’s signature', 'Its place in the log']) await expect(stepOf(page, name)).toContainText('Holds')
  await page.getByText('The text that is proven').click()
  await expect(page.getByRole('region', { name: 'The text that is proven' })).toContainText('Žabljak')
  await expect(page.getByRole('region', { name: 'What this does not prove' })).toContainText('That what was filed is true.')
  await checkPage(page)

  const changed: [string, ReceiptPackage, string][] = [
    ['text.json', { ...receipt, payload: receipt.payload!.replace('Žabljak', 'Zabljak') }, 'The text'],
    ['record.json', { ...receipt, record: receipt.record!.replace('Arms-control', 'Arms control') }, 'The record'],
    ['number.json', { ...receipt, filing: { ...receipt.filing, number: 'ME-2020-0001' } }, 'Number and time'],
    ['entry.json', { ...receipt, leaf: receipt.leaf.replace('"ME"', '"HR"') }, 'Its place in the log'],
    ['size.json', { ...receipt, proof: receipt.proof.replace(/\n(\d+)\n([^\n]{44}\n\n)/, (_all, size: string, rest: string) => `\n${Number(size) + 1}\n${rest}`) }, 'The log’s signature'],
  ]
  for (const [name, forged, step] of changed) {
    await choose(page, name, JSON.stringify(forged))
    await expect(page.getByRole('alert').filter({ hasText: 'The receipt does not hold' })).toContainText(`${name}: see `)
    await expect(stepOf(page, step)).toContainText('Does not hold')
  }
  await checkPage(page)
  await choose(page, 'notes.json', '{"format":"notes"}')
  await expect(page.getByText('This is not a receipt package')).toBeVisible()
  expect(requests).toEqual([])
})

test('a proof alone asks for the entry; another key is told from ours; the public’s package says what it does not show', async ({ as, request }) => {
  const { id, number } = await newest(request, { participant: 'HR', kind: 'notification.acquisition' })
  const page = await as(null)
  await page.goto(`/register/${id}`)
  const proof = readFileSync(await (await download(page, 'Proof of the entry, .tlog-proof')).path(), 'utf8')
  const open = readFileSync(await (await download(page, 'Package to check it with')).path(), 'utf8')
  const pdf = await download(page, 'Page for paper, PDF')
  expect(pdf.suggestedFilename()).toMatch(new RegExp(`^${number}-v\\d+\\.pdf$`))
  expect(readFileSync(await pdf.path()).subarray(0, 5).toString()).toBe('%PDF-')
  const { leaf, payload } = JSON.parse(open) as ReceiptPackage
  expect(payload).toBeUndefined()

  await page.goto('/log/check')
  await choose(page, 'alone.tlog-proof', proof)
  await expect(page.getByText(/^This proves entry \d+, and not yet what that entry is$/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Text of the log entry' }).fill(leaf)
  await expect(page.getByText(/^The receipt holds/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Text of the log entry' }).fill(leaf.replace('"HR"', '"RS"'))
  await expect(stepOf(page, 'Its place in the log')).toContainText('Does not hold')

  await choose(page, 'open.json', open)
  await expect(page.getByText(/^The receipt holds/)).toBeVisible()
  await expect(stepOf(page, 'The text')).toContainText('Not asked')
  await expect(page.getByRole('region', { name: 'What this does not prove' })).toContainText('What was filed.')
  await page.getByText('Checked with the key').click()
  await page.getByRole('textbox', { name: 'Key of the log' }).fill('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')
  await expect(stepOf(page, 'The log’s signature')).toContainText('A key in a package proves nothing by itself.')
  await page.getByRole('textbox', { name: 'Key of the log' }).fill('example.com/foo')
  await expect(page.getByText('Nothing could be checked')).toBeVisible()
})
