import { describe, expect, test } from 'vitest'
import { submitFiling } from '../../lib/filings/commands.ts'
import { changeFourEyes } from '../../lib/participants/commands.ts'
import { listFourEyes } from '../../lib/participants/queries.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { codeOf, count } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

const register = useRegister()
const secretariat = () => as('secretariat')
const asked = async () => (await listFourEyes(secretariat(), {})).filter(({ fourEyes }) => fourEyes).map(({ code }) => code)
const set = (participant: ParticipantCode, fourEyes: boolean) => changeFourEyes(secretariat(), { participant, fourEyes })
const statusOf = async (participant: string) =>
  (await submitFiling(as(`${participant.toLowerCase()}-submitter`), an.acquisition(participant) as never)).filing.status

describe('four eyes', () => {
  test('are listed for all seven by their designation, as they are now and not as they were kept', async () => {
    expect((await listFourEyes(secretariat(), {})).map(({ designation }) => designation)).toContain('Kosovo*')
    expect(await asked()).toEqual(['HR', 'RS'])
    await set('XK', true)
    await set('HR', false)
    expect(await asked()).toEqual(['XK', 'RS'])
    await set('XK', false)
    await set('HR', true)
    expect(await asked()).toEqual(['HR', 'RS'])
  })

  test('hold from the next filing on, for the one participant', async () => {
    expect([await statusOf('ME'), await statusOf('MK')]).toEqual(['filed', 'filed'])
    await set('ME', true)
    expect([await statusOf('ME'), await statusOf('MK')]).toEqual(['awaiting_approval', 'filed'])
    await set('ME', false)
    expect(await statusOf('ME')).toBe('filed')
  })

  test('are for the secretariat to see and to change, and each change is on record', async () => {
    const before = await count(register(), 'audit_events', "type = 'participant.four_eyes' and outcome = 'done'")
    for (const who of ['rs-approver', 'rs-submitter', 'rs-verifier', 'observer']) {
      expect(await codeOf(listFourEyes(as(who), {}))).toBe('forbidden')
      expect(await codeOf(changeFourEyes(as(who), { participant: 'RS', fourEyes: false }))).toBe('forbidden')
    }
    await set('BA', true)
    expect(await count(register(), 'audit_events', "type = 'participant.four_eyes' and outcome = 'done'")).toBe(before + 1)
    expect(await count(register(), 'audit_events', "type = 'participant.four_eyes' and outcome = 'done' and subject = 'BA'")).toBe(1)
  })
})
