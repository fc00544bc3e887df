import { expect, test } from 'vitest'
import { listeningAt } from '../../scripts/listening.ts'

test.each([
  ['the demonstration: on this machine alone', undefined, true, { host: '127.0.0.1', name: 'localhost' }],
  ['the demonstration, told nothing in so many words', '', true, { host: '127.0.0.1', name: 'localhost' }],
  ['the demonstration for all, which this machine still calls by its own name', '0.0.0.0', true, { host: '0.0.0.0', name: 'localhost' }],
  ['the same over IPv6', '::', true, { host: '::', name: 'localhost' }],
  ['the demonstration at one address, where no other name leads', '192.0.2.7', true, { host: '192.0.2.7', name: '192.0.2.7' }],
  ['the same over IPv6, whose addresses stand in brackets', '2001:db8::7', true, { host: '2001:db8::7', name: '[2001:db8::7]' }],
  ['production: on all addresses', undefined, false, { host: undefined, name: 'localhost' }],
  ['production behind a proxy on the same machine', '127.0.0.1', false, { host: '127.0.0.1', name: '127.0.0.1' }],
])('%s', (_what, wanted, isDemo, expected) => {
  expect(listeningAt(wanted, isDemo)).toEqual(expected)
})
