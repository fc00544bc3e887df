import type { Page } from '@playwright/test'
import { REGION_VIEW } from '../app/map/views.ts'
import type { Position } from '../lib/geo/area.ts'
import { onView } from '../lib/geo/projection.ts'
import { roughKm } from '../lib/geo/region.ts'
import { checkPage } from './support/check.ts'
import { OF } from './support/people.ts'
import { field, openForm, preview, release, rowsOf, RUN, sendToApprover } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const NAME = `Vihor ${RUN}`
/** Inland of Montenegro, 24 km from Bosnia and Herzegovina. */
const WHERE = '43.0 N 19.15 E'
const toCome = (page: Page) => page.getByRole('table', { name: 'What takes place now or is to come' })

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
  const row = toCome(reader).getByRole('row').filter({ hasText: NAME })
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

const OBSERVED = `Drina ${RUN}`
/** At the bank of the Drina: eight kilometres about it reach over the border. */
const BY_THE_DRINA: Position = [19.25, 44.2]
/** Of the whole region on 600 pixels, a hand is no surer than this. */
const HAND_KM = 2
const observers = (page: Page) => page.getByRole('region', { name: 'Observers' })
const answerOf = (page: Page, participant: string) => rowsOf(page, 'Who is invited, and what each answered').filter({ has: page.getByRole('rowheader', { name: participant, exact: true }) })

/** Answers as the ministry of a participant does, from its own browser. */
const answers = async (page: Page, address: string, answer: 'Accept' | 'Decline', people: readonly [string, string][] = []): Promise<void> => {
  await page.goto(address)
  const form = observers(page)
  await form.getByRole('radio', { name: answer, exact: true }).check()
  for (const [index, [name, rank]] of people.entries()) {
    await form.getByRole('textbox', { name: index === 0 ? /^First observer · / : /^Second observer · / }).fill(name)
    await form.getByRole('textbox', { name: index === 0 ? /^First observer: Rank/ : /^Second observer: Rank/ }).fill(rank)
  }
  await form.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(form.getByText('Your answer stands, and the host has been told.')).toBeVisible()
}

/** With the mouse, as a circle is drawn by hand: pressed where its middle is, let go at its edge. */
const drawCircle = async (page: Page, centre: Position): Promise<void> => {
  const map = page.getByRole('application').locator('svg')
  await map.scrollIntoViewIfNeeded()
  const box = (await map.boundingBox())!
  const [x, y] = onView(REGION_VIEW, centre).map((at) => (at * box.width) / REGION_VIEW.width) as [number, number]
  await page.mouse.move(box.x + x, box.y + y)
  await page.mouse.down()
  await page.mouse.move(box.x + x + 8, box.y + y, { steps: 4 })
  await page.mouse.up()
}

/** What the page says of a circle: its radius and its middle. */
const drawnCircle = async (page: Page): Promise<{ radiusKm: number; centre: Position }> => {
  const said = await page.getByText(/^A circle of /).textContent()
  const [, km, lat, lon] = /^A circle of ([\d.]+) km around ([\d.]+)° N, ([\d.]+)° E;/.exec(said!)!.map(Number)
  return { radiusKm: km!, centre: [lon!, lat!] }
}

