import { sql, type SQL } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import { acknowledgedLeaf, issuedLeaf, type StoredAcknowledgement, type StoredAlert, type StoredNotice } from '../alerts/leaves.ts'
import { filingLeaves, type StoredFiling } from '../filings/leaves.ts'
import { leafData, type Leaf } from '../log/leaf.ts'
import { witnessLeaves, type StoredWitness } from '../log/leaves.ts'
import { actLeaf, askedLeaf, type StoredAct, type StoredClarification } from '../clarification/leaves.ts'
import { messageLeaf, outageLeaf, type StoredMessage, type StoredOutage } from '../messages/leaves.ts'
import { answeredLeaf, noteLeaf, type StoredNote, type StoredReply } from '../observation/leaves.ts'
import type { ObserverName } from '../observation/rules.ts'
import { reminderLeaf, type StoredReminder } from '../schedule/leaves.ts'
import { ceilingLeaf, ruleLeaf, type StoredCeiling, type StoredRule } from '../thresholds/leaves.ts'
import { grantLeaf, type StoredGrant } from '../users/leaves.ts'
import { decidedLeaf, signedLeaf, type StoredSignature } from '../verification/leaves.ts'
import { isDecided, statusFrom, type Signature } from '../verification/rules.ts'
import type { Reading } from '../log/publish.ts'
import { camel, type Finding } from './finding.ts'
import { belongingTo, EVERYTHING, fingerprintOf, remembered, within, type Memory, type Part, type Range } from './remembered.ts'

/** One row of what happened, by what people call it, with the leaves that must stand in the log for it. */
type Fact = { name: string; subject: string; leaves: Leaf[] }
type Source = {
  table: string
  /** What the log calls it. */
  id: SQL
  /** The id by which ranges of it are taken; of a small table all rows at once. */
  by?: SQL
  /** What `load` reads beside the rows of `batch`, the entries of the log, and what only names a row to people. */
  beside?: SQL[]
  load: SQL
  factsOf: (row: never) => Fact[]
}

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex')
type Salted<T> = Omit<T, 'salt'> & { salt: string | null }
const salted = <T>(row: Salted<T>): T => ({ ...camel(row as Record<string, unknown>), salt: bytes(row.salt ?? '') }) as T

const ofFiling = (row: Salted<StoredFiling> & { commitment: string }): Fact[] => {
  const { commitment, ...rest } = row
  const filing = salted<StoredFiling>(rest)
  const name = `${filing.number}, version ${filing.version}`
  if (row.salt === null) return [{ name: `${name}: the payload is missing;`, subject: filing.id, leaves: [] }]
  const leaves = filingLeaves(filing)
  const stated = leaves[0].commitment === commitment ? name : `${name}: the commitment beside it is not its own;`
  return [{ name: stated, subject: filing.id, leaves: stated === name ? leaves : [] }]
}

const ofNotice = ({ number, alerts, ...row }: Salted<StoredNotice> & { number: string; alerts: StoredAlert[] | null }): Fact[] => {
  const notice = salted<StoredNotice>(row)
  return [{ name: `The alert on ${number} to ${notice.addressee}`, subject: notice.id, leaves: [issuedLeaf(notice, (alerts ?? []).map((alert) => camel(alert) as StoredAlert))] }]
}

const ofAcknowledgement = (row: Salted<StoredAcknowledgement>): Fact[] => {
  const acknowledged = salted<StoredAcknowledgement>(row)
  return [{ name: `The acknowledgement by ${acknowledged.addressee} of ${acknowledged.at}`, subject: acknowledged.noticeId, leaves: [acknowledgedLeaf(acknowledged)] }]
}

/** All signatures under one version, in the order of the log: which of them decided follows from those before. */
const ofSignatures = ({ number, signatures }: { number: string; signatures: Salted<StoredSignature>[] }): Fact[] => {
  const signed = signatures.map((row) => salted<StoredSignature>(row))
  return signed.map((signature, at) => {
    const [before, after] = [at, at + 1].map((end) => statusFrom(signed.slice(0, end) as unknown as Signature[])) as [ReturnType<typeof statusFrom>, ReturnType<typeof statusFrom>]
    const decided = isDecided(after) && after !== before ? [decidedLeaf(signature, after)] : []
    return { name: `The signature by ${signature.verifierName} under ${number}`, subject: signature.id, leaves: [signedLeaf(signature), ...decided] }
  })
}

