/** Hosts of the push services of Chrome and browsers like it, Chromium as Linux builds it, Safari, Firefox, and Edge. */
const HOSTS =
  /^(fcm\.googleapis\.com|jmt17\.google\.com|([\w-]+\.)+(push\.apple\.com|push\.services\.mozilla\.com|notify\.windows\.com))$/

/**
 * Returns whether an endpoint belongs to a known push service. The Worker sends pushes to no other host.
 * @param local Origin of a stand-in, for development; it may have any path.
 */
export function isPushService(endpoint: string, local: string | undefined): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, origin, host, username, password } = new URL(endpoint)
  if (username || password) return false
  if (local && origin === new URL(local).origin) return true
  // `host` includes a port other than 443.
  return protocol === 'https:' && HOSTS.test(host)
}
