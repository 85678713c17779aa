import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import { hmac, sha256, toHex } from '../digest.ts'
import type { HonoEnv } from '../hono-env.ts'
import type { Idempotency } from '../models/idempotency.ts'
import type { Viewer } from '../viewer.ts'

/**
 * Reads the Idempotency-Key of a POST into `c.var.idempotency`. A key is scoped to the user and the route, and valid for one
 * body only. Must follow requireUser.
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
      hash: toHex(await sha256(scope)),
      body_mac: toHex(await hmac(key, await c.req.text())),
    })
  }
  await next()
})
