import { createMiddleware } from 'hono/factory'
import type { StatusCode } from 'hono/utils/http-status'
import type { HonoEnv } from '../hono-env.ts'

/**
 * Answers a page, which asks in process, with what an answer says as it is: as a text it would be written, and parsed again at once.
 * Such an answer has no body; its `json()` returns what the route gave to `c.json`. Status and headers are as ever.
 */
export const handOver = createMiddleware<HonoEnv>(async function handOver(c, next) {
  if (c.env.isPage) {
    const answer = (said: unknown, status?: StatusCode): Response =>
      Object.assign(c.body(null, status), { json: async () => said })
    c.json = answer as typeof c.json
  }
  await next()
})
