import type { Page } from '@playwright/test'
import { checkPage } from './support/check.ts'
import { AUSTRIAN, OBSERVER, OF, SECRETARIAT, SWISS } from './support/people.ts'
import { daysAgo, field, fill, openForm, preview, RAFALE, release, rowsOf, RUN, sendToApprover } from './support/pages.ts'
import { expect, test } from './support/test.ts'

// What one test files, the next reads: the journey of one acquisition through the register.
test.describe.configure({ mode: 'serial' })

const SUBJECT = '12 Rafale F3-R from France, contracted'
const TOLD = ['Bosnia and Herzegovina', 'Croatia', 'Kosovo*', 'Montenegro', 'North Macedonia']
const REMARK = 'State in the purpose which aircraft leave service, and when.'
const PURPOSE = `${RAFALE.Purpose} The last MiG-29 leaves service in 2029.`

let first = process.env.FIRST ?? ''
let number = process.env.NUMBER ?? ''
let newest = process.env.NEWEST ?? ''

const toldOf = (page: Page, rule: string) => preview(page).getByRole('list', { name: `Told of ${rule}` }).getByRole('listitem')
const draftLink = (page: Page, id: string) => page.getByRole('link').and(page.locator(`[href="/filings/drafts/${id}"]`))

test('Serbia’s submitter files twelve Rafale: the preview says which alerts, for whom and why, before anything is sent', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await page.goto('/workspace')
  await checkPage(page, { heading: /^Good (morning|afternoon|evening)$/ })
  await page.getByRole('link', { name: 'Notify an acquisition' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notify an acquisition')
  await openForm(page, page.url())

  await fill(page, { Category: RAFALE.Category })
  await expect(field(page, 'Category')).toHaveAccessibleDescription(/^Crewed, fixed or variable wing/)
  await field(page, 'Type').pressSequentially('rafale')
  await expect(page.locator('datalist option[value="Rafale F3-R"]'), 'types known to the register while typing').toHaveCount(1)
  const { Category: _category, ...rest } = RAFALE
  await fill(page, rest)
  await expect(field(page, 'Type')).toHaveAccessibleDescription(/^Known to the register: \d+ participants? ha(s|ve) declared or notified it\.$/)
  await expect(field(page, 'Value')).toHaveAccessibleDescription(/^That is EUR 2\.7 bn\./)

  await expect(preview(page)).toContainText('Computed from the register as of now. Nothing has been sent.')
  await expect(toldOf(page, 'acquisition.growth')).toHaveText([...TOLD, 'Secretariat'])
  const growth = preview(page).getByRole('article').filter({ hasText: 'acquisition.growth' })
  await expect(growth).toContainText('Warning')
  await expect(growth.getByRole('heading')).toHaveText(/^\d+ → \d+ manned combat aircraft, \+ [\d.]+ %$/)
  await growth.getByText('Why each of them, and the basis').click()
  await expect(growth).toContainText('Croatia: Croatia is adjacent to Serbia')
  await expect(preview(page).getByRole('article').filter({ hasText: 'acquisition.sensitive' })).toContainText('Notice')
  await expect(preview(page)).toContainText(/Not tested: .*projected holdings above the ceiling \(No confirmed Florence ceiling of Serbia for manned combat aircraft is on record\)/)
  await expect(preview(page)).toContainText('Not told: Albania (not adjacent to Serbia and not watching it).')
  await expect(page.getByRole('region', { name: 'In time' })).toContainText('Signed 10 days ago; a contract is to be notified within 30 days.')
  await checkPage(page, { title: /^Notify an acquisition/ })

  first = await sendToApprover(page)
  await expect(page.getByText('Awaits an approver of Serbia')).toBeVisible()
  await checkPage(page, { heading: 'Acquisition: 12 Rafale F3-R' })
})

test('the approver sees it as a reader would and returns it once; the submitter corrects it', async ({ as }) => {
  const approver = await as(OF.RS.approver)
  await approver.goto('/workspace')
  await draftLink(approver, first).click()
  await expect(approver.getByRole('heading', { level: 1 })).toHaveText('Acquisition: 12 Rafale F3-R')
  const filing = approver.getByRole('region', { name: 'As a participant will read it' })
  for (const words of ['IVa · Manned combat aircraft', 'France', 'EUR 2,700,000,000', '2028 to 2029', 'MiG-29', RAFALE.Purpose]) await expect(filing).toContainText(words)
  await expect(filing).toContainText('The public does not read: signed on, purpose and value.')
  await expect(toldOf(approver, 'acquisition.growth')).toHaveText([...TOLD, 'Secretariat'])
  await checkPage(approver)
  await approver.getByRole('button', { name: 'Remark on Value' }).click()
  const onValue = approver.getByRole('textbox', { name: 'Remark on Value' })
  await onValue.fill('The contract of August states 2.7 bn.')
  await approver.getByRole('button', { name: 'Return with this remark' }).click()
  await expect(field(approver, 'Or return it with a remark')).toHaveAccessibleDescription(/State a remark, in at least 3 characters/)
  await expect(onValue, 'what was typed is not lost').toHaveValue('The contract of August states 2.7 bn.')
  await expect(approver.getByText('and 1 remark on single places')).toBeVisible()
  await checkPage(approver)
  await fill(approver, { 'Or return it with a remark': REMARK })
  await approver.getByRole('button', { name: 'Return with this remark' }).click()
  await approver.waitForURL('**/filings')

  const submitter = await as(OF.RS.submitter)
  await submitter.goto('/workspace')
  await expect(rowsOf(submitter, 'Drafts that wait for you').filter({ has: draftLink(submitter, first) })).toContainText(`“${REMARK}”`)
  await openForm(submitter, `/filings/drafts/${first}`)
  await expect(submitter.getByText(REMARK)).toBeVisible()
  const remarks = submitter.getByRole('list', { name: 'Remarks on single places' })
  await expect(remarks).toContainText('Value: The contract of August states 2.7 bn.')
  await remarks.getByRole('link', { name: 'Value' }).click()
  await expect(field(submitter, 'Value')).toBeFocused()
  await expect(field(submitter, 'Quantity')).toHaveValue('12')
  await fill(submitter, { Purpose: PURPOSE })
  await sendToApprover(submitter)
})

test('on release it is numbered, and Croatia finds it in its inbox without reloading', async ({ as }) => {
  const inbox = await as(OF.HR.submitter)
  await inbox.goto('/inbox')
  await checkPage(inbox, { heading: 'Inbox' })
  await inbox.evaluate(() => Object.assign(window, { openSince: 'before the release' }))

  const approver = await as(OF.RS.approver)
  await release(approver, first)
  await expect(approver.getByRole('heading', { level: 1 })).toHaveText(`Serbia: ${SUBJECT}`)
  await expect(approver).toHaveTitle(/^RS-\d{4}-\d{4}, Serbia: 12 Rafale F3-R/)
  number = /RS-\d{4}-\d{4}/.exec(await approver.title())![0]
  await checkPage(approver)

  const message = inbox.getByRole('article').filter({ has: inbox.getByRole('link', { name: number, exact: true }) })
  await expect(message.getByRole('heading')).toHaveText(`Serbia notifies an acquisition: ${SUBJECT}`, { timeout: 30_000 })
  expect(await inbox.evaluate(() => (window as typeof window & { openSince?: string }).openSince), 'not reloaded').toBe('before the release')
  await expect(message).toContainText('Warning · acquisition.growth, version 1')
  await expect(message).toContainText('You receive this because Croatia is adjacent to Serbia.')
  await expect(message).toContainText('Also told: Bosnia and Herzegovina, Kosovo*, Montenegro, North Macedonia and the secretariat.')
  await message.getByText('Figures and basis').click()
  for (const figure of [/Measured\s*\d+ → \d+/, /Threshold\s*10 %/, /Basis\s*BATP rulebook, version 1/]) await expect(message).toContainText(figure)
  await checkPage(inbox)
})

test('the other adjacent participants have it too; Albania, which no rule addresses here, does not', async ({ as }) => {
  for (const code of ['BA', 'XK', 'ME', 'MK'] as const) {
    const page = await as(OF[code].submitter)
    await page.goto('/inbox')
    await expect(page.getByRole('article').filter({ has: page.getByRole('link', { name: number, exact: true }) })).toHaveCount(1)
    await page.context().close()
  }
  const albania = await as(OF.AL.submitter)
  await albania.goto('/inbox?show=all')
  await expect(albania.getByRole('heading', { level: 1 })).toHaveText('Inbox')
  await expect(albania.getByRole('link', { name: number, exact: true })).toHaveCount(0)
  await albania.goto(`/register/${first}`)
  await expect(albania.getByText('No alert of this version is addressed to Albania.')).toBeVisible()
})

test('Albania is told where a rule says all', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await openForm(page, '/filings/new/acquisition')
  await fill(page, { ...RAFALE, Category: 'IVb · Armed unmanned aerial vehicles', Type: `Trial ${RUN}`, Quantity: '1' })
  const article = preview(page).getByRole('article').filter({ hasText: 'acquisition.first_of_type' })
  await expect(article).toBeVisible()
  await article.getByText('Why each of them, and the basis').click()
  await expect(article).toContainText('Albania: the rule addresses every participant')
  await expect(preview(page)).not.toContainText('Not told')
  await expect(page.getByText(/^Draft, saved \d\d:\d\d UTC$/)).toBeVisible()
  await page.getByText('Discard this draft').click()
  await page.getByRole('button', { name: 'Discard the draft' }).click()
  await page.waitForURL('**/filings')
})