const WITH_SALT = sql`to_jsonb(t) - 'salt' || jsonb_build_object('salt', encode(t.salt, 'hex'))`

/** Each kind of official act: how to find it a batch at a time, and what the log must say of it. */
const SOURCES: Source[] = [
  {
    table: 'filings', id: sql`t.id`, by: sql`t.id`, factsOf: ofFiling, beside: [belongingTo(sql`select id from batch`, 'filing_payloads', 'filing_id')],
    load: sql`select to_jsonb(t) || jsonb_build_object('salt', encode(p.salt, 'hex'), 'payload', p.payload, 'drafted_by', p.drafted_by, 'drafted_by_name',
      p.drafted_by_name, 'released_by', p.released_by, 'released_by_name', p.released_by_name) as row from batch t left join filing_payloads p on p.filing_id = t.id`,
  },
  {
    table: 'notices', id: sql`t.id`, by: sql`t.filing_id`, factsOf: ofNotice, beside: [belongingTo(sql`select distinct filing_id as id from batch`, 'alerts', 'filing_id')],
    load: sql`select ${WITH_SALT} || jsonb_build_object('number', f.number, 'alerts', (select jsonb_agg(to_jsonb(a)) from alerts a
      where a.filing_id = t.filing_id and t.addressee = any(a.addressees))) as row from batch t left join filings f on f.id = t.filing_id`,
  },
  { table: 'acknowledgements', id: sql`t.notice_id`, by: sql`t.notice_id`, factsOf: ofAcknowledgement, load: sql`select ${WITH_SALT} as row from batch t` },
  {
    table: 'verifications', id: sql`t.id`, by: sql`t.filing_id`, factsOf: ofSignatures,
    load: sql`select jsonb_build_object('number', coalesce(min(f.number), 'filing ' || t.filing_id), 'signatures', jsonb_agg(${WITH_SALT} order by l.index, t.at)) as row
      from batch t left join filings f on f.id = t.filing_id left join log_leaves l on l.subject = t.id::text group by t.filing_id`,
  },
  {
    table: 'role_grants', id: sql`t.id`, load: sql`select ${WITH_SALT} as row from batch t`,
    factsOf: (row: Salted<StoredGrant>) => {
      const grant = salted<StoredGrant>(row)
      return [{ name: `The role ${grant.role} of account ${grant.userId}`, subject: grant.id, leaves: [grantLeaf(grant)] }]
    },
  },
  {
    table: 'rules', id: sql`t.id || '/' || t.version`, load: sql`select to_jsonb(t) as row from batch t`,
    factsOf: (row: Record<string, unknown>) => {
      const rule = camel(row) as StoredRule
      return [{ name: `Rule ${rule.id}, version ${rule.version}`, subject: `${rule.id}/${rule.version}`, leaves: [ruleLeaf(rule)] }]
    },
  },
  {
    table: 'ceilings', id: sql`t.participant || '/' || t.category || '/' || t.valid_from`, load: sql`select to_jsonb(t) as row from batch t`,
    factsOf: (row: Record<string, unknown>) => {
      const ceiling = camel(row) as StoredCeiling
      return [{ name: `The ceiling of ${ceiling.participant} in ${ceiling.category}`, subject: `${ceiling.participant}/${ceiling.category}/${ceiling.validFrom}`, leaves: [ceilingLeaf(ceiling)] }]
    },
  },
  {
    table: 'witnesses', id: sql`t.name`, load: sql`select to_jsonb(t) as row from batch t`,
    factsOf: (row: Record<string, unknown>) => {
      const witness = camel(row) as StoredWitness
      return [{ name: `The witness ${witness.name}`, subject: witness.name, leaves: witnessLeaves(witness) }]
    },
  },
  {
    table: 'reminders', id: sql`t.id`, load: sql`select to_jsonb(t) as row from batch t`,
    factsOf: (row: Record<string, unknown>) => {
      const reminder = camel(row) as StoredReminder
      return [{ name: `The reminder of ${reminder.obligation}, ${reminder.days} days`, subject: reminder.id, leaves: [reminderLeaf(reminder)] }]
    },
  },
  {
    table: 'clarifications', id: sql`t.id`, by: sql`t.id`, load: sql`select ${WITH_SALT} as row from batch t`,
    factsOf: (row: Salted<StoredClarification>) => {
      const asked = salted<StoredClarification>(row)
      return [{ name: `The request ${asked.id}`, subject: asked.id, leaves: [askedLeaf(asked)] }]
    },
  },
  {
    table: 'clarification_acts', id: sql`t.id`, by: sql`t.clarification_id`, load: sql`select ${WITH_SALT} as row from batch t`,
    factsOf: (row: Salted<StoredAct>) => {
      const act = salted<StoredAct>(row)
      return [{ name: `Act ${act.turn} on the request ${act.clarificationId}`, subject: act.id, leaves: [actLeaf(act)] }]
    },
  },
  {
    table: 'outages', id: sql`t.id`, load: sql`select to_jsonb(t) as row from batch t`,
    factsOf: (row: Record<string, unknown>) => {
      const outage = camel(row) as StoredOutage
      return [{ name: `The outage until ${outage.toAt}`, subject: outage.id, leaves: [outageLeaf(outage)] }]
    },
  },
  {
    table: 'messages', id: sql`t.id`, by: sql`t.id`, load: sql`select ${WITH_SALT} as row from batch t`,
    factsOf: (row: Salted<StoredMessage>) => {
      const message = salted<StoredMessage>(row)
      return [{ name: `The message ${message.id}`, subject: message.id, leaves: [messageLeaf(message)] }]
    },
  },
  {
    // The answer commits to whom it names, who are kept apart.
    table: 'invitation_replies', id: sql`t.id`, by: sql`t.id`, beside: [belongingTo(sql`select id from batch`, 'reply_names', 'reply_id')],
    load: sql`select ${WITH_SALT} || jsonb_build_object('names', coalesce((select n.names from reply_names n where n.reply_id = t.id), '[]'::jsonb)) as row from batch t`,
    factsOf: ({ names, ...row }: Salted<StoredReply> & { names: ObserverName[] }) => {
      const reply = salted<StoredReply>(row)
      return [{ name: `The answer ${reply.id} to an invitation`, subject: reply.id, leaves: [answeredLeaf(reply, names)] }]
    },
  },
  {
    table: 'observation_notes', id: sql`t.id`, by: sql`t.id`, load: sql`select ${WITH_SALT} as row from batch t`,
    factsOf: (row: Salted<StoredNote>) => {
      const note = salted<StoredNote>(row)
      return [{ name: `The note ${note.id} on what was observed`, subject: note.id, leaves: [noteLeaf(note)] }]
    },
  },
]

