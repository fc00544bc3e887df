import { expect, test } from 'vitest'
import type { Facts } from '../../lib/thresholds/facts.ts'
import { assessed, declaration, mustMeet, situation } from './given.ts'

const corrected = (before: Facts, now: Facts) =>
  mustMeet(assessed(now, situation('RS', { correcting: { number: 'RS-2027-0001', version: 1, told: ['HR'], facts: before } }), { amended: true }), 'filing.corrected').measured

test.each<[string, Facts, Facts, string]>([
  ['fewer', declaration({ I: 325 }), declaration({ I: 319 }), 'I: 325 → 319, − 1.8 %'],
  ['the same', declaration({ I: 325 }), declaration({ I: 325 }), 'figures unchanged'],
  ['one category more, one less', declaration({ I: 325, II: 4 }), declaration({ I: 325, III: 4 }), 'II: left out; III: added'],
  ['what is withheld is the least possible', declaration({ I: 373 }, { I: 1 }), declaration({ I: 144 }, { I: 1 }), 'I: at least 373 → at least 144'],
  ['withheld from now on', declaration({ I: 373 }), declaration({ I: 144 }, { I: 1 }), 'I: 373 → at least 144'],
  ['one more withheld', declaration({ I: 373 }, { I: 1 }), declaration({ I: 373 }, { I: 2 }), 'I: at least 373 → at least 373'],
  ['withheld as before', declaration({ I: 373 }, { I: 1 }), declaration({ I: 373 }, { I: 1 }), 'figures unchanged'],
])('a correction states %s', (_what, before, now, measured) => {
  expect(corrected(before, now)).toBe(measured)
})
