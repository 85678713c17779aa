import type { RequestContext } from './context.ts'
import type { AppError } from './contract/app-error.ts'
import { avatarObjectKey } from './models/avatars.ts'
import { awaitBucket } from './models/await-media.ts'
import { reportError } from './observe/report.ts'
import { serveImage } from './serve-image.ts'

/** The route of avatars. A new avatar has a new key, so browsers may cache each as immutable. */
const ROUTE = '/media/avatars/:user_uuid/:key'
const PATH = /^\/media\/avatars\/[0-9a-f-]{36}\/([0-9a-f]{64})$/

/** Returns an error as plain text, since an `img` element cannot show a page. */
export function mediaError(error: AppError, context: RequestContext): Response {
  const headers = new Headers({ 'cache-control': 'no-store', 'retry-after': String(error.retryAfter) })
  context.route ??= ROUTE
  if (error.policy) headers.set('ratelimit-policy', error.policy)
  if (error.status === 429) return new Response('Too many requests\n', { status: 429, headers })
  reportError(error, context)
  return new Response('Unavailable\n', { status: error.status, headers })
}

/** Returns an avatar or an image. @throws AppError pictures_unavailable while the bucket is unavailable. */
export async function serveMedia(request: Request, context: RequestContext): Promise<Response> {
  if (new URL(request.url).pathname.startsWith('/media/images/')) return serveImage(request, context)
  const { settings } = context
  context.route = ROUTE
  const [, key] = PATH.exec(new URL(request.url).pathname) ?? []
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const object = key && isRead ? await awaitBucket(settings.avatars.get(avatarObjectKey(key))) : null
  if (!object) return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } })
  const headers = {
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=3600, immutable',
    etag: object.httpEtag,
  }
  if (request.headers.get('if-none-match') === object.httpEtag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : await awaitBucket(object.arrayBuffer()), { headers })
}
