import type { APIRequestContext, Page } from '@playwright/test'
import { checkPage, tolerate } from './support/check.ts'
import { AUSTRIAN, OBSERVER, OF, PASSWORD, SECRETARIAT, signIn, typeCredentials, type Person } from './support/people.ts'
import { askWith, fileWith, newest, returnWith, TRAINER } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const PEOPLE = {
  'the public': null, 'the observer': OBSERVER, 'Serbia’s submitter': OF.RS.submitter, 'Croatia’s submitter': OF.HR.submitter,
  'Serbia’s approver': OF.RS.approver, 'a verifier': AUSTRIAN, 'the secretariat': SECRETARIAT,
} as const satisfies Record<string, Person | null>

/** What is in the register for these tests, by the name that the table below gives it. */
const ids = { returned: '', awaiting: '', serbian: '', montenegrin: '', delivery: '', request: '' }

type Answer = 'ok' | 'sign in' | 'refused' | 'not there' | 'workspace'
const EVERYONE: Answer[] = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']
const NOBODY: Answer[] = ['not there', 'not there', 'not there', 'not there', 'not there', 'not there', 'not there']
const SIGNED_IN: Answer[] = ['sign in', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']
const MINISTRIES: Answer[] = ['sign in', 'refused', 'ok', 'ok', 'ok', 'refused', 'refused']
const SERBIA: Answer[] = ['sign in', 'refused', 'ok', 'not there', 'ok', 'refused', 'refused']
const VERIFIERS: Answer[] = ['sign in', 'refused', 'refused', 'refused', 'refused', 'ok', 'refused']
const THE_SECRETARIAT: Answer[] = ['sign in', 'refused', 'refused', 'refused', 'refused', 'refused', 'ok']

/** Every page, and what each of the people above gets, in their order. */
const PAGES: Record<string, Answer[]> = {
  '/': EVERYONE,
  '/register': EVERYONE,
  '/register?q=rafale&sort=-quantity&page=1': EVERYONE,
  '/register/:serbian': EVERYONE,
  '/register/:returned': NOBODY,
  '/register/not-an-id': NOBODY,
  '/register.csv': EVERYONE,
  '/participants': EVERYONE,
  '/participants/XK': EVERYONE,
  '/participants/DE': NOBODY,
  '/punctuality': EVERYONE,
  '/activities': EVERYONE,
  '/activities?view=month&month=2027-06': EVERYONE,
  '/activities?view=map': EVERYONE,
  '/activities/calendars': EVERYONE,
  '/activities/all.atom': EVERYONE,
  '/activities/DE.atom': NOBODY,
  '/timeline': EVERYONE,
  '/timeline?participant=XK&sort=incident&from=2022&to=2023': EVERYONE,
  '/timeline?participant=DE&sort=war&from=then&to=1812': EVERYONE,
  '/activities?participant=RS': EVERYONE,
  '/activities/observers': ['sign in', 'refused', 'ok', 'ok', 'ok', 'ok', 'ok'],
  '/activities/all.ics': EVERYONE,
  '/activities/DE.ics': NOBODY,
  '/calendar/RS.ics': EVERYONE,
  '/calendar/DE.ics': NOBODY,
  '/categories/IVa': EVERYONE,
  '/categories/IX': NOBODY,
  '/rules': EVERYONE,
  '/about': EVERYONE,
  '/log': EVERYONE,
  '/log/check': EVERYONE,
  '/sign-in': ['ok', 'workspace', 'workspace', 'workspace', 'workspace', 'workspace', 'workspace'],
  '/workspace': SIGNED_IN,
  '/inbox': SIGNED_IN,
  '/filings': MINISTRIES,
  '/filings/new/acquisition': MINISTRIES,
  '/filings/new/disposal': MINISTRIES,
  '/filings/new/declaration': MINISTRIES,
  '/filings/new/personnel': MINISTRIES,
  '/filings/new/activity': MINISTRIES,
  '/filings/new/calendar': MINISTRIES,
  '/filings/new/budget?asOf=2027-01-01': MINISTRIES,
  '/filings/new/surveillance': MINISTRIES,
  '/filings/drafts/:returned': SERBIA,
  '/filings/drafts/:awaiting': SERBIA,
  '/filings/:serbian/stage': SERBIA,
  '/filings/:serbian/amend': SERBIA,
  '/filings/:serbian/withdraw': SERBIA,
  '/filings/:montenegrin/amend': ['sign in', 'refused', 'not there', 'not there', 'not there', 'refused', 'refused'],
  '/clarifications': ['sign in', 'refused', 'ok', 'ok', 'ok', 'ok', 'ok'],
  '/clarifications/new': MINISTRIES,
  '/clarifications/:request': ['sign in', 'refused', 'ok', 'ok', 'ok', 'not there', 'not there'],
  '/verify': VERIFIERS,
  '/verify/:montenegrin': VERIFIERS,
  '/secretariat': THE_SECRETARIAT,
  '/secretariat/deliveries': THE_SECRETARIAT,
  '/secretariat/deliveries/:delivery': THE_SECRETARIAT,
  '/secretariat/audit': THE_SECRETARIAT,
  '/secretariat/accounts': THE_SECRETARIAT,
  '/no-such-page': NOBODY,
}

const addressOf = (page: string) => page.replace(/:(\w+)/, (_, name: string) => ids[name as keyof typeof ids])

const answerOf = async (request: APIRequestContext, address: string): Promise<string> => {
  const answer = await request.get(address, { maxRedirects: 0 })
  const to = answer.headers().location
  if (to) {
    const { pathname, searchParams } = new URL(to, 'http://here.invalid')
    if (pathname === '/sign-in') return searchParams.get('next') === address ? 'sign in' : `sign in, but not back to ${address}`
    return pathname === '/workspace' ? 'workspace' : `sent to ${to}`
  }
  return { 200: 'ok', 403: 'refused', 404: 'not there' }[answer.status()] ?? String(answer.status())
}

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  ids.awaiting = (await fileWith(request, 'demo-rs-submitter', 'RS')).id
  ids.returned = (await fileWith(request, 'demo-rs-submitter', 'RS')).id
  await returnWith(request, 'demo-rs-approver', ids.returned, 'Only for the tests of access.')
  ids.montenegrin = (await fileWith(request, 'demo-me-submitter', 'ME')).id
  ids.serbian = (await newest(request, { participant: 'RS', kind: 'notification.acquisition', stage: 'contracted', status: 'filed' })).id
  ids.request = await askWith(request, 'demo-rs-submitter', 'HR')
  await fileWith(request, 'demo-me-submitter', 'ME', { ...TRAINER, category: 'VI', type: 'Patrol frigate', supplier: 'TR' })
  await request.dispose()
})

