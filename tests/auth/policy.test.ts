import { describe, expect, test } from 'vitest'
import { may, POLICY, ROLES, type Permission } from '../../lib/auth/policy.ts'

/** Who may do what, written down a second time: a change of the policy has to be made twice. */
const TABLE = `
  permission              public  observer  submitter  approver  verifier  secretariat
  register.read           yes     yes       yes        yes       yes       yes
  reference.read          yes     yes       yes        yes       yes       yes
  obligation.read         yes     yes       yes        yes       yes       yes
  log.read                yes     yes       yes        yes       yes       yes
  witness.name            -       -         -          yes       -         yes
  account.sign_in         yes     yes       yes        yes       yes       yes
  account.self            yes     yes       yes        yes       yes       yes
  workspace.read          -       yes       yes        yes       yes       yes
  draft.read              -       -         yes        yes       -         -
  draft.write             -       -         yes        yes       -         -
  filing.preview          -       -         yes        yes       -         -
  filing.submit           -       -         yes        yes       -         -
  filing.release          -       -         -          yes       -         -
  filing.return           -       -         -          yes       -         -
  filing.verify           -       -         -          -         yes       -
  alert.read              -       yes       yes        yes       yes       yes
  alert.acknowledge       -       -         yes        yes       yes       yes
  clarification.read      -       -         yes        yes       yes       yes
  clarification.act       -       -         yes        yes       -         -
  watch.change            -       -         yes        yes       -         -
  invitation.read         -       -         yes        yes       yes       yes
  invitation.answer       -       -         yes        yes       -         -
  observation.write       -       -         yes        yes       -         -
  delivery.read           -       -         -          -         -         yes
  audit.read              -       -         -          -         -         yes
  account.read            -       -         -          -         -         yes
  account.administer      -       -         -          -         -         yes
  participant.administer  -       -         -          -         -         yes`

const [head, ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const roles = head!.slice(1)

describe('the policy', () => {
  test('knows these roles and permissions, and no others', () => {
    expect(roles).toEqual(ROLES)
    expect(lines.map(([permission]) => permission)).toEqual(Object.keys(POLICY))
  })

  test.each(lines)('%s', (permission, ...cells) => {
    expect(ROLES.map((role) => (may(role, permission as Permission) ? 'yes' : '-'))).toEqual(cells)
  })

  test('lets nobody but the secretariat see accounts, deliveries and the audit, and nobody at all change a filing', () => {
    expect(Object.keys(POLICY).filter((permission) => /delete|edit|unlock|impersonate/.test(permission))).toEqual([])
  })
})
