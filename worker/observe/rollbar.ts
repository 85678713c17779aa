import type { Failure } from './failure.ts'

/** Rollbar's endpoint and token. */
export type Rollbar = { endpoint: string; accessToken: string }

export const ROLLBAR_ENDPOINT = 'https://api.rollbar.com/api/1/item/'

/** Delivery timeout, in ms. */
const TIMEOUT = 3_000

/**
 * Sends a failure to Rollbar (https://docs.rollbar.com/reference/create-item), with no more data than our log line. Errors of
 * the delivery are ignored: it must not fail or slow a request.
 */
export async function sendToRollbar(
  { endpoint, accessToken }: Rollbar,
  failure: Failure,
  version: string,
): Promise<void> {
  const { source, request_id, codes, causes } = failure
  const data = {
    environment: version === 'development' ? 'development' : 'production',
    level: 'error',
    platform: source,
    language: 'javascript',
    code_version: version,
    timestamp: Math.floor(Date.now() / 1000),
    context: failure.route,
    custom: { request_id, codes },
    body: {
      trace_chain: causes.map(({ name, code, frames }) => ({
        exception: { class: code ? `${name} ${code}` : name },
        frames: frames.map(toFrame).reverse(),
      })),
    },
  }
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rollbar-access-token': accessToken },
      body: JSON.stringify({ data }),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    await response.body?.cancel()
  } catch {
    // Ignored, see above.
  }
}

/** Converts a stack line, "at name (file:line:column)", to Rollbar's form. */
function toFrame(line: string) {
  const [, method, filename, lineno, colno] = /^at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(line) ?? []
  return filename ? { filename, method, lineno: Number(lineno), colno: Number(colno) } : { filename: line }
}
