import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD, seedReference } from '../../lib/db/seed.ts'
import { installQueue } from '../../lib/jobs/queue.ts'
import { listParticipants } from '../../lib/participants/queries.ts'
import { byDesignation, DESIGNATION, PARTICIPANTS } from '../../lib/participants/rules.ts'
import { env } from '../../lib/shared/env.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'
import { listCeilings, listRules } from '../../lib/thresholds/queries.ts'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { signIn } from '../../lib/users/commands.ts'
import { getViewer } from '../../lib/users/queries.ts'
import { count } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'

const register = useRegister()

describe('the reference data', () => {
  test('has the seven by their designations, and adjacency that is mutual and nobody’s own', async () => {
    const people = await listParticipants(as(null), {})
    expect(people.map(({ code, designation }) => [code, designation])).toEqual(PARTICIPANTS.map((code) => [code, DESIGNATION[code]]))
    for (const { code, neighbours } of people) {
      expect(neighbours).not.toContain(code)
      expect(neighbours).toEqual(neighbours.toSorted(byDesignation))
      for (const neighbour of neighbours) expect(people.find((other) => other.code === neighbour)!.neighbours).toContain(code)
    }
    expect(people.find(({ code }) => code === 'RS')!.neighbours).toEqual(['BA', 'HR', 'XK', 'ME', 'MK'])
  })

  test('has the whole rulebook in force since 1995, each rule with its basis and decision', async () => {
    const rules = await listRules(as(null), {})
    expect(rules.map(({ id, version }) => `${id} ${version}`).toSorted()).toEqual(
      DEFAULT_RULES.map(({ id, version }) => `${id} ${version}`).toSorted(),
    )
    for (const { basis, decision, validFrom } of rules)
      expect([basis.length > 5, decision.length > 5, validFrom]).toEqual([true, true, '1995-01-01'])
  })

  test('has ceilings with their source; who is not a party has none, which is not zero', async () => {
    for (const { party, ceilings } of await listCeilings(as(null), {})) {
      for (const { source, ceiling } of ceilings) expect([source.length > 5, ceiling !== 0]).toEqual([true, true])
      if (!party) expect(ceilings.filter(({ ceiling }) => ceiling !== null)).toEqual([])
    }
    expect(await count(register(), 'categories')).toBe(CATEGORY_CODES.length)
  })

  test('is added once: migrating and seeding again changes nothing, not even what was changed since', async () => {
    await register().owner.execute(sql`update participants set four_eyes = false where code = 'HR'`)
    const digest = () =>
      rows(
        register().owner,
        sql`select (select md5(string_agg(p::text, '' order by code)) from participants p) as p,
      (select md5(string_agg(r::text, '' order by id)) from rules r) as r,
      (select md5(string_agg(c::text, '' order by c::text)) from ceilings c) as c,
      (select md5(string_agg(a::text, '' order by a::text)) from adjacency a) as a,
      (select count(*)::int from pgboss.queue) as q, (select value from settings where key = 'auth_secret_hash') as s`,
      )
    const before = await digest()
    await migrateDatabase(register(), env().secret)
    await installQueue(register())
    await seedReference(register())
    expect(await digest()).toEqual(before)
  })
})

describe('the demonstration’s accounts', () => {
  test('are those that the design names: ministries and verifiers of the seven, and the four of none', () => {
    const emails = DEMO_ACCOUNTS.map(({ email }) => email)
    for (const code of ['al', 'ba', 'hr', 'xk', 'me', 'mk', 'rs'])
      for (const role of ['submitter', 'approver', 'verifier']) expect(emails).toContain(`${role}@${code}.demo`)
    expect(emails.filter((email) => !/^(submitter|approver|verifier)@(al|ba|hr|xk|me|mk|rs)\.demo$/.test(email))).toEqual([
      'verifier1@at.demo',
      'verifier2@ch.demo',
      'observer@osce.demo',
      'secretariat@batp.demo',
    ])
  })

  test.each(DEMO_ACCOUNTS)('$email signs in, and its key is the same person', async ({ email, key, role, participant }) => {
    const { token } = await signIn(as(null), { email, password: DEMO_PASSWORD })
    expect(await getViewer(as(null, { credential: token }), {})).toMatchObject({ role, participant })
    expect(await getViewer(as(key.replace('demo-', '')), {})).toMatchObject({ role, participant, email })
  })
})
