import { BODY_MAX_BYTES, FORM_MAX_BYTES } from './contract/limits.ts'
import { isApi } from './is-api.ts'

/**
 * Reads what nobody has read of a request's body, unless it is too large or does not say how large it is: workerd cuts a line
 * on which something was left unread, and with it an answer on its way and whatever is asked there next.
 */
export async function readOut(request: Request): Promise<void> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const max = isApi(new URL(request.url).pathname) ? BODY_MAX_BYTES : FORM_MAX_BYTES
  if (request.body === null || request.bodyUsed || !(length <= max)) return
  // Cut off by its sender, or being read elsewhere: there is nothing to do either way.
  await request.arrayBuffer().catch(() => {})
}