type Entry = { index: number; type: string; subject: string; data: string }

const entriesAbout = (tx: Tx, subjects: string[]): Promise<Entry[]> =>
  rows<Entry>(tx, sql`select index::float8 as index, type, subject, data from log_leaves where subject in (select jsonb_array_elements_text(${JSON.stringify(subjects)}::jsonb)) order by index`)

const checkFact = ({ name, leaves }: Fact, entries: readonly Entry[], matched: Set<number>): Finding[] => {
  if (leaves.length === 0) return [{ key: `fact ${name}`, words: `${name} it is not what was filed.` }]
  return leaves.flatMap((leaf): Finding[] => {
    const data = leafData(leaf)
    const found = entries.find((entry) => entry.data === data && !matched.has(entry.index))
    if (found) {
      matched.add(found.index)
      return []
    }
    const logged = entries.find((entry) => entry.subject === leaf.id && entry.type === leaf.type)
    if (logged) matched.add(logged.index)
    return [{
      key: `fact ${leaf.type} ${leaf.id}`,
      words: logged ? `${name} is not what entry ${logged.index} of the log commits to (${leaf.type}).` : `${name} stands in no entry of the log (${leaf.type}).`,
    }]
  })
}

const batchOf = ({ table, by }: Source, range: Range): SQL => sql`with batch as (select * from ${sql.identifier(table)} t where ${by ? within(by, range) : sql`true`})`

