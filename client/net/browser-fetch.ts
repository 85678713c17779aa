import { setReachable } from './online-status.ts'

/** A response body and its ETag, reused when the server answers 304. */
type CachedResponse = { tag: string; body: string }

/** LRU capacity, in responses: enough for the queries that poll at the same time. */
const CAPACITY = 8

const responses = new Map<string, CachedResponse>()

function store(url: string, response: CachedResponse): void {
  responses.delete(url)
  responses.set(url, response)
  if (responses.size > CAPACITY) responses.delete(responses.keys().next().value ?? '')
}

/**
 * `fetch` for the API in the browser. Revalidates with ETags itself: private responses are `no-store`, so the browser does not
 * cache them. Also records whether the API is reachable.
 */
export async function browserFetch(request: Request): Promise<Response> {
  const cached = request.method === 'GET' ? responses.get(request.url) : undefined
  if (cached) request.headers.set('if-none-match', cached.tag)
  const response = await fetch(request).catch((error) => {
    if (!request.signal.aborted) setReachable(false)
    throw error
  })
  setReachable(true)
  if (cached && response.status === 304) {
    store(request.url, cached)
    return new Response(cached.body, { headers: { 'content-type': 'application/json' } })
  }
  const tag = response.headers.get('etag')
  if (request.method === 'GET' && response.status === 200 && tag) {
    const body = await response.text()
    store(request.url, { tag, body })
    return new Response(body, response)
  }
  return response
}
