import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { troubleOf, watch } from './check.ts'
import { signIn, type Person } from './people.ts'

type Open = (person: Person | null, options?: BrowserContextOptions) => Promise<Page>

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

/**
 * `as(person)` opens a browser of their own: signed in through the form the first time, with the same session after that. `as(null)` is the
 * public. Whatever a browser complains about on its console fails the test.
 */
export const test = base.extend<{ as: Open }>({
  as: async ({ browser }, use) => {
    const opened: Page[] = []
    const open: Open = async (person, options = {}) => {
      const known = person ? sessions.get(person.email) : undefined
      const context = await browser.newContext({ ...options, ...(known ? { storageState: known } : {}) })
      const page = watch(await context.newPage())
      opened.push(page)
      if (person && !known) {
        await signIn(page, person)
        sessions.set(person.email, await context.storageState())
      }
      return page
    }
    await use(open)
    const trouble = opened.flatMap(troubleOf)
    await Promise.all(opened.map((page) => page.context().close()))
    base.expect(trouble, 'what the browsers complained about').toEqual([])
  },
})

export { expect } from '@playwright/test'
