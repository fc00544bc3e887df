import { randomBytes, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { and, eq, isNull } from 'drizzle-orm'
import { ROLES } from '../lib/auth/policy.ts'
import { hashPassword, newToken, tokenHash } from '../lib/auth/secrets.ts'
import { database, type Tx } from '../lib/db/client.ts'
import { credentials, roleGrants, sessions, users } from '../lib/db/schema.ts'
import { appendLeaves } from '../lib/log/append.ts'
import { isParticipant } from '../lib/participants/rules.ts'
import { grantLeaf } from '../lib/users/leaves.ts'
import { MIN_PASSWORD } from '../lib/users/rules.ts'

const USAGE = `npm run account -- add --email A --name N --role R --affiliation F [--participant P]   the password is asked for
npm run account -- password --email A          a new one is asked for; open sessions end
npm run account -- key --email A --label L      prints a new API key once; only its hash is stored
npm run account -- revoke --email A [--label L] ends the keys with that label, or every key and session
Run by whoever owns the database. Roles: ${ROLES.filter((role) => role !== 'public').join(', ')}.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(['email', 'name', 'role', 'affiliation', 'participant', 'label'].map((name) => [name, { type: 'string' as const }])),
})
const stop = (message: string): never => {
  console.error(`${message}\n\n${USAGE}`)
  process.exit(1)
}
const need = (name: string): string => (values[name] as string | undefined)?.trim() || stop(`--${name} is missing.`)

const askPassword = async (): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const password = await lines.question(`Password, at least ${MIN_PASSWORD} characters: `)
  lines.close()
  return password.length >= MIN_PASSWORD ? password : stop(`The password needs at least ${MIN_PASSWORD} characters.`)
}

const accountOf = async (tx: Tx, email: string): Promise<string> => {
  const [found] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
  return found?.id ?? stop(`There is no account ${email}.`)
}

const add = async (): Promise<void> => {
  const [email, name, role, affiliation] = [need('email').toLowerCase(), need('name'), need('role'), need('affiliation')]
  const participant = (values.participant as string | undefined) ?? null
  if (!ROLES.some((known) => known === role && known !== 'public')) stop(`“${role}” is not a role.`)
  if (participant !== null && !isParticipant(participant)) stop(`“${participant}” is not a participant.`)
  if ((role === 'submitter' || role === 'approver') && !participant) stop('A submitter or an approver belongs to a participant.')
  const passwordHash = await hashPassword(await askPassword())
  const [id, at] = [randomUUID(), new Date().toISOString()]
  const about = { role: role as 'submitter', participant: participant as 'RS' | null }
  await (await database()).transaction('owner', async (tx) => {
    const made = await tx.insert(users).values({ id, email, name, affiliation, ...about, createdAt: at }).onConflictDoNothing().returning({ id: users.id })
    if (made.length === 0) stop(`There is an account ${email} already.`)
    await tx.insert(credentials).values({ userId: id, passwordHash, changedAt: at })
    const grant = { id: randomUUID(), userId: id, ...about, granted: true, by: 'database owner', at, salt: randomBytes(32) }
    await tx.insert(roleGrants).values(grant)
    await appendLeaves(tx, [grantLeaf(grant)])
  })
  console.log(`Added ${email} as ${role}${participant ? ` of ${participant}` : ''}.`)
}

const key = async (): Promise<void> => {
  const [email, label] = [need('email').toLowerCase(), need('label')]
  const token = newToken()
  const at = new Date().toISOString()
  await (await database()).transaction('owner', async (tx) => {
    const userId = await accountOf(tx, email)
    await tx.insert(sessions).values({ id: randomUUID(), tokenHash: tokenHash(token), userId, kind: 'api_key', label, createdAt: at, lastSeenAt: at })
  })
  console.log(token)
}

const end = (tx: Tx, userId: string, which: { kind?: 'browser' | 'api_key'; label?: string }) => {
  const chosen = [which.kind && eq(sessions.kind, which.kind), which.label && eq(sessions.label, which.label)].filter((one) => typeof one === 'object')
  const open = and(eq(sessions.userId, userId), isNull(sessions.revokedAt), ...chosen)
  return tx.update(sessions).set({ revokedAt: new Date().toISOString() }).where(open).returning({ id: sessions.id })
}

const changePassword = async (): Promise<void> => {
  const email = need('email').toLowerCase()
  const passwordHash = await hashPassword(await askPassword())
  await (await database()).transaction('owner', async (tx) => {
    const userId = await accountOf(tx, email)
    await tx.update(credentials).set({ passwordHash, changedAt: new Date().toISOString() }).where(eq(credentials.userId, userId))
    await end(tx, userId, { kind: 'browser' })
  })
  console.log(`Changed the password of ${email}.`)
}

const revoke = async (): Promise<void> => {
  const email = need('email').toLowerCase()
  const label = values.label as string | undefined
  const ended = await (await database()).transaction('owner', async (tx) => end(tx, await accountOf(tx, email), label ? { kind: 'api_key', label } : {}))
  console.log(`Ended ${ended.length} of ${email}.`)
}

const ACTIONS: Record<string, () => Promise<void>> = { add, password: changePassword, key, revoke }
await (ACTIONS[positionals[0] ?? ''] ?? (() => stop(`Say ${Object.keys(ACTIONS).join(', ')}.`)))()
await (await database()).close()
