import { BODY_MAX_BYTES, FORM_MAX_BYTES } from './contract/limits.ts'
import { isApi } from './is-api.ts'

/**
 * Reads the rest of a request's body, unless it is too large or of unknown length: workerd closes a connection on which
 * something was left unread, and with it the response on its way and the next requests.
 */
export async function drainBody(request: Request): Promise<void> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const max = isApi(new URL(request.url).pathname) ? BODY_MAX_BYTES : FORM_MAX_BYTES
  if (request.body === null || request.bodyUsed || !(length <= max)) return
  // Cut off by its sender, or being read elsewhere: nothing is left to do.
  await request.arrayBuffer().catch(() => {})
}
