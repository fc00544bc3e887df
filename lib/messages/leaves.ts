import { sealPublic, type Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment } from '../log/canonical.ts'

export type StoredMessage = {
  id: string; matter: string; subject: string; step: string; participant: string | null; addressees: readonly string[]; severity: string
  rule: string | null; ruleVersion: number | null; title: string; words: string; path: string; at: string; salt: Uint8Array
}

/** That someone was told, and when. The log is public and names nobody here; whoever may read the message can prove what it committed to. */
export const messageLeaf = ({ id, at, salt, ...message }: StoredMessage): Leaf => {
  const { matter, subject, step, participant, addressees, severity, rule, ruleVersion, title, words, path } = message
  const content = { matter, subject, step, participant, addressees: [...addressees], severity, rule, ruleVersion, title, words, path }
  return { type: 'message.issued', id, participant: null, at: new Date(at).toISOString(), commitment: commitment(salt, canonicalJson(content)) }
}

export type StoredOutage = { id: string; fromAt: string; toAt: string }

/** That the register was down, and from when to when: everyone may read it, so no salt hides it. */
export const outageLeaf = ({ id, fromAt, toAt }: StoredOutage): Leaf => {
  const [from, to] = [fromAt, toAt].map((at) => new Date(at).toISOString()) as [string, string]
  return { type: 'outage.recorded', id, participant: null, at: to, commitment: sealPublic({ from, to }) }
}
