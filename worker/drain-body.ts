import { BODY_MAX_BYTES, FORM_MAX_BYTES } from './contract/limits.ts'
import { isApi } from './is-api.ts'

/**
 * Reads the rest of a request's body, unless it is too large or of unknown length: workerd closes a connection with unread
 * data, which loses the response and further requests on it.
 */
export async function drainBody(request: Request): Promise<void> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const max = isApi(new URL(request.url).pathname) ? BODY_MAX_BYTES : FORM_MAX_BYTES
  if (request.body === null || request.bodyUsed || !(length <= max)) return
  // The client aborted, or the body is being read elsewhere.
  await request.arrayBuffer().catch(() => {})
}
