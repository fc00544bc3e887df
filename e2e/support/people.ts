import { expect, type Page } from '@playwright/test'
import type { Role } from '../../lib/auth/policy.ts'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'

export const PASSWORD = 'demo-password-2026'

export type Person = { email: string; role: Role; name: string }
type Ministry = Record<'submitter' | 'approver' | 'verifier', Person>

const ministry = (code: ParticipantCode): Ministry => {
  const of = (role: keyof Ministry, what: string): Person => ({ email: `${role}@${code.toLowerCase()}.demo`, role, name: `${what}, ${DESIGNATION[code]}` })
  return { submitter: of('submitter', 'Arms-control officer'), approver: of('approver', 'Head of verification centre'), verifier: of('verifier', 'Inspector') }
}

/** The people of the demonstration, by participant. Serbia and Croatia work with four eyes. */
export const OF = Object.fromEntries(PARTICIPANTS.map((code) => [code, ministry(code)])) as Record<ParticipantCode, Ministry>
export const AUSTRIAN: Person = { email: 'verifier1@at.demo', role: 'verifier', name: 'Inspector, Austria' }
export const SWISS: Person = { email: 'verifier2@ch.demo', role: 'verifier', name: 'Inspector, Switzerland' }
export const OBSERVER: Person = { email: 'observer@osce.demo', role: 'observer', name: 'Observer, OSCE' }
export const SECRETARIAT: Person = { email: 'secretariat@batp.demo', role: 'secretariat', name: 'Secretariat' }

export const typeCredentials = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Through the real form, as a person does it. */
export const signIn = async (page: Page, person: Person, next = '/workspace'): Promise<void> => {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await typeCredentials(page, person.email, PASSWORD)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { waitUntil: 'commit' })
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}