test('Croatia acknowledges; Serbia and the secretariat see who has and who has not', async ({ as }) => {
  const croatia = await as(OF.HR.submitter)
  await croatia.goto('/inbox')
  const message = croatia.getByRole('article').filter({ has: croatia.getByRole('link', { name: number, exact: true }) })
  await message.getByRole('button', { name: `Acknowledge ${number}` }).click()
  await expect(message.getByText(/^Acknowledged by Arms-control officer, Croatia, \w{3} \d{4}-\d\d-\d\d \d\d:\d\d UTC$/)).toBeVisible()
  await croatia.goto('/inbox?show=acknowledged')
  await expect(croatia.getByRole('link', { name: number, exact: true })).toBeVisible()

  for (const person of [OF.RS.submitter, SECRETARIAT]) {
    const page = await as(person)
    await page.goto(`/register/${first}`)
    await expect(page.getByText('1 of 6 addressees has acknowledged.')).toBeVisible()
    const rows = rowsOf(page, 'Addressees and their acknowledgement')
    await expect(rows).toHaveCount(6)
    await expect(rows.filter({ has: page.getByRole('rowheader', { name: 'Croatia' }) })).toContainText(/Acknowledged\s*Arms-control officer, Croatia/)
    for (const other of ['Bosnia and Herzegovina', 'Kosovo*', 'Montenegro', 'North Macedonia', 'The secretariat']) {
      await expect(rows.filter({ has: page.getByRole('rowheader', { name: other }) })).toContainText('Not yet')
    }
    await checkPage(page)
  }
})

