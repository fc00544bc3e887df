import type { Page } from '@playwright/test'
import path from 'node:path'
import process from 'node:process'
import { checkPage, checkText } from './support/check.ts'
import { AUSTRIAN, OBSERVER, OF, SECRETARIAT, type Person } from './support/people.ts'
import { askWith, fileWith, newest, returnWith, TRAINER } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const FOLDER = 'test-results/screens'
/** `npm run screens` takes them; for `npm test`, where nobody looks, they would be a third of the time. */
const TAKES_PICTURES = process.env.npm_lifecycle_event === 'screens'
const picture = async (page: Page, name: string, width: number): Promise<void> => {
  if (TAKES_PICTURES) await page.screenshot({ path: path.join(FOLDER, `${name}-${width}.png`), fullPage: true })
}
/** A page is opened once and folded by its style alone, as on a screen that is turned. */
const WIDTHS = [1280, 390]
/** Folded, a page has all that it has when wide, and less room: there it is held to everything, as journeys hold it where they pass. */
const check = (page: Page, width: number): Promise<void> => (width === 390 ? checkPage(page) : checkText(page))

type Look = { person: Person | null; pages: Record<string, string> }

// Every page at both widths: what a page must be is checked, how it looks is for people to judge, from pictures.
const looksAt = (title: string, prepare: (request: import('@playwright/test').APIRequestContext) => Promise<Look>) => {
  test(`${title} at 1280 and 390 px`, async ({ as, request }) => {
    test.setTimeout(300_000)
    const { person, pages } = await prepare(request)
    const page = await as(person)
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width > 600 ? 800 : 844 })
        await check(page, width)
        await picture(page, name, width)
      }
    }
  })
}

looksAt('what the public sees', async (request) => ({
  person: null,
  pages: {
    'region': '/', 'register': '/register', 'register-filtered': '/register?participant=RS&kind=notification.acquisition', 'register-nothing': '/register?q=nothing+like+it',
    'filing': `/register/${(await newest(request, { q: 'HR-2021-0001' })).id}`,
    'declaration': `/register/${(await newest(request, { kind: 'declaration.holdings', participant: 'RS' })).id}`,
    'disposal': `/register/${(await newest(request, { kind: 'notification.disposal' })).id}`,
    'participants': '/participants', 'participant-rs': '/participants/RS', 'participant-xk': '/participants/XK', 'thresholds': '/rules', 'about': '/about', 'punctuality': '/punctuality', 'activities': '/activities', 'activities-month': '/activities?view=month&month=2027-06', 'activities-map': '/activities?view=map', 'activities-calendars': '/activities/calendars', 'timeline': '/timeline', 'timeline-filtered': '/timeline?participant=XK&from=2022&to=2023', 'agreement': `/register/${(await newest(request, { kind: 'agreement.defence', participant: 'AL' })).id}`, 'category': '/categories/IVa', 'budget': `/register/${(await newest(request, { kind: 'declaration.budget', participant: 'RS' })).id}`,
    'personnel': `/register/${(await newest(request, { kind: 'declaration.personnel', participant: 'RS' })).id}`, 'log': '/log', 'log-check': '/log/check',
    'sign-in': '/sign-in', 'not-found': '/no-such-page',
  },
}))

looksAt('what a submitter sees', async (request) => {
  const { id } = await fileWith(request, 'demo-rs-submitter', 'RS')
  await returnWith(request, 'demo-rs-approver', id, 'State the unit that receives it.')
  const serbian = (await newest(request, { participant: 'RS', kind: 'notification.acquisition', stage: 'contracted', status: 'filed' })).id
  return {
    person: OF.RS.submitter,
    pages: {
      'submitter-workspace': '/workspace', 'submitter-inbox': '/inbox', 'submitter-inbox-all': '/inbox?show=all', 'submitter-filings': '/filings',
      'new-acquisition': '/filings/new/acquisition', 'new-disposal': '/filings/new/disposal', 'new-personnel': '/filings/new/personnel', 'new-budget': '/filings/new/budget',
      'new-structure': '/filings/new/structure', 'new-cyber': '/filings/new/cyber', 'new-activity': '/filings/new/activity', 'new-deployment': '/filings/new/deployment', 'new-flight': '/filings/new/uav_flight', 'new-agreement': '/filings/new/agreement', 'new-autonomy': '/filings/new/autonomy', 'draft-returned': `/filings/drafts/${id}`,
      'next-stage': `/filings/${serbian}/stage`, 'amend': `/filings/${serbian}/amend`, 'withdraw': `/filings/${serbian}/withdraw`,
      'submitter-filing': `/register/${serbian}`, 'clarifications': '/clarifications', 'clarification-new': '/clarifications/new', 'clarification': `/clarifications/${await askWith(request, 'demo-me-submitter', 'RS')}`, 'refused': '/secretariat', 'submitter-not-found': '/filings/no-such-page',
    },
  }
})

looksAt('what an approver sees', async (request) => ({
  person: OF.RS.approver,
  pages: { 'approver-workspace': '/workspace', 'draft-review': `/filings/drafts/${(await fileWith(request, 'demo-rs-submitter', 'RS')).id}` },
}))

looksAt('what a verifier sees', async (request) => ({
  person: AUSTRIAN,
  pages: {
    'verifier-workspace': '/workspace', 'verify': '/verify', 'verify-entry': `/verify/${(await fileWith(request, 'demo-me-submitter', 'ME', TRAINER)).id}`,
    'verify-declaration': `/verify/${(await newest(request, { kind: 'declaration.holdings', participant: 'HR' })).id}`,
  },
}))

looksAt('what the observer sees', async () => ({ person: OBSERVER, pages: { 'observer-workspace': '/workspace', 'observer-inbox': '/inbox' } }))

looksAt('what the secretariat sees', async () => ({
  person: SECRETARIAT,
  pages: {
    'secretariat-workspace': '/workspace', 'secretariat': '/secretariat', 'secretariat-deliveries': '/secretariat/deliveries', 'secretariat-audit': '/secretariat/audit',
    'secretariat-accounts': '/secretariat/accounts',
  },
}))

test('a message of the delivery log at 1280 and 390 px', async ({ as, request }) => {
  await fileWith(request, 'demo-me-submitter', 'ME', { ...TRAINER, category: 'VI', type: 'Patrol frigate', supplier: 'TR' })
  const page = await as(SECRETARIAT)
  const message = page.getByRole('table', { name: 'Deliveries' }).getByRole('link', { name: /Patrol frigate/ }).first()
  await expect(async () => {
    await page.goto('/secretariat/deliveries')
    await expect(message).toBeVisible({ timeout: 1000 })
  }).toPass()
  await message.click()
  await expect(page.getByRole('region', { name: 'Text part' })).toBeVisible()
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    await check(page, width)
    await picture(page, 'secretariat-message', width)
  }
})
