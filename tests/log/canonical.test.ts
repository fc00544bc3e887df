import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, commitment, parseStrictJson, type Json } from '../../lib/log/canonical.ts'
import { refusalOf } from '../support/context.ts'

const refused = (text: string) => refusalOf((async () => parseStrictJson(text))())

describe('canonical JSON (RFC 8785)', () => {
  test('writes the example of section 3.2.2 as the RFC does', () => {
    const numbers = '333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001'
    const text = String.raw`"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"`
    const source = `{"numbers":[${numbers}],"string":${text},"literals":[null,true,false]}`
    expect(canonicalJson(JSON.parse(source) as Json)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  // RFC 8785 appendix B: the IEEE 754 number and its text.
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })

  test('refuses what JSON has no number for', () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) expect(() => canonicalJson({ value })).toThrow('not a finite number')
  })

  test('sorts keys by UTF-16 code units, as in section 3.2.3', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      1: 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object).toSorted()).toEqual(Object.values(value).toSorted())
    const order = [...canonicalJson(value).matchAll(/"(Carriage Return|One|Control|Latin[^"]*|Euro Sign|Emoji[^"]*|Hebrew[^"]*)"/g)].map(
      ([, name]) => name,
    )
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test('refuses half a surrogate pair, in a value and in a key', () => {
    for (const value of ['\ud800', { '\udfff': 1 }, ['a\udc00b']]) expect(() => canonicalJson(value)).toThrow('lone surrogate')
    expect(canonicalJson('\u{1f600}')).toBe('"\u{1f600}"')
  })

  test('says the same as parsing it again, and is stable', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json
        if (JSON.stringify(plain).includes('__proto__')) return
        const text = canonicalJson(plain)
        const parsed = JSON.parse(text) as Json
        expect(parsed).toEqual(plain)
        expect(canonicalJson(parsed)).toBe(text)
        expect(text).not.toMatch(/[\n\r\t]/)
      }),
      { numRuns: 2000 },
    )
  })

  test('does not depend on the order in which members were written', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__')
    fc.assert(
      fc.property(fc.dictionary(name, fc.integer(), { minKeys: 2 }), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })
})

describe('the commitment', () => {
  test('is SHA-256 over the salt and the canonical bytes', () => {
    const salt = new Uint8Array(32).fill(7)
    const text = canonicalJson({ type: 'Šumadija', quantity: 1 })
    expect(commitment(salt, text)).toBe(
      createHash('sha256')
        .update(Buffer.concat([salt, Buffer.from(text, 'utf8')]))
        .digest('hex'),
    )
    expect(commitment(new Uint8Array(32), text)).not.toBe(commitment(salt, text))
  })
})

describe('a body', () => {
  test.each([
    ['a key stated twice', '{"a":1,"b":{"c":1,"c":2}}', '“c” twice'],
    ['a key stated twice, once by escapes', String.raw`{"a":1,"\u0061":2}`, '“a” twice'],
    ['a key stated twice in a list', '[1,{"x":[],"x":[]}]', '“x” twice'],
    ['__proto__', '{"__proto__":{"verified":true}}', '__proto__'],
    ['__proto__ by escapes', String.raw`{"\u005f_proto__":1}`, '__proto__'],
    ['a byte order mark', '\ufeff{}', 'byte order mark'],
    ['half a surrogate pair', String.raw`{"a":"\ud800"}`, 'Unicode'],
    ['half a surrogate pair in a name', String.raw`{"a\ud800":1}`, 'Unicode'],
    ['a NUL', String.raw`{"a":"x\u0000"}`, 'NUL'],
    ['an integer beyond 2^53', '{"a":9007199254740993}', 'too large'],
    ['too many levels', `${'['.repeat(40)}${']'.repeat(40)}`, '32 levels'],
    ['no JSON', '{"a":1,}', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['two values', '{}{}', 'not JSON'],
    ['a comment', '{/* why */}', 'not JSON'],
    ['NaN', '{"a":NaN}', 'not JSON'],
  ])('with %s is refused', async (_what, text, reason) => {
    expect(await refused(text)).toMatchObject({ code: 'invalid', message: expect.stringContaining(reason) })
  })

  test('names the place of what it refuses', async () => {
    expect((await refused(String.raw`{"payload":{"lines":[{"type":"\u0000"}]}}`)).fields).toMatchObject([
      { pointer: '/payload/lines/0/type' },
    ])
    expect((await refused('{"a/b":{"c~d":9007199254740993}}')).fields).toMatchObject([{ pointer: '/a~1b/c~0d' }])
  })

  test('may repeat a key in different objects, and hold marks and quotes in its strings', () => {
    const text = String.raw`{"a":{"x":1},"b":{"x":2},"c":"{\"x\":1,\"x\":2}","d":["[,:]","\\"],"e":{}}`
    expect(parseStrictJson(text)).toEqual(JSON.parse(text))
  })

  test('that JSON.parse takes is read the same, or refused', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        let value: Json
        try {
          value = parseStrictJson(text)
        } catch {
          return
        }
        expect(value).toEqual(JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('of a megabyte is judged at once, whatever it is made of', () => {
    for (const text of ['['.repeat(1e6), '"'.repeat(1e6), '\\'.repeat(1e6), `{"a":"${'\\\\'.repeat(5e5)}"}`, `[${'"",'.repeat(2e5)}""]`]) {
      const begun = performance.now()
      try {
        parseStrictJson(text)
      } catch {
        /* refused is as good */
      }
      expect(performance.now() - begun).toBeLessThan(1000)
    }
  })
})
