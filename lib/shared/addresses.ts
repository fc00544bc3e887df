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
