import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPolicy, isSatisfied, parsePolicy, type Policy } from '../../lib/log/policy.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { signingKey } from '../../lib/log/sign.ts'
import { LOG_KEY } from './given.ts'

const NAMES = ['AL', 'BA', 'HR', 'ME', 'MK', 'RS', 'XK', 'EU', 'OSCE']
const vkeyOf = (name: string): string => signingKey(`witness.example/${name}`, 0x04, new Uint8Array(32).fill(NAMES.indexOf(name) + 1)).vkey
const line = (name: string): string => `witness ${name} ${vkeyOf(name)} https://witness.example/${name}`
const parse = (...lines: string[]): Promise<Policy> => parsePolicy(lines.join('\n'), nodePrimitives)

const PROPOSED = [
  `log ${LOG_KEY.vkey} https://batp.example/log`, ...NAMES.map(line),
  'group participants 5 AL BA HR ME MK RS XK', 'group outside any EU OSCE', 'group q all participants outside', 'quorum q',
]
const proposed = await parse(...PROPOSED)

describe('five of seven participants and one of two outside bodies', () => {
  test('is read, and written as it was', () => {
    expect(formatPolicy(proposed)).toBe(`${PROPOSED.join('\n')}\n`)
    expect(proposed.logs).toMatchObject([{ key: { vkey: LOG_KEY.vkey }, url: 'https://batp.example/log' }])
    expect(proposed.witnesses[6]).toMatchObject({ name: 'XK', url: 'https://witness.example/XK' })
    expect(proposed.groups[0]).toEqual({ name: 'participants', threshold: 5, members: NAMES.slice(0, 7) })
  })

  test.each([
    ['AL BA HR ME MK EU', true],
    ['AL BA HR ME MK RS XK OSCE', true],
    ['AL BA HR ME EU OSCE', false],
    ['AL BA HR ME MK RS XK', false],
    ['EU OSCE', false],
    ['', false],
    ['AL AL AL AL AL EU', false],
    ['AL BA HR ME MK q', false],
    ['participants outside q', false],
    ['AL BA HR ME MK EU stranger', true],
  ])('cosigned by “%s”: %s', (cosigners, expected) => {
    expect(isSatisfied(proposed, cosigners.split(' '))).toBe(expected)
  })
})

describe('other policies', () => {
  test('one witness may be the quorum; none at all asks for nobody', async () => {
    const one = await parse(line('RS'), 'quorum RS')
    expect([isSatisfied(one, ['RS']), isSatisfied(one, ['XK'])]).toEqual([true, false])
    const none = await parse('quorum none')
    expect(isSatisfied(none, [])).toBe(true)
    expect(formatPolicy(none)).toBe('quorum none\n')
  })

  test('comments, empty lines, tabs and spaces are passed over', async () => {
    const read = await parse('', '  # who must cosign', '#', `\twitness  RS \t${vkeyOf('RS')}  `, ' ', 'quorum\tRS', '')
    expect(formatPolicy(read)).toBe(`witness RS ${vkeyOf('RS')}\nquorum RS\n`)
  })

  test.each<[string, string[], string]>([
    ['no quorum', [line('RS')], 'exactly one “quorum” line; this one has none'],
    ['two quorums', [line('RS'), 'quorum RS', 'quorum none'], 'Line 3: A policy has exactly one “quorum” line; this one has two'],
    ['a quorum that is not defined yet', ['quorum RS', line('RS')], 'Line 1: The quorum names RS'],
    ['a member that is not defined yet', [line('RS'), 'group g any RS h', line('XK'), 'quorum g'], 'Line 2: The group g names h'],
    ['a group within itself', [line('RS'), 'group g any RS g', 'quorum g'], 'names g, which no line before'],
    ['a member twice in a group', [line('RS'), 'group g 1 RS RS', 'quorum g'], 'RS is a member twice'],
    ['a member of two groups', [line('RS'), 'group g any RS', 'group h any RS', 'quorum h'], 'RS is a member twice'],
    ['none as a member', [line('RS'), 'group g any RS none', 'quorum g'], 'names none'],
    ['none as a name', [`witness none ${vkeyOf('RS')}`, 'quorum none'], '“none” is already taken'],
    ['a name twice', [line('RS'), `witness RS ${vkeyOf('XK')}`, 'quorum RS'], '“RS” is already taken'],
    ['a group named like a witness', [line('RS'), 'group RS any RS', 'quorum RS'], '“RS” is already taken'],
    ['one key under two names', [line('RS'), `witness XK ${vkeyOf('RS')}`, 'quorum RS'], 'stands in this policy twice'],
    ['a threshold of 0', [line('RS'), 'group g 0 RS', 'quorum g'], 'from 1 to 1'],
    ['a threshold above the members', [line('RS'), 'group g 2 RS', 'quorum g'], 'from 1 to 1'],
    ['a threshold in words', [line('RS'), 'group g most RS', 'quorum g'], 'asks for “most”'],
    ['a threshold with a leading zero', [line('RS'), 'group g 01 RS', 'quorum g'], 'asks for “01”'],
    ['a group without members', [line('RS'), 'group g any', 'quorum RS'], 'Line 2: A group is'],
    ['a log’s key for a witness', [`witness RS ${LOG_KEY.vkey}`, 'quorum RS'], 'not of the kind'],
    ['a witness’s key for a log', [`log ${vkeyOf('RS')}`, 'quorum none'], 'not of the kind'],
    ['another key’s name', [`witness RS ${vkeyOf('RS').replace('/RS', '/XK')}`, 'quorum RS'], 'Line 1: The key ID'],
    ['a word too many', [`${line('RS')} more`, 'quorum RS'], 'Line 1: A line is'],
    ['another keyword', ['witnesses RS', 'quorum none'], 'Line 1: A line is'],
    ['a carriage return', [`${line('RS')}\r`, 'quorum RS'], 'control characters'],
  ])('%s is refused, with the line', async (_, lines, words) => {
    await expect(parse(...lines)).rejects.toThrow(words)
  })

  test('the same key under another name of its own is still the same cosigner', async () => {
    const renamed = signingKey('other.example/name', 0x04, new Uint8Array(32).fill(NAMES.indexOf('RS') + 1)).vkey
    await expect(parse(line('RS'), `witness XK ${renamed}`, 'quorum RS')).rejects.toThrow('stands in this policy twice')
  })
})

test('random nested groups decide as their definition says, by recursion', () => {
  const witnesses = proposed.witnesses
  const nested = fc.tuple(
    fc.shuffledSubarray(NAMES, { minLength: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat({ max: 8 }), fc.nat({ max: 8 }),
    fc.subarray(NAMES),
  )
  fc.assert(fc.property(nested, ([order, cut, first, second, cosigners]) => {
    const [inner, outer] = [order.slice(0, cut), [...order.slice(cut), 'inner']]
    const groups = [
      { name: 'inner', threshold: (first % inner.length) + 1, members: inner },
      { name: 'outer', threshold: (second % outer.length) + 1, members: outer },
    ]
    const counts = (name: string): boolean => {
      const group = groups.find((each) => each.name === name)
      return group ? group.members.filter(counts).length >= group.threshold : cosigners.includes(name)
    }
    expect(isSatisfied({ logs: [], witnesses, groups, quorum: 'outer' }, cosigners)).toBe(counts('outer'))
  }))
})
