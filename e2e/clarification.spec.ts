import type { Page } from '@playwright/test'
import { checkPage } from './support/check.ts'
import { OF, SECRETARIAT } from './support/people.ts'
import { field, fileWith, RUN } from './support/pages.ts'
import { expect, test } from './support/test.ts'

const TITLE = `Troops near the Una ${RUN}`
const state = (page: Page, words: string) => expect(page.locator('main')).toContainText(words)

test('a participant asks another, finds the reply insufficient and calls a meeting; until then nobody else knows', async ({ as }) => {
  const bosnian = await as(OF.BA.submitter)
  await bosnian.goto('/clarifications')
  await bosnian.getByRole('link', { name: 'Ask a participant' }).click()
  await bosnian.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(bosnian.getByRole('alert').filter({ hasText: 'to correct' })).toContainText('State which participant is asked')
  await field(bosnian, 'Who is asked').selectOption({ label: 'Croatia' })
  await field(bosnian, 'What it is about').fill(TITLE)
  await field(bosnian, 'What was seen or read').fill('About 900 troops and 12 guns, 15 km from the line, outside their peacetime locations.')
  await bosnian.getByRole('button', { name: 'Ask', exact: true }).click()
  await bosnian.waitForURL(/\/clarifications\/[0-9a-f-]{36}$/)
  await expect(bosnian.getByRole('heading', { level: 1 })).toHaveText(TITLE)
  await state(bosnian, 'Waiting for the reply')
  await state(bosnian, 'Bosnia and Herzegovina and Croatia alone.')
  await expect(bosnian.getByText(/^47 hours 5\d minutes left$/)).toBeVisible()
  await checkPage(bosnian)
  const address = new URL(bosnian.url()).pathname

  const serbian = await as(OF.RS.submitter)
  await serbian.goto(address)
  await expect(serbian.getByRole('heading', { level: 1 })).not.toHaveText(TITLE)

  const croatian = await as(OF.HR.approver)
  await croatian.goto('/inbox')
  await croatian.getByRole('link', { name: /Bosnia and Herzegovina asks Croatia for clarification$/ }).first().click()
  await expect(croatian.getByRole('heading', { level: 1 })).toHaveText(TITLE)
  await croatian.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect(croatian.getByRole('alert').filter({ hasText: 'to correct' })).toContainText('Answer it, or withhold it with a reason')
  const answers = { 'Aim of the activity': 'A readiness check.', 'Exact place': 'The range near Dvor.', 'End date': '2027-03-09', 'Number of personnel': '870', 'Types and numbers of equipment': '12 howitzers.' }
  for (const [label, answer] of Object.entries(answers)) await field(croatian, label).fill(answer)
  await field(croatian, 'Formations and units, and whose they are').fill('Force protection')
  await croatian.getByRole('checkbox', { name: /^Withheld/ }).nth(3).check()
  await croatian.getByRole('button', { name: 'Reply', exact: true }).click()
  await state(croatian, 'Croatia replied, in time')
  await state(croatian, 'withheld: Force protection')
  await checkPage(croatian)

  await bosnian.reload()
  await state(bosnian, 'Answered')
  await bosnian.locator('summary', { hasText: 'The reply is not enough' }).click()
  await field(bosnian, 'What is missing').fill('The units are not named.')
  await bosnian.getByRole('button', { name: 'Find the reply insufficient' }).click()
  await state(bosnian, 'Reply insufficient')
  await bosnian.getByRole('button', { name: 'Call a meeting' }).click()
  await state(bosnian, 'Meeting called')
  await state(bosnian, 'Every participant, verifiers and the secretariat.')

  await serbian.goto(address)
  await expect(serbian.getByRole('heading', { level: 1 })).toHaveText(TITLE)
  await state(serbian, 'Bosnia and Herzegovina called a meeting')
  await expect(serbian.getByRole('button', { name: /Reply|Close|Record/ })).toHaveCount(0)
  const secretariat = await as(SECRETARIAT)
  await secretariat.goto('/inbox')
  await expect(secretariat.getByText(TITLE).first()).toBeVisible()

  await croatian.reload()
  await field(croatian, 'When and where it was held, who took part, what came of it').fill('By video; the guns are withdrawn.')
  await croatian.getByRole('button', { name: 'Record the meeting' }).click()
  await state(croatian, 'Meeting held')
  await bosnian.reload()
  await bosnian.locator('summary', { hasText: 'Close it' }).click()
  await bosnian.getByRole('radio', { name: 'The meeting explained it' }).check()
  await field(bosnian, 'Reason').fill('The withdrawal was seen.')
  await bosnian.getByRole('button', { name: 'Close it' }).click()
  await state(bosnian, 'The meeting explained it.')
  await checkPage(bosnian)

  const reader = await as(null)
  await reader.goto('/log')
  await expect(reader.getByRole('table').getByText('Meeting called').first()).toBeVisible()
  await expect(reader.getByRole('row').filter({ hasText: 'Meeting called' }).first()).toContainText('Between participants')
})

test('from the page of a filing its participant is asked about it; the page then leads the two to the request, and no third', async ({ as, request }) => {
  const { id, number } = await fileWith(request, 'demo-me-submitter', 'ME')
  const bosnian = await as(OF.BA.approver)
  await bosnian.goto(`/register/${id}`)
  await bosnian.getByRole('link', { name: 'Ask for clarification' }).click()
  await expect(bosnian.getByText('Asked is Montenegro, about its filing.')).toBeVisible()
  await expect(field(bosnian, 'What it is about')).toHaveValue(new RegExp(`^${number}: `))
  await field(bosnian, 'What was seen or read').fill('The number is larger than what was announced in May.')
  await bosnian.getByRole('button', { name: 'Ask', exact: true }).click()
  await bosnian.waitForURL(/\/clarifications\/[0-9a-f-]{36}$/)
  const asked = new URL(bosnian.url()).pathname
  await expect(bosnian.getByRole('main').getByRole('link', { name: String(number) })).toHaveAttribute('href', `/register/${id}`)

  const listed = (page: Page) => page.getByRole('region', { name: 'Clarifications' }).locator(`a[href="${asked}"]`)
  const montenegrin = await as(OF.ME.submitter)
  await montenegrin.goto(`/register/${id}`)
  await expect(listed(montenegrin)).toBeVisible()
  await expect(montenegrin.getByRole('region', { name: 'Clarifications' })).toContainText('Waiting for the reply')
  await checkPage(montenegrin)
  const albanian = await as(OF.AL.submitter)
  await albanian.goto(`/register/${id}`)
  await expect(albanian.getByRole('heading', { level: 1 })).toContainText('Montenegro')
  await expect(listed(albanian)).toHaveCount(0)
})