test.afterAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  await returnWith(request, 'demo-rs-approver', ids.awaiting, 'Only for the tests of access.')
  await request.dispose()
})

test('every page answers every role as the table says', async ({ as }) => {
  const secretariat = await as(SECRETARIAT)
  await expect(async () => {
    await secretariat.goto('/secretariat/deliveries')
    const href = await secretariat.getByRole('table', { name: 'Deliveries' }).getByRole('link', { name: /^\w+: / }).first().getAttribute('href', { timeout: 1000 })
    ids.delivery = href!.split('/').at(-1)!
  }).toPass()
  const found: Record<string, string[]> = Object.fromEntries(Object.keys(PAGES).map((page) => [page, []]))
  for (const person of Object.values(PEOPLE)) {
    const { request } = (await as(person)).context()
    for (const page of Object.keys(PAGES)) found[page]!.push(await answerOf(request, addressOf(page)))
  }
  expect(found).toEqual(PAGES)
})

test('refused and not there are pages with a way on, in words that give nothing away', async ({ as }) => {
  const verifier = await as(AUSTRIAN)
  await verifier.goto('/secretariat')
  await checkPage(verifier, { heading: 'This page is not open to your role' })
  await expect(verifier.getByText('You are signed in as Inspector, Austria, verifier.')).toBeVisible()
  const croatia = await as(OF.HR.submitter)
  const said: string[] = []
  for (const address of [`/filings/drafts/${ids.returned}`, '/filings/drafts/0b9aab32-0000-4000-8000-000000000000']) {
    await croatia.goto(address)
    await checkPage(croatia, { heading: 'There is no such page' })
    said.push(await croatia.getByRole('main').innerText())
  }
  expect(said[0], 'not yours and not there are the same').toBe(said[1])
})

test('the header leads each role to its own pages and to no other', async ({ as }) => {
  const links = async (page: Page) => (await page.getByRole('banner').getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts())
    .map((name) => name.replace(/ \(\d+\)$/, ''))
  const expected: Record<keyof typeof PEOPLE, string[]> = {
    'the public': ['Region', 'Register', 'Activities', 'Participants', 'Thresholds', 'Log', 'About'],
    'the observer': ['Workspace', 'Inbox', 'Register', 'Activities'],
    'Serbia’s submitter': ['Workspace', 'Inbox', 'Filings', 'Clarifications', 'Register', 'Activities'],
    'Croatia’s submitter': ['Workspace', 'Inbox', 'Filings', 'Clarifications', 'Register', 'Activities'],
    'Serbia’s approver': ['Workspace', 'Inbox', 'Filings', 'Clarifications', 'Register', 'Activities'],
    'a verifier': ['Workspace', 'Inbox', 'Clarifications', 'Verify', 'Register', 'Activities'],
    'the secretariat': ['Workspace', 'Inbox', 'Clarifications', 'Secretariat', 'Register', 'Activities'],
  }
  const found: Record<string, string[]> = {}
  for (const [name, person] of Object.entries(PEOPLE)) {
    const page = await as(person)
    await page.goto('/participants')
    found[name] = await links(page)
  }
  expect(found).toEqual(expected)
})

