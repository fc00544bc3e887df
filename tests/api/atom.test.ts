import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { activityFeed } from '../../lib/api/atom.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { amendFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { FOOTNOTE, PARTICIPANTS } from '../../lib/participants/rules.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

useRegister()
const ATOM = 'http://www.w3.org/2005/Atom'
const AT = new Date('2026-11-20T10:00:00Z')

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string }
/** Read as XML with namespaces, by a parser that the feed was not written with; every element is Atom's. */
const parsed = (text: string): Node => {
  const parser = new SaxesParser({ xmlns: true })
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  parser.on('error', (error) => { throw error })
  parser.on('opentag', ({ local, uri, attributes }) => {
    expect(uri).toBe(ATOM)
    const node = { name: local, attributes: Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value])), children: [], text: '' }
    open.at(-1)!.children.push(node)
    open.push(node)
  })
  parser.on('text', (more) => { open.at(-1)!.text += more })
  parser.on('closetag', () => { open.pop() })
  parser.write(text).close()
  return root.children[0]!
}
const all = (node: Node, name: string): Node[] => node.children.filter((child) => child.name === name)
const one = (node: Node, name: string): string => {
  const [found, ...more] = all(node, name)
  expect(more).toEqual([])
  return found!.text
}
const hrefs = (node: Node): Record<string, string> => Object.fromEntries(all(node, 'link').map(({ attributes: { rel, href } }) => [rel!, href!]))

const feed = async (file: string): Promise<Node> => {
  const answer = await activityFeed(new Request(`http://localhost/activities/${file}`), { params: Promise.resolve({ file }) })
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'application/atom+xml; charset=utf-8', 'public, max-age=900'])
  return parsed(await answer.text())
}
const example = (name: string, more: Payload = {}) => {
  const { payload, ...rest } = FILING_EXAMPLES[name]!.value as Parameters<typeof filed>[0]
  return { ...rest, payload: { ...payload, ...more } }
}

test('a register without activities has an empty feed that is whole: id, title, time, author and links (RFC 4287 4.1.1)', async () => {
  const empty = await feed('MK.atom')
  expect(all(empty, 'entry')).toEqual([])
  expect([one(empty, 'id'), one(empty, 'title'), one(empty, 'updated')]).toEqual(['tag:localhost,2026:activities/MK', 'North Macedonia: filings about activities', '2026-01-01T00:00:00.000Z'])
  expect(one(all(empty, 'author')[0]!, 'name')).toBe('Balkan Arms Transparency Platform')
  expect(hrefs(empty)).toMatchObject({ self: expect.stringMatching(/\/activities\/MK\.atom$/), alternate: expect.stringMatching(/\/activities\?participant=MK$/) })
})

test('each filing about what takes place is one entry, newest first, with who, what, when and where in words', async () => {
  const name = 'Vihor & <Munja> "27"'
  const { filing } = await filed(example('activity', { name, forces: ['RS', 'XK'] }), AT)
  await filed(example('deployment'), new Date('2026-11-20T11:00:00Z'))
  await filed(example('calendar'), new Date('2026-11-20T12:00:00Z'))
  const read = await feed('all.atom')
  const entries = all(read, 'entry')
  expect(entries.map((entry) => one(entry, 'title'))).toEqual([
    'North Macedonia: Calendar of activities for 2028: 1 activity', expect.stringContaining('Serbia: 250th Air Defence Missile Brigade'), expect.stringContaining(`Serbia: ${name}, 2027-06-01 to 2027-06-09`),
  ])
  const [calendar, , exercise] = entries
  expect([one(exercise!, 'id'), one(exercise!, 'updated'), hrefs(exercise!).alternate]).toEqual([`urn:uuid:${filing.id}`, '2026-11-20T10:00:00.000Z', expect.stringMatching(new RegExp(`/register/${filing.id}$`))])
  expect(one(exercise!, 'content')).toMatch(new RegExp(`Where: .*8 km around a point 13 km east of Milići\\.\\nFiled as ${filing.number}, version 1, Fri 2026-11-20 10:00 UTC\\.`))
  expect(one(calendar!, 'content')).toContain('Planned: Decisive Strike 28, 2028-05-15 to 2028-06-02, Krivolak.')
  expect(one(read, 'updated')).toBe(one(calendar!, 'updated'))
  expect(all(calendar!, 'content')[0]!.attributes.type).toBe('text')
})

