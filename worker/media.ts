import type { Env } from './env.ts'
import { objectKey } from './models/avatars.ts'

/** /media/avatars/<user uuid>/<key>: the key changes with the picture, so a copy never goes stale. */
const PATH = /^\/media\/avatars\/[0-9a-f-]{36}\/([0-9a-f]{64})$/

/** Answers with a person's picture. It is an image whatever a browser may think of its bytes. */
export async function serveMedia(request: Request, env: Env): Promise<Response> {
  const [, key] = PATH.exec(new URL(request.url).pathname) ?? []
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const object = key && isRead ? await env.avatars.get(objectKey(key)) : null
  if (!object) return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } })
  const headers = {
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=3600, immutable',
    etag: object.httpEtag,
  }
  if (request.headers.get('if-none-match') === object.httpEtag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : object.body, { headers })
}
