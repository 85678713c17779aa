import { tracing } from 'cloudflare:workers'
import type { ExecutionContext } from 'hono'
import { parseEnv } from './env.ts'
import { runScheduled } from './jobs/scheduled.ts'
import { UserSockets } from './live/user-sockets.ts'
import { answerFromIsolate } from './middleware/serve-from-isolate-cache.ts'
import { traceWith } from './observe/span.ts'
import { site } from './site.ts'

traceWith(tracing)

/** The class of wrangler.toml's [exports]. */
export { UserSockets }

/** Entry of the Worker: requests, and the cron of each minute. */
export default {
  fetch: (request: Request, env: Cloudflare.Env, execution: ExecutionContext): Response | Promise<Response> =>
    answerFromIsolate(request) ?? site.fetch(request, env, execution),
  async scheduled(_controller: unknown, env: Cloudflare.Env, execution: ExecutionContext): Promise<void> {
    await runScheduled(parseEnv(env), execution)
  },
}
