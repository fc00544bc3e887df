import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint } from '../../lib/log/checkpoint.ts'
import { inclusionProof, rootOfFrontier } from '../../lib/log/merkle.ts'
import { formatNote } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import type { Primitives } from '../../lib/log/primitives.ts'
import { encodeProof } from '../../lib/log/proof.ts'
import { checkReceipt } from '../../lib/log/receipt.ts'
import { cosign, signText } from '../../lib/log/sign.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { LOG_KEY, WITNESS_KEY, growNumbered, numbered, vectors } from './given.ts'

const WANTED = 10_000

const SIZE = 1_000
const tree = growNumbered(SIZE)
const checkpointOf = (size: number): string => {
  const text = formatCheckpoint({ origin: LOG_KEY.name, size, root: rootOfFrontier(tree.frontiers[size]!), extensions: [] })
  return formatNote({ text, signatures: [signText(text, LOG_KEY), cosign(text, WITNESS_KEY, 1_767_225_600 + size)] })
}
const receiptOf = (index: number, size: number): string =>
  encodeProof({ extra: null, index, hashes: inclusionProof(index, size, tree.nodeAt), checkpoint: checkpointOf(size) })

/** What is left of a text after one change. `where` and `length` are parts of it; `other` is a genuine text of the same kind. */
type Change = { kind: (typeof KINDS)[number]; where: number; length: number; letter: number; other: string }
const KINDS = ['set', 'flip', 'insert', 'delete', 'cut', 'repeat', 'move', 'spelling', 'line', 'splice'] as const
const change = (others: readonly string[]): fc.Arbitrary<Change> => fc.record({
  kind: fc.constantFrom(...KINDS), where: fc.double({ min: 0, max: 0.999, noNaN: true }), length: fc.integer({ min: 1, max: 60 }),
  letter: fc.oneof(fc.constantFrom(...Buffer.from('\n \t\r=+/_-0189Aaz\u0000')), fc.integer({ min: 0, max: 255 })),
  other: fc.constantFrom(...others),
})

/** A line of a genuine text for one of this; or a line in a spelling that lenient readers take for the same. */
const changeLines = (text: string, { kind, where, letter, other }: Change): string => {
  const lines = text.split('\n')
  const at = Math.floor(where * lines.length)
  if (kind === 'line') return lines.with(at, other.split('\n')[letter % other.split('\n').length]!).join('\n')
  const spellings = [
    (line: string) => line.replace(/.(?==+$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    (line: string) => line.replace(/=+$/, ''), (line: string) => `${line}=`,
    (line: string) => line.replaceAll('+', '-').replaceAll('/', '_'),
    (line: string) => `${line} `, (line: string) => ` ${line}`, (line: string) => `${line}\r`, (line: string) => `0${line}`,
    (line: string) => line.replace(/(\d)$/, '0$1'), (line: string) => line.toUpperCase(), (line: string) => line.replace(' ', '\u00a0'),
  ]
  return lines.with(at, spellings[letter % spellings.length]!(lines[at]!)).join('\n')
}

const changed = (text: string, asked: Change): Uint8Array => {
  const { kind, where, length, letter, other } = asked
  const bytes = Buffer.from(text)
  const at = Math.floor(where * bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  if (kind === 'set') return Buffer.concat([before, Buffer.of(letter), after.subarray(1)])
  if (kind === 'flip') return Buffer.concat([before, Buffer.of(after[0]! ^ (1 << (letter % 8))), after.subarray(1)])
  if (kind === 'insert') return Buffer.concat([before, Buffer.alloc(1 + (length % 3), letter), after])
  if (kind === 'delete') return Buffer.concat([before, after.subarray(length)])
  if (kind === 'cut') return before
  if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, length), after])
  const [one, two, rest] = [after.subarray(0, length), after.subarray(length, length * 2), after.subarray(length * 2)]
  if (kind === 'move') return Buffer.concat([before, two, one, rest])
  if (kind === 'splice') return Buffer.concat([before, Buffer.from(other).subarray(at)])
  return Buffer.from(changeLines(text, asked))
}

/**
 * Runs until so many changes that do change a byte were tried. `accepts` says whether the reader took the text for the genuine one:
 * signed by the log and cosigned by the witness.
 */
const refuseAll = async (
  genuine: readonly string[], accepts: (text: Uint8Array, of: number, primitives: Primitives) => Promise<boolean>,
): Promise<void> => {
  for (const [of, text] of genuine.entries()) expect(await accepts(Buffer.from(text), of, nodePrimitives)).toBe(true)
  const web = webPrimitives()
  let tried = 0
  const changes = fc.record({ of: fc.nat({ max: genuine.length - 1 }), asked: change(genuine) })
  await fc.assert(fc.asyncProperty(changes, async ({ of, asked }) => {
    const text = changed(genuine[of]!, asked)
    fc.pre(!genuine.some((each) => Buffer.from(each).equals(text)))
    tried += 1
    expect(await accepts(text, of, nodePrimitives)).toBe(false)
    if (tried % 10 === 0) expect(await accepts(text, of, web)).toBe(false)
  }), { numRuns: WANTED })
  expect(tried).toBeGreaterThanOrEqual(WANTED)
}

test('of 10,000 changed checkpoints none is accepted', async () => {
  await refuseAll([vectors.checkpoint_8, checkpointOf(1), checkpointOf(999), checkpointOf(SIZE)], async (text, _, primitives) => {
    try {
      const { cosignatures } = await openCheckpoint(text, LOG_KEY, [WITNESS_KEY], primitives)
      return cosignatures.length === 1
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  })
}, 120_000)

test('of 10,000 changed receipts none is accepted for its leaf', async () => {
  const given = [[0, 1], [5, 8], [255, 256], [700, 999], [0, SIZE], [999, SIZE]] as const
  const policy = {
    logs: [], witnesses: [{ name: 'RS', key: WITNESS_KEY, url: null }], groups: [], quorum: 'RS',
  }
  await refuseAll(given.map(([index, size]) => receiptOf(index, size)), async (proofText, of, primitives) => {
    const leafData = numbered(given[of]![0])
    return (await checkReceipt({ leafData, proofText, logKey: LOG_KEY, witnessKeys: [], policy, primitives })).ok
  })
}, 120_000)
