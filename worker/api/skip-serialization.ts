import { createMiddleware } from 'hono/factory'
import type { StatusCode } from 'hono/utils/http-status'
import type { HonoEnv } from '../hono-env.ts'

/**
 * Lets `c.json()` return a value as it is when a page calls the API in process: JSON would be written only to be parsed at once.
 * Such a response has no body, and its `json()` resolves to the value. Status and headers do not change.
 */
export const skipSerialization = createMiddleware<HonoEnv>(async function skipSerialization(c, next) {
  if (c.env.isPage) {
    const respond = (value: unknown, status?: StatusCode): Response =>
      Object.assign(c.body(null, status), { json: async () => value })
    c.json = respond as typeof c.json
  }
  await next()
})
