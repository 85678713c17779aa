import { setHandle } from '../auth/cognito.ts'
import { identityOf } from '../auth/provision.ts'
import { requireSession, requireUser } from '../auth/require.ts'
import { AppError } from '../contract/app-error.ts'
import { handleChoice, type Session } from '../contract/session.ts'
import { newApp } from '../hono-env.ts'
import { makeWithHandle, standingOf } from '../models/sessions.ts'
import { body } from './validate.ts'

/** /api/profile: one's own. */
export const profile = newApp().put('/handle', requireUser, body(handleChoice), async (c) => {
  const { env, db, waitUntil } = c.env
  const { viewer } = c.var
  const { handle } = c.req.valid('json')
  const session = await requireSession(c.env)
  const standing = await standingOf(db, viewer)
  if (standing === 'ended') throw new AppError('session_ended')
  // A handle is chosen once: whoever has a row keeps theirs.
  if (standing !== 'unknown') return c.json<Session>({ viewer: standing.user }, 200)
  const identity = await identityOf(env, session)
  const user = await makeWithHandle(db, viewer, { ...identity, handle })
  waitUntil(setHandle(env, session.accessToken, handle).catch(() => {}))
  return c.json<Session>({ viewer: user }, 200)
})