test('after signing out a copy of the session cookie is worth nothing', async ({ browser, playwright, baseURL }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, OF.AL.submitter)
  const copied = await context.storageState()
  const thief = await playwright.request.newContext({ baseURL, storageState: copied })
  expect(await answerOf(thief, '/workspace')).toBe('ok')
  const session = copied.cookies.find(({ name }) => name.endsWith('batp-session'))!
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  expect((await context.cookies()).filter(({ name }) => name.endsWith('batp-session'))).toEqual([])
  for (const address of ['/workspace', '/inbox', '/filings']) expect(await answerOf(thief, address)).toBe('sign in')
  expect((await thief.get('/api/inbox/count')).status()).toBe(401)
  expect((await thief.get('/api/v1/alerts')).status()).toBe(401)
  await thief.dispose()
  await context.close()
})

for (const [next, landing] of [
  ['//evil.example', '/workspace'], ['/\\evil.example', '/workspace'], ['https://evil.example/', '/workspace'], ['javascript:alert(1)', '/workspace'],
  ['/inbox?show=all', '/inbox?show=all'],
] as const) {
  test(`signing in with next=${next} leads to ${landing}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const outside: string[] = []
    page.on('request', (request) => { if (!request.url().startsWith(baseURL!) && !request.url().startsWith('data:')) outside.push(request.url()) })
    await signIn(page, OF.AL.approver, next)
    await expect(page).toHaveURL(`${baseURL}${landing}`)
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await expect(page, 'nor for one who is signed in').toHaveURL(`${baseURL}${landing}`)
    expect(outside).toEqual([])
    await context.close()
  })
}

test('an address that makes no sense is refused, and nothing fails', async ({ as }) => {
  const found: string[] = []
  const secretariat = (await as(SECRETARIAT)).context().request
  for (const address of [
    '/register/%E0%A4%A', '/register/%00', '/register?q=%00&page=-1&sort=;drop&from=9999-99-99', '/register?q=%FF', `/register?q=${'a'.repeat(4000)}`, '/register?page=99999999999999999999',
    '/register?participant=RS&participant=HR', '/register.csv?participant=ZZ', '/participants/__proto__', '/participants/constructor', '/inbox?cursor=Zm9v&show=constructor',
    '/secretariat/deliveries/%00', '/secretariat/deliveries?page=1e99&state=constructor', '/secretariat/audit?type=%00&outcome=neither&page=-5', '/verify/%27', '/filings/../../etc/passwd',
    '/sign-in?next=%00', '/sign-in?next=/a&next=/b', '/api/v1/filings?limit=1e9', '/api/v1/filings?cursor=%00', '/api/v1/filings/%00', '/api/v1/no-such-thing',
  ]) {
    const status = (await secretariat.get(address, { maxRedirects: 0 })).status()
    if (status >= 500) found.push(`${status} ${address}`)
  }
  expect(found).toEqual([])
})

test('a wrong password and an unknown account are refused in the same words', async ({ as }) => {
  const page = await as(null)
  tolerate(page, /401.*\/api\/auth\/callback/)
  const said: string[] = []
  for (const [email, password] of [['verifier@mk.demo', 'not the password'], ['nobody@nowhere.demo', PASSWORD]] as const) {
    await page.goto('/sign-in')
    await typeCredentials(page, email, password)
    await expect(page.getByRole('alert').getByRole('heading', { name: 'Not signed in' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email)
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription('The e-mail address or the password is not right.')
    said.push(await page.getByRole('alert').filter({ hasText: 'Not signed in' }).innerText())
    await checkPage(page)
  }
  expect(said[0]).toBe(said[1])
})

test('security headers stand on every answer, and scripts run by a nonce that is new each time', async ({ as, request }) => {
  const verifier = (await as(AUSTRIAN)).context().request
  const nonces: string[] = []
  for (const [client, address, status] of [
    [request, '/', 200], [request, '/', 200], [request, '/register', 200], [request, '/sign-in', 200], [verifier, '/workspace', 200], [verifier, '/secretariat', 403],
    [request, '/no-such-page', 404], [request, '/register/not-an-id', 404], [request, '/workspace', 307],
  ] as const) {
    const answer = await client.get(address, { maxRedirects: 0 })
    const headers = answer.headers()
    expect(answer.status(), address).toBe(status)
    const policy = headers['content-security-policy'] ?? ''
    for (const directive of [/default-src 'self'/, /object-src 'none'/, /base-uri 'none'/, /form-action 'self'/, /frame-ancestors 'none'/, /connect-src 'self'(;|$)/]) {
      expect(policy, address).toMatch(directive)
    }
    const [, nonce] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy) ?? []
    expect(nonce, `a nonce at ${address}`).toBeTruthy()
    expect(/script-src [^;]*/.exec(policy)![0]).not.toContain('unsafe-inline')
    expect(headers['cache-control'], address).toContain('no-store')
    nonces.push(nonce!)
    if (status === 307) continue
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length, address).toBeGreaterThan(0)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)), `scripts without the nonce at ${address}`).toEqual([])
  }
  expect(new Set(nonces).size, 'a nonce is used once').toBe(nonces.length)
  for (const address of ['/', '/no-such-page', '/api/v1/filings', '/api/v1/no-such-thing', '/register.csv', '/healthz', '/icon.svg']) {
    const headers = (await request.get(address)).headers()
    expect(headers, address).toMatchObject({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['permissions-policy'], address).toContain('camera=()')
    expect(headers['x-powered-by'], address).toBeUndefined()
  }
})
