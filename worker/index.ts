import { tracing } from 'cloudflare:workers'
import { app } from './app.ts'
import type { Execution } from './context.ts'
import { parseEnv } from './env.ts'
import { runScheduled } from './jobs/scheduled.ts'
import { alsoTraceWith } from './observe/trace.ts'

alsoTraceWith(tracing)

/** The Worker: what it does with requests, and each minute. */
export default {
  fetch: app.fetch,
  async scheduled(_controller: unknown, env: Cloudflare.Env, execution: Execution): Promise<void> {
    await runScheduled(parseEnv(env), execution)
  },
}
