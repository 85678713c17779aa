import { requireUser } from '../auth/require.ts'
import { AppError } from '../contract/app-error.ts'
import { newApp } from '../hono-env.ts'
import { openSocket } from '../live/nudge.ts'
import { isOwnOrigin } from '../middleware/same-origin.ts'
import { checkSessionOf } from '../models/sessions.ts'
import { describe } from './describe.ts'

/** Route of /api/live: the WebSocket of nudges (worker/contract/live.ts). */
export const live = newApp().get(
  '/',
  describe({
    summary: 'A WebSocket that says what to read again',
    answers: { 101: null },
    errors: ['bad_request', 'cross_origin', 'not_found', 'live_unavailable'],
  }),
  requireUser,
  async (c) => {
    const { raw } = c.req
    const { userSockets } = c.env.settings
    if (!userSockets) throw new AppError('not_found')
    if (raw.headers.get('upgrade')?.toLowerCase() !== 'websocket') throw new AppError('bad_request')
    // CORS does not apply to WebSockets: a browser opens them for any site, and sends our cookies.
    if (!isOwnOrigin(raw)) throw new AppError('cross_origin')
    const { viewer } = c.var
    const userUuid = await checkSessionOf(c.env.db, viewer, c.env.browser)
    return openSocket(userSockets, userUuid, viewer.session_hash)
  },
)
