import type { Page } from '@playwright/test'
import { checkPage, tolerate } from './support/check.ts'
import { OF, PASSWORD, SECRETARIAT, typeCredentials, type Person } from './support/people.ts'
import { expect, test } from './support/test.ts'

// Nobody else's journey signs in as them, nor files for their participant.
const PERSON: Person = OF.BA.verifier
const MINISTRY = 'Montenegro'

const rowOf = (page: Page, table: string, name: RegExp | string) => page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name })

/** Opens what would happen, and confirms it. */
const change = async (page: Page, row: ReturnType<typeof rowOf>, offer: string, confirm: string): Promise<void> => {
  await expect(row.getByRole('button')).toBeHidden()
  await row.getByText(offer, { exact: false }).first().click()
  await row.getByRole('button', { name: confirm }).click()
}

test('the secretariat disables an account after saying so twice, and enables it again', async ({ as }) => {
  const page = await as(SECRETARIAT)
  await page.goto('/secretariat/accounts')
  await checkPage(page, { heading: 'Accounts' })
  const row = rowOf(page, 'Accounts', PERSON.email)
  await change(page, row, 'Disable', 'Disable the account')
  await expect(row.getByText('Disabled', { exact: true })).toBeVisible()
  await expect(row.getByRole('group')).not.toHaveAttribute('open')
  await expect(row.locator('summary')).toBeFocused()
  await checkPage(page)

  const visitor = await as(null)
  tolerate(visitor, /401.*\/api\/auth\/callback/)
  await visitor.goto('/sign-in')
  await typeCredentials(visitor, PERSON.email, PASSWORD)
  await expect(visitor.getByRole('alert').getByRole('heading', { name: 'Not signed in' })).toBeVisible()

  await change(page, row, 'Enable', 'Enable the account')
  await expect(row.getByText('Active', { exact: true })).toBeVisible()
  await expect(rowOf(page, 'Accounts', SECRETARIAT.email).locator('summary')).toHaveCount(0)
})

test('four eyes are switched on and off where no script runs', async ({ as }) => {
  await as(SECRETARIAT) // signs in, which does need a script
  const page = await as(SECRETARIAT, { javaScriptEnabled: false })
  await page.goto('/secretariat/accounts')
  const row = rowOf(page, 'Four eyes', MINISTRY)
  await change(page, row, 'Ask for four eyes', 'Ask for four eyes')
  await expect(row.getByText('A second person releases', { exact: true })).toBeVisible()
  await change(page, row, 'Ask for one person only', 'Ask for one person only')
  await expect(row.getByText('One person files', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/secretariat\/accounts$/)
})