/** On the map by its shape and name, over its days in the month, and in the list, each of which leads to the filing. */
const seesIt = async (page: Page, address: string): Promise<void> => {
  await page.goto('/activities?view=map')
  await expect(page.getByRole('img', { name: new RegExp(`${OBSERVED}: 8 km around a point [\\d.]+ km .+ of `) })).toBeVisible()
  await expect(toCome(page).getByRole('link', { name: OBSERVED })).toHaveAttribute('href', address)
  await page.goto('/activities?view=month&month=2027-06')
  const bars = page.getByRole('table', { name: 'June 2027' }).getByRole('link', { name: new RegExp(`^${OBSERVED} Serbia ?, 2027-06-01 to 2027-06-09$`) })
  await expect(bars).toHaveCount(2)
  await expect(bars.first()).toHaveAttribute('href', address)
  await page.goto('/activities')
  const row = toCome(page).getByRole('row').filter({ has: page.getByRole('link', { name: OBSERVED }) })
  await expect(row).toContainText('Serbia')
  await row.getByRole('link', { name: OBSERVED }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(OBSERVED)
}

test('Serbia draws an exercise near the Drina on the map and invites all six: its neighbour sees it on map and calendar, four accept, one declines, one ignores it, and only Serbia and who sent them read the names', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/activity')
  await describeIt(page)
  await field(page, 'Name').fill(OBSERVED)
  await drawCircle(page, BY_THE_DRINA)
  const byHand = await drawnCircle(page)
  expect(byHand.radiusKm).toBeGreaterThan(8)
  await field(page, 'Radius').fill('8')
  await field(page, 'Radius').press('Enter')
  await expect(page.getByText(/^A circle of 8 km /)).toBeVisible()
  expect(await drawnCircle(page)).toEqual({ ...byHand, radiusKm: 8 })
  expect(roughKm(byHand.centre, BY_THE_DRINA)).toBeLessThan(HAND_KM)
  await expect(page.getByText('on land of Bosnia and Herzegovina and Serbia.')).toBeVisible()
  const invited = page.getByRole('group', { name: /^Invited/ })
  await expect(invited.getByRole('checkbox')).toHaveCount(6)
  await expect(invited.getByRole('checkbox', { name: 'Serbia' })).toHaveCount(0)
  await invited.getByRole('button', { name: 'All six others' }).click()
  await expect(invited.getByRole('checkbox', { checked: true })).toHaveCount(6)
  await field(page, 'Replies by').fill('2027-05-11')
  await field(page, 'Programme').fill('Arrival on 31 May in Loznica; two days on the range.')
  for (const rule of ['activity.observable', 'activity.uav_live_fire']) await expect(preview(page)).toContainText(rule)
  await checkPage(page)
  const id = await sendToApprover(page)
  const approver = await as(OF.RS.approver)
  await release(approver, id)
  await expect(approver.getByRole('heading', { level: 1 })).toContainText(OBSERVED)
  const address = `/register/${id}`
  await expect(observers(approver)).toContainText('0 of 6 accepted, 6 not answered yet.')

  const neighbour = await as(OF.BA.submitter)
  await seesIt(neighbour, address)
  const reader = await as(null)
  await reader.goto('/activities')
  await expect(reader.getByRole('link', { name: OBSERVED }).first()).toBeVisible()
  await reader.goto(address)
  await expect(observers(reader)).toHaveCount(0)

  const albanian = await as(OF.AL.submitter)
  await albanian.goto(address)
  await observers(albanian).getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(albanian.getByRole('alert').filter({ hasText: 'One thing to correct' })).toContainText('State the answer')
  await answers(albanian, address, 'Accept', [['Ana Kola', 'Lieutenant Colonel'], ['Ilir Dema', 'Major']])
  await expect(answerOf(albanian, 'Albania')).toContainText('Ana Kola, Lieutenant Colonel')
  await checkPage(albanian)
  for (const code of ['HR', 'ME', 'MK'] as const) await answers(await as(OF[code].submitter), address, 'Accept')
  await answers(neighbour, address, 'Decline')

  await approver.goto(address)
  await expect(observers(approver)).toContainText('4 of 6 accepted, 1 declined, 1 not answered yet.')
  await expect(answerOf(approver, 'Albania')).toContainText('Ana Kola, Lieutenant Colonel')
  await expect(answerOf(approver, 'Bosnia and Herzegovina')).toContainText('Declined')
  await expect(answerOf(approver, 'Kosovo*')).toContainText('No answer yet, due 2027-05-11')
  await checkPage(approver)

  const third = await as(OF.HR.approver)
  await third.goto(address)
  await expect(answerOf(third, 'Albania')).toContainText('2 observers, named to the host')
  await expect(third.getByText('Ana Kola')).toHaveCount(0)
  await third.goto('/activities/observers')
  await expect(third.getByRole('table', { name: /^Invitations accepted/ })).toBeVisible()
  await expect(rowsOf(third, /^Invitations, by the day/).filter({ hasText: OBSERVED })).toHaveCount(6)
  await checkPage(third)
})
