import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { HonoEnv } from '../hono-env.ts'
import type { Idempotency } from '../models/idempotency.ts'

const encoder = new TextEncoder()
const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

async function sign(key: string, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign'])
  return hex(await crypto.subtle.sign('HMAC', secret, encoder.encode(text)))
}

/**
 * Reads the Idempotency-Key of a creating POST into `c.var.idempotency`: a key counts for one person and one route, and
 * only with the same body. Stands behind requireUser.
 */
export const idempotency = createMiddleware<
  HonoEnv & { Variables: { viewer: Viewer; idempotency: Idempotency | undefined } }
>(async function idempotency(c, next) {
  const key = c.req.header('idempotency-key')
  if (key !== undefined) {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new AppError([{ code: 'idempotency_key_invalid', field: 'Idempotency-Key' }])
    }
    const scope = [c.var.viewer.sub, c.req.method, c.req.path, key].join('\n')
    c.set('idempotency', {
      hash: hex(await crypto.subtle.digest('SHA-256', encoder.encode(scope))),
      body_mac: await sign(key, await c.req.text()),
    })
  }
  await next()
})
