import type { RequestContext } from './context.ts'
import { IMAGE_ROUTE, readImageUrl } from './image-url.ts'
import { awaitBucket } from './models/await-media.ts'
import { imageObjectKey } from './models/images.ts'

/** How long a browser may cache an image, in seconds. Short, since it may be deleted. */
const MAX_AGE = 60

const refusal = (status: 404 | 410 | 416, text: string, headers: Record<string, string> = {}) =>
  new Response(`${text}\n`, { status, headers: { 'cache-control': 'no-store', ...headers } })

/**
 * Returns an image of an activity, without a database query: its URL alone grants access, until the deadline (image-url.ts).
 * @throws AppError pictures_unavailable while the bucket is unavailable.
 */
export async function serveImage(request: Request, context: RequestContext): Promise<Response> {
  const { settings } = context
  context.route = IMAGE_ROUTE
  const image = await readImageUrl(settings, new URL(request.url).pathname)
  if (!image || (request.method !== 'GET' && request.method !== 'HEAD')) return refusal(404, 'Not found')
  if (image.deadline <= Date.now()) return refusal(410, 'Gone')
  const object = await awaitBucket(settings.avatars.get(imageObjectKey(image.uuid)))
  const body = object && (await awaitBucket(object.arrayBuffer()))
  const leftMs = image.deadline - Date.now()
  // The bucket may have been slow.
  if (!body || leftMs <= 0) return refusal(410, 'Gone')
  const headers: Record<string, string> = {
    'content-type': 'image/webp',
    'cache-control': `private, max-age=${Math.min(MAX_AGE, Math.floor(leftMs / 1_000))}`,
    'content-disposition': 'inline',
    'accept-ranges': 'bytes',
    etag: object.httpEtag,
  }
  if (request.headers.get('if-none-match') === object.httpEtag) return new Response(null, { status: 304, headers })
  return withRange(request, body, headers)
}

/** Returns the bytes that a request asks for, at most one range (https://www.rfc-editor.org/rfc/rfc9110#section-14). */
function withRange(request: Request, body: ArrayBuffer, headers: Record<string, string>): Response {
  const { headers: requested, method } = request
  const size = body.byteLength
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(requested.get('range') ?? '') ?? []
  const isStale = requested.has('if-range') && requested.get('if-range') !== headers.etag
  if (method === 'HEAD') return new Response(null, { headers: { ...headers, 'content-length': String(size) } })
  if (isStale || from === undefined || to === undefined || (from === '' && to === '')) {
    return new Response(body, { headers })
  }
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1)
  if (start >= end) return refusal(416, 'Range not satisfiable', { 'content-range': `bytes */${size}` })
  return new Response(body.slice(start, end), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end - 1}/${size}` },
  })
}
