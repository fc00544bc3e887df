import { describe, expect, test } from 'vitest'
import { acquisitionFillers, acquisitionPayload, acquisitionValues } from '../../app/(workspace)/filings/acquisition-values.ts'
import { disposalPayload, disposalValues } from '../../app/(workspace)/filings/disposal-values.ts'
import { filledIn, numberTyped, ownProblems } from '../../app/(workspace)/filings/form-values.ts'
import { AcquisitionPayload } from '../../lib/filings/kinds/acquisition.ts'
import { DisposalPayload } from '../../lib/filings/kinds/disposal.ts'

const RAFALE = {
  stage: 'contracted',
  category: 'IVa',
  type: 'Rafale F3-R',
  quantity: 12,
  supplier: 'FR',
  mode: 'purchase',
  signedOn: '2026-11-10',
  deliveries: { from: 2028, to: 2029 },
  value: { amount: 2_700_000_000, currency: 'EUR' },
  effect: 'replaces',
  replaces: 'MiG-29',
  purpose: 'Air policing.',
}

describe('a number as a person types it', () => {
  test.each([
    ['12', 12],
    ['0', 0],
    ['1,500', 1500],
    ['2 700 000', 2_700_000],
    ['2.7 bn', 2_700_000_000],
    ['66 m', 66_000_000],
    ['-3', -3],
    ['12.5', 12.5],
    ['', undefined],
    ['  ', undefined],
  ])('“%s” is read', (typed, number) => {
    expect(numberTyped(typed)).toBe(number)
  })

  test.each(['a dozen', '1,50', '12x', '€5', '1e5'])('“%s” stays as typed, so that its refusal can name it', (typed) => {
    expect(numberTyped(typed)).toBe(typed)
  })
})

describe('the form of an acquisition', () => {
  test('gives back the payload that it was opened with', () => {
    const payload = acquisitionPayload(acquisitionValues(RAFALE, ''), undefined)
    expect(payload).toEqual(RAFALE)
    expect(AcquisitionPayload.safeParse(payload).success).toBe(true)
  })

  test('an empty form states nothing: no blank becomes a nil', () => {
    expect(acquisitionPayload(acquisitionValues({}, ''), undefined)).toEqual({})
  })

  test('what is withheld carries its reason, and the number comes back when it no longer is', () => {
    const values = { ...acquisitionValues(RAFALE, ''), quantityWithheld: true, quantityReason: ' operational security ' }
    expect(acquisitionPayload(values, undefined).quantity).toEqual({ withheld: 'operational security' })
    expect(acquisitionPayload({ ...values, quantityWithheld: false }, undefined).quantity).toBe(12)
  })

  test('a withheld value opens as withheld', () => {
    const payload = { ...RAFALE, value: { withheld: 'commercial secrecy' }, supplier: { withheld: 'asked for by the supplier' } }
    expect(acquisitionPayload(acquisitionValues(payload, ''), undefined)).toEqual(payload)
  })

  test('a delivery typed for a later stage is not stated by a contract', () => {
    const values = { ...acquisitionValues(RAFALE, ''), delivered: '3', deliveredOn: '2028-05-01' }
    expect(acquisitionPayload(values, undefined)).not.toHaveProperty('delivered')
    expect(acquisitionPayload({ ...values, stage: 'first_delivery' }, undefined)).toMatchObject({ delivered: 3, deliveredOn: '2028-05-01' })
  })

  test('the mark of compiled history never reaches an official filing', () => {
    expect(acquisitionPayload(acquisitionValues({ ...RAFALE, compiled: { source: 'press' } }, ''), undefined)).not.toHaveProperty(
      'compiled',
    )
  })

  test('the next stage names the one before', () => {
    expect(acquisitionPayload(acquisitionValues(RAFALE, ''), 'b1f0')).toHaveProperty('previous', 'b1f0')
  })
})

describe('the preview of an unfinished form', () => {
  test.each(['planned', 'contracted', 'first_delivery', 'incorporated'])(
    'of the stage %s begins with category, type, quantity and what was delivered',
    (stage) => {
      const values = {
        ...acquisitionValues({}, ''),
        stage,
        category: 'IVa',
        type: 'Rafale F3-R',
        quantity: '12',
        delivered: stage === 'first_delivery' ? '3' : '',
      }
      const typed = acquisitionPayload(values, undefined)
      expect(AcquisitionPayload.safeParse(filledIn(typed, acquisitionFillers(values, '2026-11-21'), [])).success).toBe(true)
    },
  )

  test('leaves out what is wrong, and a filler never stands over what is right', () => {
    expect(filledIn({ type: 'M-84', purpose: 7 }, { type: 'x', purpose: 'not stated yet' }, [{ pointer: '/payload/purpose' }])).toEqual({
      type: 'M-84',
      purpose: 'not stated yet',
    })
  })

  test('a problem that only a filler has is not the person’s', () => {
    const [wrong, filler] = [{ pointer: '/payload/deliveries/to' }, { pointer: '/payload/signedOn' }]
    expect(ownProblems({ deliveries: { from: 2028, to: 2027 } }, [wrong, filler])).toEqual([wrong])
  })
})

describe('the form of a disposal', () => {
  test('gives back the payload that it was opened with', () => {
    const payload = {
      category: 'I',
      type: 'M-84A',
      quantity: 14,
      mode: 'donation',
      recipient: 'UA',
      decidedOn: '2026-10-18',
      purpose: 'Support.',
    }
    expect(disposalPayload(disposalValues(payload, ''))).toEqual(payload)
    expect(DisposalPayload.safeParse(payload).success).toBe(true)
  })

  test('retired equipment has no recipient, even where one was typed before', () => {
    const values = {
      ...disposalValues({ category: 'I', type: 'T-55', quantity: 3, decidedOn: '2026-10-18', recipient: 'UA' }, ''),
      mode: 'retirement',
    }
    expect(disposalPayload(values)).not.toHaveProperty('recipient')
  })

  test('new production for export leaves holdings as they are', () => {
    expect(disposalPayload({ ...disposalValues({}, ''), newProduction: true })).toEqual({ fromHoldings: false })
  })
})
