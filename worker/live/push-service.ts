/** Hosts of the push services of Chrome and browsers derived from it, Chromium builds of Linux distributions, Safari, Firefox, and Edge. */
const HOSTS =
  /^(fcm\.googleapis\.com|jmt17\.google\.com|([\w-]+\.)+(push\.apple\.com|push\.services\.mozilla\.com|notify\.windows\.com))$/

/**
 * Returns whether an endpoint belongs to a known push service. The Worker sends pushes to no other host.
 * @param standIn URL of a local stand-in, for development: endpoints with its origin count as well.
 */
export function isPushService(endpoint: string, standIn: string | undefined): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, origin, host, username, password } = new URL(endpoint)
  if (username || password) return false
  if (standIn && origin === new URL(standIn).origin) return true
  // `host` includes a port other than 443.
  return protocol === 'https:' && HOSTS.test(host)
}
