import { paths } from './paths.ts'

/** Returns a `next` parameter if it is a path of this site, else the home page's. Prevents open redirects. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || /[\\\p{Cc}]/u.test(next)) return paths.home()
  const url = new URL(next, 'http://here')
  const path = url.pathname + url.search + url.hash
  // Resolving dot segments can yield a path that starts with "//", which is another site's URL.
  return url.host === 'here' && !path.startsWith('//') ? path : paths.home()
}

/** Returns a safe `next` to pass on in a form or link; '' for the home page, which is the default. */
export function nextParam(next: string | null | undefined): string {
  const path = safeNext(next)
  return path === paths.home() ? '' : path
}
