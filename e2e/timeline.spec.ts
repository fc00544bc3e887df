import { checkPage, checkText } from './support/check.ts'
import { OF } from './support/people.ts'
import { field, openForm, preview, RUN } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const TITLE = `Accord on training ${RUN}`

for (const javaScriptEnabled of [true, false]) {
  test(`the timeline is read, filtered and linked into, with${javaScriptEnabled ? '' : 'out'} JavaScript`, async ({ as }) => {
    const page = await as(null, { javaScriptEnabled })
    const check = javaScriptEnabled ? checkPage : checkText
    await page.goto('/participants/XK')
    await page.getByRole('link', { name: 'In the timeline' }).click()
    await expect(page).toHaveURL(/\/timeline\?participant=XK$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Regional timeline')
    await expect(page.getByRole('heading', { name: '2023', exact: true })).toBeVisible()
    await check(page, { title: /^Regional timeline · / })

    const agreement = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Brussels Agreement' }) })
    await expect(agreement).toContainText('Kosovo* and Serbia, with European Union · Normalisation, partly implemented · compiled')
    const undated = page.getByRole('region', { name: 'Year not stated' })
    await expect(undated.getByRole('listitem').filter({ hasText: 'Defence cooperation agreement' })).toContainText('not stated')

    await field(page, 'Sort').selectOption({ label: 'Incident' })
    await field(page, 'From year').fill('2022')
    await field(page, 'To year').fill('2022')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.waitForURL(/sort=incident/)
    const drones = page.getByRole('listitem').filter({ hasText: 'Two unidentified drones' })
    await expect(drones).toContainText('Reported by third parties, and disputed. Kosovo* denied involvement')
    await expect(page.getByRole('link', { name: 'Brussels Agreement' })).toHaveCount(0)
    await drones.getByRole('link', { name: /^I11/ }).click()
    await expect(page).toHaveURL(/#I11$/)
    await expect(page.locator('#I11')).toBeInViewport()

    await page.goto('/timeline?from=then&to=2022')
    await expect(page.getByText('State a year, such as 2019.')).toBeVisible()
    await page.getByRole('link', { name: 'Clear' }).click()
    await page.getByRole('link', { name: 'Brussels Agreement' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Serbia: Brussels Agreement, with Kosovo* and EU, signed 2013, partly implemented')
    await check(page)
  })
}

test('a ministry files an agreement by the form, no rule is met, and the public reads it on the timeline under either party', async ({ as }) => {
  const page = await as(OF.MK.submitter)
  await openForm(page, '/filings/new/agreement')
  await field(page, 'Title').fill(TITLE)
  await field(page, 'Sort').selectOption({ label: 'Bilateral agreement: between two, on defence or security' })
  await field(page, 'Other parties').fill('mk')
  await field(page, 'Status').selectOption({ label: 'Signed' })
  await field(page, 'Signed on').fill('2026-06-03')
  await page.getByRole('group', { name: 'What it covers' }).getByRole('checkbox', { name: 'Training' }).check()
  for (const group of ['Mutual defence', 'Forces of others']) await page.getByRole('group', { name: group }).getByRole('radio', { name: 'No', exact: true }).check()
  await field(page, 'In short').fill('Places at each other’s schools.')
  await field(page, 'Text of the agreement').selectOption({ label: 'Public' })
  await field(page, 'Purpose').fill('Knowing each other’s staff.')
  await page.getByRole('button', { name: 'File now' }).click()
  await expect(page.getByText('Name the other parties; your own participant is the one that files. Take it out of the list.').first()).toBeVisible()
  await field(page, 'Other parties').fill('AL')
  await expect(preview(page)).toContainText('No rule is met, so nobody is alerted.')
  await checkPage(page)
  await page.getByRole('button', { name: 'File now' }).click()
  await page.waitForURL('**/register/*')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${TITLE}, with Albania, signed 2026-06-03`)
  const address = new URL(page.url()).pathname

  const reader = await as(null)
  for (const party of ['AL', 'MK']) {
    await reader.goto(`/timeline?participant=${party}&sort=agreement&from=2026`)
    const listed = reader.getByRole('listitem').filter({ hasText: TITLE })
    await expect(listed).toContainText('Albania and North Macedonia · Bilateral agreement, signed')
    await expect(listed.getByRole('link', { name: TITLE })).toHaveAttribute('href', address)
  }
  await reader.goto(address)
  await expect(reader.getByText('Places at each other’s schools.')).toBeVisible()
  await expect(reader.getByText('Knowing each other’s staff.')).toHaveCount(0)
  await checkPage(reader)
})
