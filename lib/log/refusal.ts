import { plural } from '../shared/format.ts'

/**
 * What a witness never answers to a log that only grew. `denies`: the head does not continue the one that it cosigned (C2SP tlog-witness,
 * 422). `ahead`: it has cosigned more than is committed (409). Nothing else that it may answer speaks against the log.
 */
export type Claim = { kind: 'denies'; from: number; size: number } | { kind: 'ahead'; stated: number; held: number }

/** A claim as all participants are told of it, once for each `key`. */
export type Refusal = { key: string; words: string }

const entries = (count: number): string => plural(count, 'entry', 'entries')

const saidIn = (claim: Claim): string => {
  if (claim.kind === 'ahead') return `answers that it has cosigned a head of ${entries(claim.stated)}, but the log holds ${entries(claim.held)}`
  const before = claim.from === 0 ? 'what it saw before' : `the head of ${entries(claim.from)} that it saw before`
  return `refuses to cosign the log’s head of ${entries(claim.size)}: it answers that this does not continue ${before}`
}

const MEANING = {
  denies: 'entries that it has seen were changed or taken out, or it was shown another past than others were.',
  ahead: 'the log was set back to an older copy, or it was shown a longer one than others were.',
} as const satisfies Record<Claim['kind'], string>

const TO_DO = 'Keep your receipts. Ask whoever runs this witness for the signed heads that it keeps, and compare them with those of your own '
  + 'witness and with a copy of the log (npm run verify -- --url). A head under the log’s signature that this log does not continue proves '
  + 'that the past was changed; if there is none, the witness is at fault, and whoever named it replaces it.'

/**
 * `last`: of what size the newest head is of which its cosignature is here. It stands for the situation, and not a size that the witness
 * states: one that makes up another each time is told of once all the same, until it cosigns again. What it says beside is not quoted:
 * findings stay for good, on public pages, and it could say anything.
 */
export const refusalOf = (name: string, last: number, claim: Claim): Refusal => ({
  key: `witness ${name} ${claim.kind} ${last}`,
  words: `The witness ${name} ${saidIn(claim)}. Either this witness is at fault, or ${MEANING[claim.kind]} ${TO_DO}`,
})

/** Of which witness a finding tells, and what that had cosigned then; null for what the register found itself. */
export const refusedBy = (key: string): { name: string; last: number } | null => {
  const [, name, last] = /^witness (\S+) (?:denies|ahead) (\d+)$/.exec(key) ?? []
  return name === undefined ? null : { name, last: Number(last) }
}
