import { hasControls, parseDecimal, refused } from './encoding.ts'
import { KEY_TYPES, parseVkey, type VerifierKey } from './note.ts'
import type { Primitives } from './primitives.ts'
import { equalBytes } from './steps.ts'

/** Who must cosign a checkpoint before it counts (C2SP tlog-policy). Names mean something only within the policy. Runs in a browser. */
export type PolicyLog = { key: VerifierKey; url: string | null }
export type PolicyWitness = { name: string; key: VerifierKey; url: string | null }
export type PolicyGroup = { name: string; threshold: 'any' | 'all' | number; members: readonly string[] }

/** `groups` in the order of their definition: each names only what stands before it. `quorum` null: no cosignature is required. */
export type Policy = {
  logs: readonly PolicyLog[]
  witnesses: readonly PolicyWitness[]
  groups: readonly PolicyGroup[]
  quorum: string | null
}

const NONE = 'none'

type Draft = { logs: PolicyLog[]; witnesses: PolicyWitness[]; groups: PolicyGroup[]; quorum: string | null | undefined }

const isDefined = ({ witnesses, groups }: Draft, name: string): boolean => [...witnesses, ...groups].some((known) => known.name === name)

const refuseTaken = (draft: Draft, name: string): void => {
  if (name === NONE || isDefined(draft, name)) throw refused(`The name “${name}” is already taken in this policy.`)
}

/** A cosignature does not say who made it: the same key under two names would be counted twice. */
const readKey = async (
  vkey: string, types: readonly number[], others: readonly VerifierKey[], primitives: Primitives,
): Promise<VerifierKey> => {
  const key = await parseVkey(vkey, primitives)
  if (!types.includes(key.type)) throw refused(`The key of ${key.name} is not of the kind that this line needs.`)
  if (others.some(({ publicKey }) => equalBytes(publicKey, key.publicKey)))
    throw refused(`The key of ${key.name} stands in this policy twice.`)
  return key
}

const readGroup = (draft: Draft, [name, threshold, ...members]: string[]): PolicyGroup => {
  const isWord = threshold === 'any' || threshold === 'all'
  const count = isWord ? 1 : parseDecimal(threshold ?? '')
  if (!name || !threshold || members.length === 0) throw refused('A group is “group name any|all|number member…”.')
  if (count === null || count < 1 || count > members.length)
    throw refused(`The group ${name} asks for “${threshold}” of its members: right is any, all, or a number from 1 to ${members.length}.`)
  refuseTaken(draft, name)
  const inUse = draft.groups.flatMap((group) => group.members)
  for (const [at, member] of members.entries()) {
    if (!isDefined(draft, member)) throw refused(`The group ${name} names ${member}, which no line before it defines.`)
    if (inUse.includes(member) || members.indexOf(member) < at) throw refused(`${member} is a member twice; each may count only once.`)
  }
  return { name, threshold: isWord ? threshold : count, members }
}

const readLine = async (draft: Draft, [keyword, ...words]: string[], primitives: Primitives): Promise<void> => {
  if (keyword === 'log' && (words.length === 1 || words.length === 2)) {
    const key = await readKey(words[0]!, [KEY_TYPES.log], draft.logs.map((log) => log.key), primitives)
    draft.logs.push({ key, url: words[1] ?? null })
  } else if (keyword === 'witness' && (words.length === 2 || words.length === 3)) {
    refuseTaken(draft, words[0]!)
    const types = [KEY_TYPES.cosigner, KEY_TYPES.mlDsaCosigner]
    const key = await readKey(words[1]!, types, draft.witnesses.map((witness) => witness.key), primitives)
    draft.witnesses.push({ name: words[0]!, key, url: words[2] ?? null })
  } else if (keyword === 'group') {
    draft.groups.push(readGroup(draft, words))
  } else if (keyword === 'quorum' && words.length === 1) {
    if (draft.quorum !== undefined) throw refused('A policy has exactly one “quorum” line; this one has two.')
    if (words[0] !== NONE && !isDefined(draft, words[0]!)) throw refused(`The quorum names ${words[0]}, which no line before it defines.`)
    draft.quorum = words[0] === NONE ? null : words[0]!
  } else {
    throw refused('A line is “log key [url]”, “witness name key [url]”, “group name any|all|number member…” or “quorum name”.')
  }
}

