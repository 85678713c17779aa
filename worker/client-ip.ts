/**
 * Returns the client IP that rate limits count by, from Cloudflare's header: for IPv6 its /64 network, since a household has a
 * whole one. Clients can forge all other headers. Null for a loopback address: development and tests are not limited.
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

/** Returns the /64 network of an IPv6 address: its first four groups, without leading zeros. */
function networkOf(ip: string): string {
  const [head = '', tail] = ip.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
