import { clientError } from '../contract/client-error.ts'
import { newApp } from '../hono-env.ts'
import { limitClientErrors } from '../middleware/rate-limits.ts'
import { report } from '../observe/report.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

/** Route of /api/client-errors: errors of browsers go to the log and to Rollbar, like those of the Worker. */
export const clientErrors = newApp().post(
  '/',
  describe({ summary: 'Report an error of the browser', answers: { 204: null } }),
  limitClientErrors,
  body(clientError),
  (c) => {
    const { name, route, frames } = c.req.valid('json')
    const { requestId } = c.env
    const causes = [{ name, frames }]
    report({ source: 'browser', request_id: requestId, route, codes: ['internal'], causes }, c.env)
    return c.body(null, 204)
  },
)
