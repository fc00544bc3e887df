import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { DECISIONS, leadingSignatures, mustBeAbleToSign, statusFrom, type Decision, type Signature } from '../../lib/verification/rules.ts'

const V: Decision = 'verified'
const D: Decision = 'discrepant'
const N: Decision = 'not_verifiable'
const signed = (...decisions: Decision[]): Signature[] =>
  decisions.map((decision, n) => ({ decision, verifierId: `v${n}`, verifierParticipant: null }))
const refusal = (...given: Parameters<typeof mustBeAbleToSign>): string | null => {
  try {
    mustBeAbleToSign(...given)
    return null
  } catch (error) {
    return (error as AppError).code
  }
}

describe('the status follows from the signatures', () => {
  test.each<[string, Decision[], string, number]>([
    ['none', [], 'unverified', 0],
    ['one', [V], 'pending', 1],
    ['two that agree', [V, V], 'verified', 2],
    ['two that disagree', [V, D], 'pending', 1],
    ['a third that agrees with the first', [V, D, V], 'verified', 2],
    ['a third that agrees with the second', [V, D, D], 'discrepant', 2],
    ['three that all differ', [V, D, N], 'pending', 1],
    ['two that cannot tell', [N, N], 'not_verifiable', 2],
    ['one that found a discrepancy', [D], 'pending', 1],
  ])('%s', (_what, decisions, status, count) => {
    expect([statusFrom(signed(...decisions)), leadingSignatures(signed(...decisions))]).toEqual([status, count])
  })

  test('whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...DECISIONS), { maxLength: 3 }), (decisions) => {
        expect(statusFrom(signed(...decisions.toReversed()))).toBe(statusFrom(signed(...decisions)))
      }),
    )
  })
})

describe('who may sign', () => {
  const owner = 'RS'
  const by = (userId: string, participant: ParticipantCode | null) => ({ userId, participant })
  const first = (verifierParticipant: ParticipantCode | null, decision: Decision = V): Signature[] => [
    { decision, verifierId: 'ana', verifierParticipant },
  ]

  test.each<[string, ReturnType<typeof by>, Signature[], string | null]>([
    ['a verifier of none', by('ana', null), [], null],
    ['a verifier of another participant', by('ana', 'HR'), [], null],
    ['a verifier of the participant itself', by('ana', 'RS'), [], 'forbidden'],
    ['the same verifier twice', by('ana', 'HR'), first('HR'), 'conflict'],
    ['the same verifier twice, of none', by('ana', null), first(null), 'conflict'],
    ['a colleague of the first, of the same participant', by('ivo', 'HR'), first('HR'), 'forbidden'],
    ['another of none', by('ivo', null), first(null), null],
    ['one of a third participant', by('ivo', 'AL'), first('HR'), null],
    [
      'anyone after two agreed',
      by('eva', 'AL'),
      [...first('HR'), { decision: V, verifierId: 'ivo', verifierParticipant: 'ME' }],
      'conflict',
    ],
    ['a third after two disagreed', by('eva', 'AL'), [...first('HR'), { decision: D, verifierId: 'ivo', verifierParticipant: 'ME' }], null],
  ])('%s', (_who, verifier, signatures, code) => expect(refusal(verifier, owner, signatures)).toBe(code))

  test('never the owner’s own, whatever was signed before', () => {
    const participant = fc.constantFrom(...PARTICIPANTS)
    const signature = fc.record({
      decision: fc.constantFrom(...DECISIONS),
      verifierId: fc.uuid(),
      verifierParticipant: fc.option(participant),
    })
    fc.assert(
      fc.property(participant, fc.uuid(), fc.array(signature, { maxLength: 4 }), (code, userId, signatures) => {
        expect(refusal({ userId, participant: code }, code, signatures)).toBe('forbidden')
      }),
    )
  })
})
