import { BlockList, isIP, SocketAddress } from 'node:net'

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** An address in its one form: IPv6 shortened, and IPv4 as such where it comes mapped into IPv6 (RFC 4291, 2.5.5.2). */
const plainAddress = (text: string): string | null => {
  if (isIP(text) !== 6) return isIP(text) === 4 ? text : null
  const { address } = new SocketAddress({ address: text, family: 'ipv6' })
  return /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address
}

/** Addresses and CIDR ranges, separated by commas, as one list to look addresses up in; null when one of them is neither. */
export const addressRanges = (text: string): BlockList | null => {
  const list = new BlockList()
  for (const range of text.split(',')) {
    const [, address = '', prefix] = /^([^/%]*)(?:\/(\d{1,3}))?$/.exec(range.trim()) ?? []
    const longest = familyOf(address) === 'ipv4' ? 32 : 128
    if (isIP(address) === 0 || Number(prefix ?? longest) > longest) return null
    list.addSubnet(address, Number(prefix ?? longest), familyOf(address))
  }
  return list
}

/**
 * Who a request comes from. Each proxy adds to X-Forwarded-For, on the right, whom it heard: so what a trusted one says is
 * believed, from the right to the left, up to the first address that is no trusted proxy. What stands before that one, anybody
 * may have written. A claim that is no address is worth nothing: then it is the proxy that passed it on.
 */
export const clientAddress = (peer: string, forwarded: string, trusted: BlockList): string => {
  const claims = forwarded.split(',').map((claim) => plainAddress(claim.trim()))
  let known = plainAddress(peer)
  while (known !== null && trusted.check(known, familyOf(known))) {
    const claim = claims.pop()
    if (!claim) break
    known = claim
  }
  return known ?? ''
}

/** Loopback, private, link-local, shared, documentation, benchmarks, multicast and reserved (RFC 6890); and 6to4 and Teredo, which lead to IPv4. */
const NOT_PUBLIC_IPV4 = '0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,'
  + '192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/3'
const PUBLIC_IPV6 = addressRanges('2000::/3')!
const NOT_PUBLIC = addressRanges(`${NOT_PUBLIC_IPV4},2001::/23,2001:db8::/32,2002::/16,3fff::/20`)!

/** Whether an IP address is one of the public internet. Any other text is none. */
export const isPublicAddress = (text: string): boolean => {
  const address = plainAddress(text)
  if (address === null || NOT_PUBLIC.check(address, familyOf(address))) return false
  return familyOf(address) === 'ipv4' || PUBLIC_IPV6.check(address, 'ipv6')
}
