/**
 * Returns the client IP that rate limits count by: Cloudflare's header, of IPv6 the /64 network (a household has a whole one).
 * No other header counts, since anybody can send those. Null for a loopback address, which no request from outside has:
 * development and tests are not limited.
 * https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 */
export function clientIpOf(request: Request): string | null {
  const header = request.headers.get('cf-connecting-ip')?.trim().toLowerCase()
  if (!header) return null
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(header)?.[1]
  const ip = mapped ?? header
  if (ip === '::1' || ip.startsWith('127.')) return null
  return ip.includes(':') ? networkOf(ip) : ip
}

/** The first four groups of an IPv6 address, written in full. */
function networkOf(ip: string): string {
  const [head = '', tail] = ip.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
