import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Chronicle } from '../../app/(public)/timeline/chronicle.tsx'
import { readFilter } from '../../app/(public)/timeline/filter.ts'
import { TIMELINE_SORTS, type TimelineEntry } from '../../lib/timeline/rules.ts'

const entry = (given: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'f1', sort: 'agreement', date: '2013-04-19', until: null, title: 'Brussels Agreement', what: 'Normalisation, partly implemented', participants: ['XK', 'RS'], others: ['European Union'], place: null,
  filing: { id: 'f1', number: 'XK-2013-0001' }, compiled: true, source: null, note: null, ...given,
})
const drawn = (entries: TimelineEntry[]): string => renderToStaticMarkup(createElement(Chronicle, { entries }))
const wordsIn = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ').trim()

test('an entry is read in one line after the other: day, sort in a word, title that leads to the filing, all parties', () => {
  const html = drawn([entry({})])
  expect(wordsIn(html)).toContain('2013 1 entry April 2013-04-19 Agreement Brussels Agreement Kosovo* and Serbia, with European Union · Normalisation, partly implemented · compiled')
  expect(html).toContain('href="/register/f1"')
})

test('an incident has an address of its own, and says who reports it and whether it is disputed', () => {
  const incident = entry({ id: 'I11', sort: 'incident', title: 'Two drones', what: 'Drones', others: [], place: 'Raska', filing: null, source: 'Press', note: 'Kosovo* denied involvement' })
  const html = drawn([incident])
  expect(html).toContain('<li id="I11"')
  expect(wordsIn(html)).toContain('Kosovo* and Serbia · Raska · Drones Reported by third parties, and disputed. Kosovo* denied involvement. Source: Press')
  expect(wordsIn(drawn([{ ...incident, note: null }]))).toContain('Reported by third parties. Source: Press')
  expect(html).not.toContain('/register/')
  expect(wordsIn(drawn([{ ...incident, place: 'drones' }]))).toContain('Serbia · Drones Reported')
})

test('what is of no day of its year, and of no year at all, says so', () => {
  const words = wordsIn(drawn([entry({ date: '2013-04-19' }), entry({ id: 'f2', date: '2013' }), entry({ id: 'f3', date: null, title: 'Accord' })]))
  expect(words).toContain('Day not stated 2013 Agreement')
  expect(words).toContain('Year not stated 1 entry No source says when. They stand here under no day, and in no period. not stated Agreement Accord')
})

test('more than all of history is drawn within a second', () => {
  const many = Array.from({ length: 300 }, (_, index) => entry({
    id: `f${index}`, sort: TIMELINE_SORTS[index % 4]!, date: `${2026 - Math.floor(index / 12)}-0${1 + (index % 9)}-11`, filing: index % 4 === 1 ? null : { id: `f${index}`, number: 'RS-2020-0001' }, source: 'Press',
  }))
  // The best of five: beside other tests the machine is not this one's alone.
  const took = [1, 2, 3, 4, 5].map(() => {
    const started = performance.now()
    expect(drawn(many).match(/<time/g)).toHaveLength(300)
    return performance.now() - started
  })
  expect(Math.min(...took)).toBeLessThan(1000)
})

test('a filter that is not right is said and left out; the rest holds', () => {
  expect(readFilter({ participant: 'XK', sort: ['incident', 'agreement'], from: '2020', to: '' })).toMatchObject({ given: { participant: 'XK', sort: 'agreement', from: 2020 }, problems: {}, isAsked: true })
  expect(readFilter({})).toMatchObject({ given: {}, problems: {}, isAsked: false })
  const { given, problems } = readFilter({ participant: 'DE', sort: 'war', from: '1812', to: '2019' })
  expect(given).toEqual({ to: 2019 })
  expect(problems).toEqual({ participant: expect.stringContaining('one of AL'), sort: expect.stringContaining('one of agreement'), from: 'State a year from 1950.' })
  expect(readFilter({ from: '2020', to: '2019' }).problems).toEqual({ to: 'This is before 2020. State that year or a later one.' })
})
