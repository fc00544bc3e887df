import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { hashPassword, tokenHash } from '../auth/secrets.ts'
import type { Role } from '../auth/policy.ts'
import { submitFiling, withdrawFiling } from '../filings/commands.ts'
import { appendLeaves } from '../log/append.ts'
import type { Json } from '../log/canonical.ts'
import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { DESIGNATION } from '../participants/rules.ts'
import { CATEGORIES } from '../taxonomy/rules.ts'
import { DEFAULT_OBLIGATIONS } from '../schedule/rulebook.ts'
import { DEFAULT_RULES } from '../thresholds/rulebook.ts'
import { ceilingLeaf, ruleLeaf } from '../thresholds/leaves.ts'
import { grantLeaf } from '../users/leaves.ts'
import type { Connection } from './client.ts'
import { loadHistory, readBorders, readCeilings, readIncidents, readParticipants } from './history.ts'
import { adjacency, categories, ceilings, credentials, incidents, obligationRules, participants, roleGrants, rules, sessions, users } from './schema.ts'

/** What the register needs before anyone files: participants, adjacency, categories, the default rulebook, ceilings. Adds what is missing, changes nothing. */
export const seedReference = async (connection: Connection): Promise<void> => {
  await connection.transaction('owner', async (tx) => {
    await tx.insert(participants).values(readParticipants().map(({ code, designation, capital, florenceParty, source }) => ({ code, designation, capital, florenceParty, source }))).onConflictDoNothing()
    await tx.insert(categories).values(CATEGORIES.map(({ code, title, definition, group }, position) => ({ code, title, definition, group, position }))).onConflictDoNothing()
    await tx.insert(adjacency).values(readBorders().map((row) => ({ ...row, validFrom: '1995-01-01' }))).onConflictDoNothing()
    const ruled = await tx.insert(rules).values(DEFAULT_RULES.map((rule) => ({ ...rule, recipients: [...rule.recipients], allFor: rule.allFor ? [...rule.allFor] : null }))).onConflictDoNothing().returning()
    const limited = await tx.insert(ceilings).values(readCeilings()).onConflictDoNothing().returning()
    await tx.insert(obligationRules).values([...DEFAULT_OBLIGATIONS]).onConflictDoNothing()
    const leaves = [...ruled.map(ruleLeaf), ...limited.map(ceilingLeaf)]
    if (leaves.length > 0) await appendLeaves(tx, leaves)
  })
}

export const DEMO_PASSWORD = 'demo-password-2026'
type DemoAccount = { email: string; name: string; role: Exclude<Role, 'public'>; participant: ParticipantCode | null; affiliation: string; key: string }

const ministry = (code: ParticipantCode): DemoAccount[] => {
  const lower = code.toLowerCase()
  const of = (role: 'submitter' | 'approver' | 'verifier', what: string): DemoAccount => ({
    email: `${role}@${lower}.demo`, name: `${what}, ${DESIGNATION[code]}`, role, participant: code, affiliation: DESIGNATION[code], key: `demo-${lower}-${role}`,
  })
  return [of('submitter', 'Arms-control officer'), of('approver', 'Head of verification centre'), of('verifier', 'Inspector')]
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  ...PARTICIPANTS.flatMap(ministry),
  { email: 'verifier1@at.demo', name: 'Inspector, Austria', role: 'verifier', participant: null, affiliation: 'Austria, for the OSCE', key: 'demo-verifier1' },
  { email: 'verifier2@ch.demo', name: 'Inspector, Switzerland', role: 'verifier', participant: null, affiliation: 'Switzerland, for the OSCE', key: 'demo-verifier2' },
  { email: 'observer@osce.demo', name: 'Observer, OSCE', role: 'observer', participant: null, affiliation: 'OSCE', key: 'demo-observer' },
  { email: 'secretariat@batp.demo', name: 'Secretariat', role: 'secretariat', participant: null, affiliation: 'Secretariat', key: 'demo-secretariat' },
]

const FOUR_EYES: readonly ParticipantCode[] = ['RS', 'HR']

/** Accounts and keys of the demonstration. Their password and keys are printed for everyone: never outside the demonstration. */
export const seedDemoAccounts = async (connection: Connection): Promise<void> => {
  const at = new Date().toISOString()
  const made = await Promise.all(DEMO_ACCOUNTS.map(async (account) => ({ ...account, id: randomUUID(), passwordHash: await hashPassword(DEMO_PASSWORD) })))
  await connection.transaction('owner', async (tx) => {
    await tx.insert(users).values(made.map(({ id, email, name, role, participant, affiliation }) => ({ id, email, name, role, participant, affiliation, createdAt: at })))
    await tx.insert(credentials).values(made.map(({ id, passwordHash }) => ({ userId: id, passwordHash, changedAt: at })))
    const grants = made.map(({ id, role, participant }) => ({ id: randomUUID(), userId: id, role, participant, granted: true, by: 'demonstration', at, salt: randomBytes(32) }))
    await tx.insert(roleGrants).values(grants)
    await tx.insert(sessions).values(made.map(({ id, key }) => ({
      id: randomUUID(), tokenHash: tokenHash(key), userId: id, kind: 'api_key' as const, label: 'demonstration', createdAt: at, lastSeenAt: at,
    })))
    await tx.execute(sql`update participants set four_eyes = code in (${sql.join(FOUR_EYES.map((code) => sql`${code}`), sql`, `)})`)
    await appendLeaves(tx, grants.map(grantLeaf))
  })
}

/** History from open sources, filed by its participants through the same command as any filing, at its historic dates. */
export const loadHistoricFilings = async (progress: (done: number, of: number) => void = () => {}): Promise<number> => {
  const history = loadHistory()
  const idOf = new Map<string, string>()
  for (const [index, { ref, participant, kind, payload, filedAt, follows, withdrawn }] of history.entries()) {
    const caller = { credential: `demo-${participant.toLowerCase()}-submitter`, requestId: `history-${ref}`, ip: null, strict: true, now: new Date(filedAt), historic: true }
    const previous = follows ? { previous: idOf.get(follows)! } : {}
    const { filing } = await submitFiling(caller, { kind, participant, payload: { ...payload, ...previous } as Record<string, Json> })
    idOf.set(ref, filing.id)
    if (withdrawn) await withdrawFiling({ ...caller, now: new Date(withdrawn.at) }, { id: filing.id, reason: withdrawn.reason })
    if (index % 25 === 24) progress(index + 1, history.length)
  }
  return history.length
}

/** What third parties report, beside the history that is filed: nobody files incidents. Adds what is missing, changes nothing. */
export const seedIncidents = async (connection: Connection): Promise<void> => {
  await connection.transaction('owner', (tx) => tx.insert(incidents).values(readIncidents()).onConflictDoNothing())
}
