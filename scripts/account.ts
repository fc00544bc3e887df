import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { ROLES } from '../lib/auth/policy.ts'
import { hashPassword, newToken, tokenHash } from '../lib/auth/secrets.ts'
import { database } from '../lib/db/client.ts'
import { credentials, roleGrants, sessions, users } from '../lib/db/schema.ts'
import { isParticipant } from '../lib/participants/rules.ts'
import { MIN_PASSWORD } from '../lib/users/rules.ts'

const USAGE = `npm run account -- add --email A --name N --role R --affiliation F [--participant P]   the password is asked for
npm run account -- key --email A --label L      prints a new API key once; only its hash is stored
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
    await tx.insert(users).values({ id, email, name, affiliation, ...about, createdAt: at })
    await tx.insert(credentials).values({ userId: id, passwordHash, changedAt: at })
    await tx.insert(roleGrants).values({ id: randomUUID(), userId: id, ...about, granted: true, by: 'database owner', at })
  })
  console.log(`Added ${email} as ${role}${participant ? ` of ${participant}` : ''}.`)
}

const key = async (): Promise<void> => {
  const [email, label] = [need('email').toLowerCase(), need('label')]
  const token = newToken()
  const at = new Date().toISOString()
  await (await database()).transaction('owner', async (tx) => {
    const [found] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
    if (!found) return stop(`There is no account ${email}.`)
    await tx.insert(sessions).values({ id: randomUUID(), tokenHash: tokenHash(token), userId: found.id, kind: 'api_key', label, createdAt: at, lastSeenAt: at })
  })
  console.log(token)
}

if (positionals[0] === 'add') await add()
else if (positionals[0] === 'key') await key()
else stop('Say add or key.')
await (await database()).close()