test('what only observers or participants may read is not in it', async () => {
  const { payload } = example('activity')
  const written = JSON.stringify(await feed('all.atom'))
  for (const kept of [payload.purpose, (payload.observers as Payload).programme]) expect(written).not.toContain(kept)
})

test('a correction and a withdrawal are entries of their own that say so; ids and times of the earlier ones stay', async () => {
  const body = example('activity', { name: 'Drim 27', area: { centre: [20, 40.8], radiusKm: 5 }, forces: ['AL'], observers: { ...(example('activity').payload.observers as Payload), invited: ['BA', 'HR', 'XK', 'ME', 'MK', 'RS'] } })
  const { filing } = await filed({ ...body, participant: 'AL' }, AT)
  const before = all(await feed('AL.atom'), 'entry')
  const { filing: second } = await amendFiling(as('al-submitter', { now: new Date('2026-11-21T10:00:00Z') }), { id: filing.id, payload: { ...body.payload, endsOn: '2027-06-10' } as never, reason: 'One day more.' })
  await withdrawFiling(as('al-submitter', { now: new Date('2026-11-22T10:00:00Z') }), { id: second.id, reason: 'It does not take place.' })
  const after = all(await feed('AL.atom'), 'entry')
  expect(after.map((entry) => one(entry, 'title').match(/\((.+)\)$/)?.[1] ?? 'filed')).toEqual(['withdrawn', 'corrected', 'filed'])
  expect(after.at(-1)).toEqual(before[0])
  expect(one(after[0]!, 'content')).toContain(`Withdrawn as ${filing.number}, version 3, Sun 2026-11-22 10:00 UTC.\nReason: It does not take place.`)
  expect(new Set(after.map((entry) => one(entry, 'id'))).size).toBe(3)
})

test('the designation has its footnote in each entry that names it, and in the feeds of all and of itself', async () => {
  const { payload } = example('calendar')
  await filed({ kind: 'calendar.activities', participant: 'XK', payload: { ...payload, year: 2027, activities: [], nil: true } }, AT)
  for (const code of [...PARTICIPANTS, 'all']) {
    const read = await feed(`${code}.atom`)
    expect(all(read, 'subtitle').map(({ text }) => text)).toEqual(code === 'XK' || code === 'all' ? [FOOTNOTE] : [])
    for (const entry of all(read, 'entry')) {
      const content = one(entry, 'content')
      expect(content.includes(FOOTNOTE)).toBe(content.replace(FOOTNOTE, '').includes('Kosovo*'))
      expect(content.replace(FOOTNOTE, '')).not.toMatch(/Kosovo(?!\*)/)
    }
  }
  expect(one(all(await feed('XK.atom'), 'entry')[0]!, 'content')).toContain(FOOTNOTE)
})

test('a hundred are the most, and a file that is not there is not found', async () => {
  for (const file of ['ZZ.atom', 'all', 'rs.atom', '../all.atom', 'all.atom.atom']) {
    expect((await activityFeed(new Request('http://localhost/activities/x'), { params: Promise.resolve({ file }) })).status).toBe(404)
  }
  for (let index = 0; index < 105; index++) await filed(example('uavFlight', { name: `Flight ${index}` }), new Date(AT.getTime() + index * 1000))
  const entries = all(await feed('HR.atom'), 'entry')
  expect([entries.length, one(entries[0]!, 'title').split(',')[0]]).toEqual([100, 'Croatia: Flight 104'])
}, 120_000)
