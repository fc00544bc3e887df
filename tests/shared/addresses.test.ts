import { describe, expect, test } from 'vitest'
import { addressRanges, clientAddress } from '../../lib/shared/addresses.ts'

const LOOPBACK = addressRanges('127.0.0.0/8, ::1')!
const PROXIES = addressRanges('10.0.0.0/28,192.0.2.80,2001:db8:aa::/48')!

describe('the address of a visitor', () => {
  test.each([
    ['the connection’s own, without a proxy', '203.0.113.9', '', '203.0.113.9'],
    ['the connection’s own, whatever it claims to be', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['what the proxy on this machine says', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['what it says over IPv6', '::1', '2001:db8::9', '2001:db8::9'],
    ['what it says over IPv4 in IPv6', '::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['the last of the list: the proxy wrote that one, the visitor the others', '127.0.0.1', '127.0.0.1, 198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['this machine, when a program on it asks', '127.0.0.1', '', '127.0.0.1'],
  ])('is %s', (_which, peer, forwarded, expected) => {
    expect(clientAddress(peer, forwarded, LOOPBACK)).toBe(expected)
  })

  test.each([
    ['behind one proxy elsewhere', '10.0.0.7', '203.0.113.9', '203.0.113.9'],
    ['behind two', '10.0.0.7', '203.0.113.9, 192.0.2.80', '203.0.113.9'],
    ['behind two, with a spoofed list before them', '10.0.0.7', '10.0.0.1, 127.0.0.1, 203.0.113.9, 192.0.2.80', '203.0.113.9'],
    ['behind a proxy that speaks IPv6', '2001:db8:aa:1::5', '2001:0DB8:0:0::0009', '2001:db8::9'],
    ['behind a proxy that comes mapped', '::ffff:10.0.0.7', '::ffff:203.0.113.9', '203.0.113.9'],
    ['mapped and written in hexadecimal', '::ffff:a00:7', '::FFFF:cb00:7109', '203.0.113.9'],
    ['the outermost proxy’s, when only proxies are named', '10.0.0.7', '10.0.0.9,192.0.2.80', '10.0.0.9'],
    ['beside the range', '10.0.0.16', '203.0.113.9', '10.0.0.16'],
    ['on this machine, which is trusted no more once others are', '127.0.0.1', '203.0.113.9', '127.0.0.1'],
  ])('%s', (_where, peer, forwarded, expected) => {
    expect(clientAddress(peer, forwarded, PROXIES)).toBe(expected)
  })

  test.each(['unknown', '_hidden', '', ' ', ',', '203.0.113.9:4711', '[2001:db8::9]', '0203.0.113.9', '203.0.113', '256.0.0.1', '<script>', '\u0000', '203.0.113.9;', 'for=203.0.113.9'])(
    'is the proxy’s when the proxy says %j, and nothing further left is believed',
    (garbage) => {
      expect(clientAddress('127.0.0.1', garbage, LOOPBACK)).toBe('127.0.0.1')
      expect(clientAddress('10.0.0.7', `198.51.100.1, ${garbage}, 10.0.0.9`, PROXIES)).toBe('10.0.0.9')
    },
  )

  test('is nothing when the connection has gone', () => {
    expect(clientAddress('', '203.0.113.9', LOOPBACK)).toBe('')
  })
})

test.each([
  '', ',', '10.0.0.1,', 'localhost', 'proxy.example.org', '10.0.0', '10.0.0.0/33', '2001:db8::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '/8', '10.0.0.0-10.0.0.9', '10.*', 'fe80::1%eth0',
])('%j is no list of addresses and ranges', (text) => {
  expect(addressRanges(text)).toBeNull()
})