/** Rows that are no act that could have happened, such as one at a time without end, are none in the log either. Everyone reads of them: no content. */
const factsIn = (source: Source, row: Record<string, unknown>): Fact[] => {
  try {
    return source.factsOf(row as never)
  } catch {
    const name = row.number ?? row.notice_id ?? row.id ?? row.name ?? row.participant
    return [{ name: `What ${source.table} holds under ${String(name)} cannot be read:`, subject: '', leaves: [] }]
  }
}

/** The acts of a range against the entries about them. Answers which entries these are. */
const checkRange = async (tx: Tx, source: Source, range: Range, size: number): Promise<Part<number[]>> => {
  const loaded = await rows<{ row: Record<string, unknown> }>(tx, sql`${batchOf(source, range)} ${source.load}`)
  const facts = loaded.flatMap(({ row }) => factsIn(source, row))
  const entries = Map.groupBy(await entriesAbout(tx, [...new Set(facts.flatMap(({ subject, leaves }) => [subject, ...leaves.map(({ id }) => id)]))]), ({ subject }) => subject)
  const matched = new Set<number>()
  const findings = facts.flatMap((fact) => {
    const about = [...new Set([fact.subject, ...fact.leaves.map(({ id }) => id)])].flatMap((subject) => entries.get(subject) ?? [])
    return checkFact(fact, about, matched)
  })
  return { findings, answer: [...matched], isOpen: [...matched].some((index) => index >= size) }
}

type FactsQuestion = { read: Reading; memory?: Memory | undefined; ranges: readonly Range[]; size: number; pause: () => Promise<void> }

/**
 * Every official act against the log, and every entry of the first `size` against what happened. What acts were held against is not in
 * their fingerprints: `checkLog` has found these entries unchanged, or everything is forgotten, and one more about them matches no act.
 */
export const checkFacts = async ({ read, memory, ranges, size, pause }: FactsQuestion): Promise<Finding[]> => {
  const [findings, matched] = [[] as Finding[], new Set<number>()]
  for (const source of SOURCES) {
    for (const range of source.by ? ranges : [EVERYTHING]) {
      const fingerprint = fingerprintOf([sql`batch t`, ...(source.beside ?? [])], batchOf(source, range))
      const part = await remembered({ read, memory, key: `${source.table} ${range.from}`, fingerprint }, (tx) => checkRange(tx, source, range, size))
      findings.push(...part.findings)
      for (const index of part.answer) matched.add(index)
      await pause()
    }
  }
  return [...findings, ...await unmatched(read, size, matched), ...await checkAccounts(read)]
}

/** What accounts may do follows from the last grant of each, which stands in the log. */
const checkAccounts = async (read: Reading): Promise<Finding[]> => {
  const found = await read((tx) => rows<{ id: string; email: string }>(tx, sql`
    select u.id::text as id, u.email from users u left join lateral (
      select g.role, g.participant, g.granted from role_grants g left join log_leaves l on l.subject = g.id::text
       where g.user_id = u.id order by l.index desc nulls first limit 1) g on true
     where g.role is distinct from u.role or g.participant is distinct from u.participant or g.granted is distinct from (u.disabled_at is null)`))
  return found.map(({ id, email }) => ({ key: `account ${id}`, words: `The account ${email} (${id}) acts under a role that the log does not say it was given.` }))
}

const unmatched = async (read: Reading, size: number, matched: ReadonlySet<number>): Promise<Finding[]> => {
  const indexes = Array.from({ length: size }, (_, index) => index).filter((index) => !matched.has(index))
  if (indexes.length === 0) return []
  const found = await read((tx) => rows<{ index: number; type: string; subject: string }>(tx, sql`
    select index::float8 as index, type, subject from log_leaves where index in (select jsonb_array_elements(${JSON.stringify(indexes)}::jsonb)::bigint) order by index`))
  return found.map(({ index, type, subject }) => ({ key: `entry ${index}`, words: `Entry ${index} of the log, ${type} ${subject}, has nothing behind it any more.` }))
}
