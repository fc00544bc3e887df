import { describe, expect, test } from 'vitest'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { formatNote, parseNote, parseVkey } from '../../lib/log/note.ts'
import { parsePolicy } from '../../lib/log/policy.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import { encodeProof, parseProof } from '../../lib/log/proof.ts'
import { checkReceipt, type ReceiptCheck, type ReceiptQuestion } from '../../lib/log/receipt.ts'
import { cosign, generateSigningKey, signNote, signText } from '../../lib/log/sign.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { LEAVES, LOG_KEY, WITNESS_KEY, at, base64, hex, unhex, vectors } from './given.ts'

const RECEIPT = [
  'c2sp.org/tlog-proof@v1', 'index 5', ...vectors.inclusion_idx5_size8, '', vectors.checkpoint_8,
].join('\n')

const logKey = await parseVkey(vectors.log_vkey, nodePrimitives)
const witnessKey = await parseVkey(vectors.witness_vkey, nodePrimitives)
const POLICY = await parsePolicy(`log ${logKey.vkey}\nwitness RS ${witnessKey.vkey}\nquorum RS\n`, nodePrimitives)

const ask = (changes: Partial<ReceiptQuestion> = {}): Promise<ReceiptCheck> => checkReceipt({
  leafData: at(LEAVES, 5), proofText: RECEIPT, logKey, witnessKeys: [witnessKey], primitives: nodePrimitives, ...changes,
})
const verdicts = ({ steps }: ReceiptCheck) => steps.map(({ ok }) => ok)

describe('the file', () => {
  test('is read and written byte for byte', () => {
    const proof = parseProof(RECEIPT)
    expect(proof).toMatchObject({ index: 5, extra: null, checkpoint: vectors.checkpoint_8 })
    expect(proof.hashes.map(unhex)).toEqual(vectors.inclusion_idx5_size8.map((hash) => unhex(base64(hash))))
    expect(encodeProof(proof)).toBe(RECEIPT)
    expect(encodeProof({ ...proof, extra: hex('00ff') })).toBe(RECEIPT.replace('index', 'extra AP8=\nindex'))
    expect(parseProof(encodeProof({ ...proof, extra: hex('00ff') })).extra).toEqual(hex('00ff'))
    expect(parseProof(Buffer.from(RECEIPT))).toEqual(proof)
  })

  test('a tree of one leaf has a proof without hashes', () => {
    const single = `c2sp.org/tlog-proof@v1\nindex 0\n\n${vectors.checkpoint_3}`
    expect(parseProof(single)).toMatchObject({ index: 0, hashes: [] })
    expect(encodeProof(parseProof(single))).toBe(single)
  })

  const hash = `${vectors.inclusion_idx4_size5[0]}\n`
  test.each([
    ['another version', RECEIPT.replace('@v1', '@v2')],
    ['nothing', ''],
    ['only a checkpoint', vectors.checkpoint_8],
    ['a space before', ` ${RECEIPT}`],
    ['a byte order mark', `\ufeff${RECEIPT}`],
    ['Windows newlines', RECEIPT.replaceAll('\n', '\r\n')],
    ['no index', RECEIPT.replace('index 5\n', '')],
    ['an index with a leading zero', RECEIPT.replace('index 5', 'index 05')],
    ['an index below zero', RECEIPT.replace('index 5', 'index -5')],
    ['an index beyond 2^53', RECEIPT.replace('index 5', 'index 9007199254740992')],
    ['two indices', RECEIPT.replace('index 5', 'index 5\nindex 5')],
    ['extra after the index', RECEIPT.replace('index 5', 'index 5\nextra AP8=')],
    ['extra that is not base64', RECEIPT.replace('index', 'extra AP8\nindex')],
    ['a hash of 31 bytes', RECEIPT.replace(hash, `${Buffer.alloc(31).toString('base64')}\n`)],
    ['a hash with other trailing bits', RECEIPT.replace('FLc=', 'FLd=')],
    ['a space after a hash', RECEIPT.replace(hash, `${hash.trim()} \n`)],
    ['64 hashes', RECEIPT.replace(hash, hash.repeat(62))],
    ['no empty line', RECEIPT.replace('\n\n', '\n')],
    ['two empty lines', RECEIPT.replace('\n\nbatp', '\n\n\n\nbatp').replace(/\n\n—/, '\n—')],
    ['a checkpoint without signatures', RECEIPT.slice(0, RECEIPT.indexOf('—'))],
  ])('%s is refused', (_, wrong) => {
    expect(() => parseProof(wrong)).toThrow(AppError)
  })

  test('63 hashes are read', () => {
    expect(parseProof(RECEIPT.replace(hash, hash.repeat(61))).hashes).toHaveLength(63)
  })
})