test('the secretariat’s delivery log holds the message as it was written', async ({ as }) => {
  const page = await as(SECRETARIAT)
  const mail = page.getByRole('row').filter({ hasText: 'submitter@hr.demo' }).filter({ hasText: number })
  await expect(async () => {
    await page.goto('/secretariat/deliveries')
    await expect(mail.getByText('Kept, no mail server')).toBeVisible({ timeout: 1000 })
  }, 'the e-mail is composed within seconds').toPass({ timeout: 30_000 })
  await checkPage(page, { heading: 'Deliveries' })
  await mail.getByRole('link', { name: /Warning: Serbia, 12 Rafale F3-R/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Warning: Serbia, ${SUBJECT} (${number})`)
  const text = page.getByRole('region', { name: 'Text part' })
  for (const words of [`Filing ${number}, version 1`, 'WARNING · acquisition.growth, version 1', 'Measured:', 'Threshold:', 'Why you: Croatia is adjacent to Serbia.', 'Read and acknowledge: http']) {
    await expect(text).toContainText(words)
  }
  await expect(page.getByRole('region', { name: 'HTML part' })).toBeAttached()
  await checkPage(page)
})

test('Serbia files the next stage, 3 of 12 delivered, then corrects the value with a reason', async ({ as }) => {
  const submitter = await as(OF.RS.submitter)
  const approver = await as(OF.RS.approver)
  await submitter.goto(`/register/${first}`)
  await submitter.getByRole('link', { name: 'File the next stage' }).click()
  await expect(submitter.getByRole('heading', { level: 1 })).toHaveText(`Next stage of ${number}`)
  await openForm(submitter, submitter.url())
  await expect(field(submitter, 'Stage')).toHaveValue('first_delivery')
  await expect(field(submitter, 'Quantity')).toHaveValue('12')
  await fill(submitter, { 'Delivered so far': '3', 'First delivered on': daysAgo(2) })
  await expect(preview(submitter)).toContainText('Computed from the register as of now.')
  await checkPage(submitter)
  const second = await sendToApprover(submitter)
  await release(approver, second)
  await expect(approver.getByRole('heading', { level: 1 })).toHaveText('Serbia: 12 Rafale F3-R from France, first delivery, 3 delivered')

  await submitter.goto(`/register/${second}`)
  await submitter.getByRole('link', { name: 'Amend', exact: true }).click()
  await expect(submitter.getByRole('heading', { level: 1 })).toHaveText(`Amend ${number}`)
  await openForm(submitter, submitter.url())
  await fill(submitter, { Value: '2.85 bn' })
  await submitter.getByRole('button', { name: 'Send to approver' }).click()
  await expect(submitter.getByRole('alert').getByRole('link', { name: /State the reason/ })).toBeVisible()
  await expect(field(submitter, 'Reason')).toHaveAccessibleDescription(/^The public reads it/)
  await fill(submitter, { Reason: 'The option for spare engines was exercised.' })
  newest = await sendToApprover(submitter)
  await approver.goto(`/filings/drafts/${newest}`)
  const changes = approver.getByRole('region', { name: `What changes in ${number}` })
  await expect(changes.getByRole('deletion')).toHaveText('EUR 2,700,000,000')
  await expect(changes.getByRole('insertion')).toHaveText('EUR 2,850,000,000')
  await checkPage(approver)
  await release(approver, newest)
})

test('the history shows every version: who, when, what changed; an old version stays readable', async ({ as }) => {
  const page = await as(OF.RS.submitter)
  await page.goto(`/register/${newest}`)
  const versions = page.getByRole('list', { name: 'Versions, newest first' }).locator(':scope > li')
  await expect(versions).toHaveCount(3)
  await expect(versions.nth(0)).toContainText('Version 3: amendment')
  await expect(versions.nth(0)).toContainText('Reason: The option for spare engines was exercised.')
  await expect(versions.nth(0).getByRole('deletion')).toHaveText('EUR 2,700,000,000')
  await expect(versions.nth(0).getByRole('insertion')).toHaveText('EUR 2,850,000,000')
  await expect(versions.nth(1)).toContainText('Version 2')
  await expect(versions.nth(1).getByRole('insertion').filter({ hasText: 'First delivery' })).toHaveCount(1)
  await expect(versions.nth(2)).toContainText('Version 1')
  for (const index of [0, 1, 2]) {
    await expect(versions.nth(index)).toContainText(/\w{3} \d{4}-\d\d-\d\d \d\d:\d\d UTC · drafted by Arms-control officer, Serbia, released by Head of verification centre, Serbia/)
  }
  await checkPage(page)

  await versions.nth(2).getByRole('link', { name: /^Version 1/ }).click()
  await expect(page.getByText('This is version 1; it no longer stands')).toBeVisible()
  await expect(page.getByText('EUR 2,700,000,000').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Amend', exact: true })).toHaveCount(0)
  await checkPage(page)
  await page.goto(`/filings/drafts/${first}`)
  await expect(page, 'what is filed has no draft any more').toHaveURL(new RegExp(`/register/${first}$`))
})

test('two verifiers sign: the first alone leaves it pending, Serbia’s own is refused, the second decides', async ({ as }) => {
  const austrian = await as(AUSTRIAN)
  await austrian.goto('/verify')
  await checkPage(austrian, { heading: 'Verify' })
  await austrian.getByRole('link', { name: number, exact: true }).click()
  await expect(austrian.getByText(PURPOSE)).toBeVisible()
  await austrian.getByRole('radio', { name: 'Discrepant' }).check()
  await austrian.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(austrian.getByRole('alert').getByRole('link', { name: /Say what was found/ }), 'a remark is required').toBeVisible()
  await expect(austrian.getByRole('radio', { name: 'Discrepant' })).toBeChecked()
  await checkPage(austrian)
  await austrian.getByRole('radio', { name: 'Verified', exact: true }).check()
  await austrian.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(austrian.getByText('You signed “verified”')).toBeVisible()
  await austrian.goto(`/register/${newest}`)
  await expect(austrian.getByText('1 of 2 signatures').first()).toBeVisible()

  const own = await as(OF.RS.verifier)
  await own.goto('/verify')
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Verify')
  await expect(own.getByRole('link', { name: number, exact: true })).toHaveCount(0)
  await own.goto(`/verify/${newest}`)
  await expect(own.getByText('A verifier never verifies the entries of their own participant.')).toBeVisible()
  await expect(own.getByRole('button', { name: 'Sign', exact: true })).toHaveCount(0)
  const refused = await own.request.post(`/api/v1/filings/${newest}/verify`, { data: { decision: 'verified' } })
  expect(refused.status()).toBe(403)

  const swiss = await as(SWISS)
  await swiss.goto(`/verify/${newest}`)
  await swiss.getByRole('radio', { name: 'Verified', exact: true }).check()
  await fill(swiss, { Remark: 'Three aircraft seen; serial numbers agree with the filing.' })
  await swiss.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(swiss.getByText('You signed “verified”')).toBeVisible()
  await swiss.goto(`/register/${newest}`)
  await expect(swiss.getByRole('region', { name: 'Verification' })).toContainText('Verified')
  await expect(swiss.getByRole('list', { name: 'Signatures' }).locator(':scope > li')).toHaveCount(2)
  await checkPage(swiss)
})

test('the observer reads the purpose, the public reads public fields only, on the page and over the API', async ({ as }) => {
  const observer = await as(OBSERVER)
  await observer.goto(`/register/${newest}`)
  await expect(observer.getByText(PURPOSE)).toBeVisible()
  await expect(observer.getByText('Three aircraft seen; serial numbers agree with the filing.')).toBeVisible()
  expect(await observer.content()).not.toContain('2,850,000,000')
  await checkPage(observer)

  const visitor = await as(null)
  await visitor.goto(`/register?q=${number}`)
  await visitor.getByRole('link', { name: number, exact: true }).click()
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Serbia: 12 Rafale F3-R from France, first delivery, 3 delivered')
  await expect(visitor.getByText('Verified').first()).toBeVisible()
  await expect(visitor.getByText(/purpose are for observers and participants\. Value is for participants\./)).toBeVisible()
  await checkPage(visitor)
  const secrets = ['2,700,000,000', '2700000000', '2,850,000,000', '2850000000', 'MiG-29 leaves service', 'Air policing', daysAgo(10), 'Inspector, Switzerland', 'serial numbers']
  for (const id of [first, newest]) {
    for (const address of [`/register/${id}`, `/api/v1/filings/${id}`, `/api/v1/filings/${id}/history`]) {
      const answer = await visitor.request.get(address)
      expect(answer.status()).toBe(200)
      const source = await answer.text()
      expect(source).toContain('Rafale F3-R')
      expect(secrets.filter((secret) => source.includes(secret)), `what the public must not read at ${address}`).toEqual([])
    }
  }
})

test('a withdrawal closes the entry with a reason, and every version stays readable', async ({ as }) => {
  const submitter = await as(OF.RS.submitter)
  await openForm(submitter, `/filings/${newest}/withdraw`)
  await checkPage(submitter, { heading: `Withdraw ${number}` })
  await expect(field(submitter, 'Reason')).toHaveAccessibleDescription(/^The public reads it/)
  await fill(submitter, { Reason: 'The contract was terminated by agreement.' })
  const last = await sendToApprover(submitter)
  const approver = await as(OF.RS.approver)
  await release(approver, last)
  await expect(approver.getByText(/^Withdrawn on \w{3} \d{4}-\d\d-\d\d \d\d:\d\d UTC$/)).toBeVisible()
  await expect(approver.getByText('The contract was terminated by agreement.').first()).toBeVisible()
  await expect(approver.getByRole('list', { name: 'Versions, newest first' }).locator(':scope > li')).toHaveCount(4)
  await checkPage(approver)
})
