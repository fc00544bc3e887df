import type { Page } from '@playwright/test'
import { checkPage } from './support/check.ts'
import { OF } from './support/people.ts'
import { field, openForm, preview, RUN } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const NAME = `Vihor ${RUN}`
/** Inland of Montenegro, 24 km from Bosnia and Herzegovina. */
const WHERE = '43.0 N 19.15 E'

const describeIt = async (page: Page): Promise<void> => {
  await field(page, 'Name').fill(NAME)
  await field(page, 'Sort').selectOption({ label: 'Exercise' })
  await field(page, 'First day').fill('2027-06-01')
  await field(page, 'Last day').fill('2027-06-09')
  await page.getByRole('group', { name: 'Readiness exercise without warning' }).getByRole('radio', { name: 'No', exact: true }).check()
  await field(page, 'Personnel').fill('1800')
  await field(page, 'In airborne, amphibious or heliborne assault').fill('0')
  await field(page, 'Armoured combat vehicles').fill('60')
  await page.getByRole('checkbox', { name: 'Armed UAVs' }).check()
  await field(page, 'Purpose').fill('Defence of a river line.')
}

test('an exercise with live fire of armed UAVs is placed on the map, previewed, filed, and seen by its neighbours and by everyone', async ({ as }) => {
  const page = await as(OF.ME.submitter)
  await openForm(page, '/filings/new/activity')
  await describeIt(page)

  const where = field(page, 'Coordinates or a place')
  await where.fill('19.15 44.2 E')
  await page.getByRole('button', { name: 'Set centre' }).click()
  await expect(page.getByText(/Write it as 44\.2 N 19\.25 E/)).toBeVisible()
  await where.fill(WHERE)
  await page.getByRole('button', { name: 'Set centre' }).click()
  await field(page, 'Radius').fill('8')
  await field(page, 'Radius').press('Enter')
  await expect(page.getByText('on land of Montenegro.')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: /^24 km$/ })).toBeVisible()
  await checkPage(page)

  const seen = preview(page)
  for (const rule of ['activity.notifiable', 'activity.observable', 'activity.near_border', 'activity.uav_live_fire']) await expect(seen).toContainText(rule)
  await page.getByRole('button', { name: 'File now' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'to correct' })).toContainText('observers from every participant are invited')
  for (const name of ['Albania', 'Bosnia and Herzegovina', 'Croatia', 'Kosovo*', 'North Macedonia', 'Serbia']) {
    await page.getByRole('group', { name: /^Invited/ }).getByRole('checkbox', { name }).check()
  }
  await field(page, 'Replies by').fill('2027-05-11')
  await field(page, 'Programme').fill('Arrival on 31 May; two days on the range.')
  await expect(page.getByText(/^Draft, saved \d\d:\d\d UTC$/)).toBeVisible()
  await page.getByRole('button', { name: 'File now' }).click()
  await page.waitForURL('**/register/*')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${NAME}, 2027-06-01 to 2027-06-09, 1,800 personnel`)
  await expect(page.getByRole('img', { name: new RegExp(`^Map of ${NAME}`) })).toBeVisible()
  await expect(page.getByText(/^\d+ days before the first day$/)).toBeVisible()
  await checkPage(page)
  const address = page.url()

  const bosnian = await as(OF.BA.submitter)
  await bosnian.goto('/inbox')
  const told = bosnian.getByRole('article').filter({ hasText: NAME }).first()
  await expect(told).toContainText('activity.near_border')
  await expect(told).toContainText('24 km from its territory')

  const reader = await as(null)
  await reader.goto('/activities?view=map')
  await expect(reader.getByRole('img', { name: /^Map of the seven participants/ })).toBeVisible()
  const row = reader.getByRole('table', { name: 'What takes place now or is to come' }).getByRole('row').filter({ hasText: NAME })
  await expect(row).toContainText('Montenegro')
  await expect(row.getByRole('link', { name: NAME })).toHaveAttribute('href', new URL(address).pathname)
  await checkPage(reader)
  await reader.goto(`/register?q=${encodeURIComponent(NAME)}`)
  const listed = reader.getByRole('row').filter({ hasText: NAME })
  await expect(listed).toContainText('Notified')
  await expect(listed).toContainText('Exercise')
  await expect(listed).not.toContainText(/null|undefined|withheld/)
  await listed.getByRole('link').first().click()
  await expect(reader.getByText('Armed UAVs')).toBeVisible()
  await expect(reader.getByText('Arrival on 31 May')).toHaveCount(0)
})
