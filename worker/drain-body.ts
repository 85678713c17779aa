import { API_BODY_MAX_BYTES, PAGE_FORM_MAX_BYTES } from './contract/limits.ts'
import { isApi } from './is-api.ts'

/**
 * Reads the rest of a request's body, unless it is too large or of unknown length: workerd closes a connection with unread
 * data, which loses the response and further requests on it.
 */
export async function drainBody(request: Request): Promise<void> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const max = isApi(new URL(request.url).pathname) ? API_BODY_MAX_BYTES : PAGE_FORM_MAX_BYTES
  if (request.body === null || request.bodyUsed || !(length <= max)) return
  // Ignore an error: the client has aborted, or another reader has the body.
  await request.arrayBuffer().catch(() => {})
}
