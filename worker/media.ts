import type { RequestContext } from './context.ts'
import { AppError } from './contract/app-error.ts'
import { limitAddress } from './middleware/rate-limits.ts'
import { fromBucket, objectKey } from './models/avatars.ts'
import { reportError } from './observe/report.ts'

/** /media/avatars/<user uuid>/<key>: the key changes with the picture, so a copy never goes stale. */
const PATH = /^\/media\/avatars\/[0-9a-f-]{36}\/([0-9a-f]{64})$/

/** Answers with an avatar; 429 past the reads of a client IP, 503 while the bucket is out of reach. */
export async function serveMedia(request: Request, context: RequestContext): Promise<Response> {
  context.route = '/media/avatars/:user_uuid/:key'
  try {
    await limitAddress(request, context)
    return await picture(request, context)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return refuse(error, context)
  }
}

function refuse(error: AppError, context: RequestContext): Response {
  const headers = new Headers({ 'cache-control': 'no-store', 'retry-after': String(error.retryAfter) })
  if (error.policy) headers.set('ratelimit-policy', error.policy)
  if (error.status === 429) return new Response('Too many requests\n', { status: 429, headers })
  reportError(error, context)
  return new Response('Unavailable\n', { status: error.status, headers })
}

/** It is an image whatever a browser may think of its bytes. */
async function picture(request: Request, { env }: RequestContext): Promise<Response> {
  const [, key] = PATH.exec(new URL(request.url).pathname) ?? []
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const object = key && isRead ? await fromBucket(env.avatars.get(objectKey(key))) : null
  if (!object) return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } })
  const headers = {
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=3600, immutable',
    etag: object.httpEtag,
  }
  if (request.headers.get('if-none-match') === object.httpEtag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : await fromBucket(object.arrayBuffer()), { headers })
}
