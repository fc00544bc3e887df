import process from 'node:process'
import type { Page } from '@playwright/test'
import { AUSTRIAN, OF, SECRETARIAT, type Person } from './support/people.ts'
import { newest } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const MOST_BYTES = 150_000
const TOGETHER = 3
/** With the tool that draws areas; what only shows a map ships nothing for it. */
const MOST_BYTES_DRAWING = 200_000
const DRAWS = '/filings/new/activity'

// A development server ships its tools, uncompressed: only a production build weighs what a reader downloads.
test.skip(Boolean(process.env.BASE_URL), 'weighs the production build only')

/** Bytes of script as they came over the line, compressed, nothing from a cache. */
const weigh = async (page: Page, address: string): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, response }) => { if (/javascript/.test(response.mimeType)) scripts.set(requestId, 0) })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength) })
  await page.goto(address, { waitUntil: 'networkidle' })
  await session.detach()
  expect(scripts.size, `${address} has scripts`).toBeGreaterThan(0)
  return [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
}

test('no page ships more than 150 KB of compressed JavaScript', async ({ as, request }) => {
  test.setTimeout(180_000)
  const filing = (await newest(request, { kind: 'notification.acquisition', participant: 'RS' })).id
  const activity = (await newest(request, { kind: 'notification.activity' })).id
  const declaration = (await newest(request, { kind: 'declaration.holdings' })).id
  const pages: [Person | null, string[]][] = [
    [null, ['/', '/register', `/register/${filing}`, `/register/${declaration}`, '/participants', '/participants/RS', '/activities', '/activities?view=month', '/activities?view=map', `/register/${activity}`, '/timeline', '/rules', '/log', '/log/check', '/about', '/sign-in', '/no-such-page']],
    [OF.RS.submitter, ['/workspace', '/inbox', '/clarifications', '/clarifications/new', '/filings', DRAWS, '/filings/new/acquisition', '/filings/new/disposal', '/filings/new/declaration', '/filings/new/declaration?asOf=2027-01-01', `/filings/${filing}/stage`, `/filings/${filing}/amend`,
      `/filings/${filing}/withdraw`, `/register/${filing}`, '/secretariat']],
    [AUSTRIAN, ['/workspace', '/activities/observers', '/verify', `/verify/${filing}`]],
    [SECRETARIAT, ['/workspace', '/secretariat', '/secretariat/deliveries', '/secretariat/audit', '/secretariat/accounts']],
  ]
  const weights: { page: string; role: string; bytes: number }[] = []
  for (const [person, addresses] of pages) {
    const context = (await as(person)).context()
    // Side by side: what each takes is mostly the waiting until nothing more comes.
    for (let at = 0; at < addresses.length; at += TOGETHER) {
      weights.push(...await Promise.all(addresses.slice(at, at + TOGETHER).map(async (address) => {
        const page = await context.newPage()
        const bytes = await weigh(page, address)
        await page.close()
        return { page: address.replace(/[0-9a-f-]{36}/, ':id'), role: person?.role ?? 'public', bytes }
      })))
    }
  }
  weights.sort((a, b) => b.bytes - a.bytes)
  console.log(weights.map(({ page, role, bytes }) => `${(bytes / 1000).toFixed(1).padStart(7)} KB  ${page} (${role})`).join('\n'))
  expect(weights.filter(({ page, bytes }) => bytes > (page === DRAWS ? MOST_BYTES_DRAWING : MOST_BYTES))).toEqual([])
  const ofPage = (address: string) => weights.find(({ page, role }) => page === address && role === 'public')!.bytes
  expect(Math.abs(ofPage('/activities?view=map') - ofPage('/participants')), 'what a map adds').toBeLessThan(1000)
})
