import { setReachable } from './online-status.ts'

/** An answer that had a tag, to be used again while the server says that nothing has changed. */
type Tagged = { tag: string; body: string }

/** So many answers are kept: as many as are asked for again and again at one time, and a few. */
const KEPT = 8

const kept = new Map<string, Tagged>()

function keep(url: string, tagged: Tagged): void {
  kept.delete(url)
  kept.set(url, tagged)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
}

/**
 * `fetch`, for the API in the browser. The browser stores none of what is a person's own, so what was read before is
 * asked for by its tag here. It also tells whether we can be reached.
 */
export async function browserFetch(request: Request): Promise<Response> {
  const known = request.method === 'GET' ? kept.get(request.url) : undefined
  if (known) request.headers.set('if-none-match', known.tag)
  const response = await fetch(request).catch((error) => {
    if (!request.signal.aborted) setReachable(false)
    throw error
  })
  setReachable(true)
  if (known && response.status === 304) {
    keep(request.url, known)
    return new Response(known.body, { headers: { 'content-type': 'application/json' } })
  }
  const tag = response.headers.get('etag')
  if (request.method === 'GET' && response.status === 200 && tag) {
    const body = await response.text()
    keep(request.url, { tag, body })
    return new Response(body, response)
  }
  return response
}