describe('checking a receipt', () => {
  test('a receipt that holds is explained step by step, the same by a browser’s cryptography', async () => {
    for (const primitives of [nodePrimitives, webPrimitives()]) {
      const check = await ask({ policy: POLICY, primitives })
      expect(check).toMatchObject({ ok: true, proof: { index: 5 }, opened: { checkpoint: { size: 8 } } })
      expect(check.steps).toEqual([
        { step: 'format', ok: true, words: 'The file is a receipt for entry 5 of a register (counted from 0).' },
        { step: 'signature', ok: true, words: 'batp.example/log signed the whole register of 8 entries with its key add9a2b4.' },
        {
          step: 'inclusion', ok: true,
          words: 'This is entry 5 of that register, letter by letter: with any other text the signed root would differ.',
        },
        {
          step: 'witnesses', ok: true,
          words: 'Cosigned by 1 of 1 known witness: witness.example/rs; newest Thu 2026-01-01 00:00 UTC. '
            + 'That meets the policy “quorum RS”.',
        },
      ])
      expect(check.notProven.join(' ')).toContain('amend or withdraw')
      expect(check.notProven.join(' ')).not.toContain('shown the same register')
    }
  })

  test('without a policy cosignatures are named, but nothing is claimed of them', async () => {
    const check = await ask()
    expect(check.ok).toBe(true)
    expect(verdicts(check)).toEqual([true, true, true, null])
    expect(check.notProven.join(' ')).toContain('shown the same register')
    expect((await ask({ witnessKeys: [] })).steps[3]!.words).toContain('No witness was named')
  })

  test('a receipt that lacks the cosignatures of the policy does not hold, and says so', async () => {
    const uncosigned = encodeProof({ ...parseProof(RECEIPT), checkpoint: signNote(parseNote(vectors.checkpoint_8).text, LOG_KEY) })
    const check = await ask({ proofText: uncosigned, policy: POLICY })
    expect(check.ok).toBe(false)
    expect(verdicts(check)).toEqual([true, true, true, false])
    expect(check.steps[3]!.words).toContain('Cosigned by none of 1 known witness')
    expect((await ask({ proofText: uncosigned })).ok).toBe(true)
  })

  test('“quorum none” is met by every receipt, and proves nothing about witnesses', async () => {
    const none = await parsePolicy('quorum none\n', nodePrimitives)
    const check = await ask({ policy: none, witnessKeys: [] })
    expect(verdicts(check)).toEqual([true, true, true, true])
    expect(check.notProven.join(' ')).toContain('shown the same register')
  })

  test('another document, a changed one, or another index: the inclusion fails, and nothing later is claimed', async () => {
    const wrong = [
      { leafData: at(LEAVES, 4) }, { leafData: Uint8Array.of(...at(LEAVES, 5), 0) }, { leafData: new Uint8Array() },
      { proofText: RECEIPT.replace('index 5', 'index 4') }, { proofText: RECEIPT.replace('index 5', 'index 8') },
    ]
    for (const changes of wrong) {
      const check = await ask({ ...changes, policy: POLICY })
      expect(check.ok).toBe(false)
      expect(verdicts(check)).toEqual([true, true, false, null])
      expect(check.steps[3]!.words).toBe('Not checked, because the step before it failed.')
    }
  })

  test('a checkpoint by another log, under another origin or with a forged cosignature fails at the signature', async () => {
    const { text } = parseNote(vectors.checkpoint_8)
    const stranger = generateSigningKey(LOG_KEY.name, 0x01)
    const renamed = text.replace('batp.example', 'batp.example2')
    const forged = { ...cosign(text, generateSigningKey(WITNESS_KEY.name, 0x04), 5), keyId: WITNESS_KEY.keyId }
    const checkpoints = [
      signNote(text, stranger), signNote(renamed, LOG_KEY), formatNote({ text, signatures: [cosign(text, WITNESS_KEY, 5)] }),
      formatNote({ text, signatures: [signText(text, LOG_KEY), forged] }),
    ]
    for (const checkpoint of checkpoints) {
      const check = await ask({ proofText: encodeProof({ ...parseProof(RECEIPT), checkpoint }) })
      expect(verdicts(check)).toEqual([true, false, null, null])
      expect(check).toMatchObject({ ok: false, opened: null })
    }
  })

  test('a checkpoint of a register that never held the leaf fails at the inclusion', async () => {
    const other = formatCheckpoint({ origin: LOG_KEY.name, size: 8, root: hex('11'.repeat(32)), extensions: [] })
    expect(verdicts(await ask({ proofText: encodeProof({ ...parseProof(RECEIPT), checkpoint: signNote(other, LOG_KEY) }) })))
      .toEqual([true, true, false, null])
  })

  test('what is no receipt fails at once, in words', async () => {
    const check = await ask({ proofText: 'Dear Sir or Madam' })
    expect(verdicts(check)).toEqual([false, null, null, null])
    expect(check.steps[0]!.words).toContain('a receipt begins with')
    expect(check.proof).toBeNull()
    expect(verdicts(await ask({ proofText: Uint8Array.of(0xff, 0xfe) }))[0]).toBe(false)
  })

  test('“extra” is carried, and not authenticated', async () => {
    const check = await ask({ proofText: RECEIPT.replace('index', 'extra AP8=\nindex') })
    expect(check.ok).toBe(true)
    expect(check.proof?.extra).toEqual(hex('00ff'))
  })

  test('a witness’s time beyond the calendar is still put into words', async () => {
    const { text } = parseNote(vectors.checkpoint_8)
    const late = formatNote({ text, signatures: [signText(text, LOG_KEY), cosign(text, WITNESS_KEY, Number.MAX_SAFE_INTEGER)] })
    const check = await ask({ proofText: encodeProof({ ...parseProof(RECEIPT), checkpoint: late }) })
    expect(check.steps[3]!.words).toContain('second 9007199254740991 after 1970')
  })

  test('cryptography that is missing is an error, not a verdict', async () => {
    const broken = { ...nodePrimitives, verifyEd25519: async () => { throw new Error('no Ed25519 here') } }
    await expect(ask({ primitives: broken })).rejects.toThrow('no Ed25519 here')
  })
})