/** Refuses with the number of the line. Comments (#) and empty lines are skipped, and not kept. */
export const parsePolicy = async (text: string, primitives: Primitives): Promise<Policy> => {
  const draft: Draft = { logs: [], witnesses: [], groups: [], quorum: undefined }
  if (!text.isWellFormed() || hasControls(text, '\t\n') || text.includes('\u007f'))
    throw refused('A policy holds no control characters but tab and newline.')
  for (const [at, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]!.startsWith('#')) continue
    try {
      // A line may use only what the lines before it define.
      // oxlint-disable-next-line no-await-in-loop
      await readLine(draft, words, primitives)
    } catch (error) {
      throw refused(`Line ${at + 1}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const { quorum } = draft
  if (quorum === undefined) throw refused('A policy has exactly one “quorum” line; this one has none. “quorum none” asks for nobody.')
  return { ...draft, quorum }
}

export const formatPolicy = ({ logs, witnesses, groups, quorum }: Policy): string => {
  const lines = [
    ...logs.map(({ key, url }) => ['log', key.vkey, url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, key.vkey, url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, threshold, ...members]),
    ['quorum', quorum ?? NONE],
  ]
  return `${lines.map((words) => words.filter((word) => word !== null).join(' ')).join('\n')}\n`
}

/** Do cosignatures by the witnesses of these names (of the policy, not of their keys) make the quorum? Unknown names count for nothing. */
export const isSatisfied = ({ witnesses, groups, quorum }: Policy, cosigners: Iterable<string>): boolean => {
  if (quorum === null) return true
  const given = new Set(cosigners)
  const met = new Set(witnesses.map(({ name }) => name).filter((name) => given.has(name)))
  for (const { name, threshold, members } of groups) {
    const needed = threshold === 'all' ? members.length : threshold === 'any' ? 1 : threshold
    if (members.filter((member) => met.has(member)).length >= needed) met.add(name)
  }
  return met.has(quorum)
}

type Named = PolicyWitness & { participant: string | null }

const twoThirds = (count: number): number => Math.max(1, Math.ceil((2 * count) / 3))

/**
 * Who must cosign, from who was named: two thirds of the participants that have a witness, and any outside body, so that neither
 * suffices alone. A participant counts once, however many witnesses it has. A side without witnesses is not asked; with none at all,
 * nobody is.
 */
export const quorumOf = (logs: readonly PolicyLog[], named: readonly Named[]): Policy => {
  const groups: PolicyGroup[] = []
  const codes = [...new Set(named.flatMap(({ participant }) => participant ?? []))]
  const members = codes.map((code) => {
    const own = named.filter(({ participant }) => participant === code).map(({ name }) => name)
    if (own.length > 1) groups.push({ name: `any-${code}`, threshold: 'any', members: own })
    return own.length > 1 ? `any-${code}` : own[0]!
  })
  const outside = named.filter(({ participant }) => participant === null).map(({ name }) => name)
  if (members.length > 0) groups.push({ name: 'participants', threshold: twoThirds(members.length), members })
  if (outside.length > 0) groups.push({ name: 'outside', threshold: 'any', members: outside })
  const sides = groups.map(({ name }) => name).filter((name) => name === 'participants' || name === 'outside')
  if (sides.length === 2) groups.push({ name: 'both', threshold: 'all', members: sides })
  const witnesses = named.map(({ name, key, url }) => ({ name, key, url }))
  return { logs, witnesses, groups, quorum: sides.length === 2 ? 'both' : (sides[0] ?? null) }
}
