/**
 * Whom limits of an address count for: the address as Cloudflare tells it, of IPv6 the network (a household has a whole
 * /64). No other header counts, since anybody can send those. Null for this machine itself, which no request from
 * outside comes from: development and tests are not limited by where they run.
 * https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 */
export function addressOf(request: Request): string | null {
  const told = request.headers.get('cf-connecting-ip')?.trim().toLowerCase()
  if (!told) return null
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(told)?.[1]
  const address = mapped ?? told
  if (address === '::1' || address.startsWith('127.')) return null
  return address.includes(':') ? networkOf(address) : address
}

/** The first four groups of an IPv6 address, written in full. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
