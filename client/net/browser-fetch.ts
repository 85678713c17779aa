import { setReachable } from './online-status.ts'

/** A response with its ETag, reused while the server answers 304. */
type Tagged = { tag: string; body: string }

/** LRU capacity: the queries that poll at one time, and a few. */
const CAPACITY = 8

const responses = new Map<string, Tagged>()

function store(url: string, tagged: Tagged): void {
  responses.delete(url)
  responses.set(url, tagged)
  if (responses.size > CAPACITY) responses.delete(responses.keys().next().value ?? '')
}

/**
 * `fetch` for the API in the browser, with ETags: private responses are `no-store`, so the browser's own cache has none of them.
 * Also notes whether the API can be reached.
 */
export async function browserFetch(request: Request): Promise<Response> {
  const known = request.method === 'GET' ? responses.get(request.url) : undefined
  if (known) request.headers.set('if-none-match', known.tag)
  const response = await fetch(request).catch((error) => {
    if (!request.signal.aborted) setReachable(false)
    throw error
  })
  setReachable(true)
  if (known && response.status === 304) {
    store(request.url, known)
    return new Response(known.body, { headers: { 'content-type': 'application/json' } })
  }
  const tag = response.headers.get('etag')
  if (request.method === 'GET' && response.status === 200 && tag) {
    const body = await response.text()
    store(request.url, { tag, body })
    return new Response(body, response)
  }
  return response
}
