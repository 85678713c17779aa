import { api } from '../../worker/api/api.ts'
import { createContext, type Execution } from '../../worker/context.ts'
import { parseEnv } from '../../worker/env.ts'
import { UserSockets } from '../../worker/live/user-sockets.ts'
import { logRequest } from '../../worker/observe/request.ts'

// The site's configuration, which this Worker has too, names the class.
export { UserSockets }

/** The reads of the signed-in home, by its loader and the root’s; section `rendering` checks that the list is right. */
const READS = [
  '/api/session',
  '/api/activities/home',
  '/api/activities/last-light?limit=6',
  '/api/tags/trending?limit=5',
  '/api/users/suggested?limit=3',
  '/api/arrival',
  '/api/notifications/unread',
  '/api/message_groups/unread',
]

/** Answers the data of home as JSON, read in one round trip: the cost of home without rendering a page. */
export default {
  async fetch(request: Request, bindings: object, execution: Execution): Promise<Response> {
    const startedAt = Date.now()
    const context = createContext(request, parseEnv(bindings), execution)
    context.db.readClock()
    const { headers } = request
    const read = async (path: string) => api.fetch(new Request(new URL(path, request.url), { headers }), context)
    const answers = await Promise.all(READS.map(read))
    const status = Math.max(...answers.map((answer) => answer.status))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    const { requestId } = context
    logRequest({ method: request.method, status, requestId, ms: Date.now() - startedAt, context })
    return new Response(`[${bodies.join()}]`, { status, headers: { 'content-type': 'application/json' } })
  },
}
