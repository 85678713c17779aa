import * as cognito from '../auth/cognito/cognito.ts'
import { mapRefusals } from '../auth/cognito/map-refusals.ts'
import { forgetAccount } from '../auth/cookies/device.ts'
import { clearedCookies } from '../auth/cookies/session-cookies.ts'
import { provision } from '../auth/provision.ts'
import { requireSession, requireUser } from '../auth/require.ts'
import { startSession, toSessionBody } from '../auth/sign-in.ts'
import { endAndRevoke, signOut } from '../auth/sign-out.ts'
import { tryOwnPassword, tryPassword } from '../auth/throttle/throttle.ts'
import { AppError } from '../contract/app-error.ts'
import { passwordChange, type Session, session as sessionBody, signIn } from '../contract/session.ts'
import { newApp } from '../hono-env.ts'
import { closeSockets } from '../live/nudge.ts'
import { endAllSessions, endOwnSessions, readSessionState } from '../models/sessions.ts'
import { changedPassword, endedAllSessions, signedIn, signedOut } from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

/** Routes of /api/session. Responses never hold tokens: browsers get cookies, API clients get tokens from Cognito. */
export const session = newApp()
  .get('/', describe({ summary: 'Who the viewer is', answers: { 200: sessionBody }, auth: 'optional' }), async (c) => {
    const session = await c.env.session()
    const { viewer, isBearer } = session
    if (!viewer) return c.json<Session>({ viewer: null }, 200)
    // As on every route: an invalid Bearer token gets 401, and the first valid one creates the user's row.
    if (isBearer) {
      c.env.db.requireSession()
      c.env.db.createMissingUser(() => provision(c.env.settings, session))
    }
    const state = await readSessionState(c.env.db, viewer).catch(unlessWithoutHandle)
    if (state !== 'ended' && state !== 'deleted') return c.json<Session>(toSessionBody(state), 200)
    c.env.endSession()
    return c.json<Session>({ viewer: null }, 200)
  })
  .post(
    '/',
    describe({
      summary: 'Sign in',
      answers: { 200: sessionBody },
      errors: [
        'credentials_wrong',
        'email_unconfirmed',
        'password_reset_required',
        'password_change_required',
        'challenge_unsupported',
        'account_locked_briefly',
        'session_ended',
        'identity_misconfigured',
      ],
    }),
    body(signIn),
    async (c) => {
      const { email, password, new_password } = c.req.valid('json')
      const open = () => mapRefusals(cognito.signIn(c.env.settings, email, password, new_password))
      const started = await startSession(c.env, () => tryPassword(c.env, email, open))
      signedIn(c.env)
      return c.json<Session>(started, 200)
    },
  )
  .delete('/', describe({ summary: 'Sign out', answers: { 204: null }, auth: 'optional' }), async (c) => {
    await signOut(c.env)
    signedOut(c.env)
    return c.body(null, 204)
  })
  .delete(
    '/all',
    describe({ summary: 'End all of one’s sessions', answers: { 204: null } }),
    requireUser,
    async (c) => {
      const session = await requireSession(c.env)
      const { settings, db, setSessionCookies } = c.env
      // End our sessions first: that takes effect at once, while JWTs verify until they expire.
      await endOwnSessions(db, c.var.viewer).catch(unlessWithoutHandle)
      closeSockets(c.env, db.viewerUuid, { by: c.var.viewer.session_hash })
      setSessionCookies(clearedCookies())
      await forgetAccount(c.env, c.var.viewer.sub)
      try {
        await cognito.globalSignOut(settings, session.accessToken).catch(ignoreRevoked)
      } catch (error) {
        // All sessions have ended here. The cron revokes this browser's refresh token at Cognito.
        reportError(error, c.env)
        await endAndRevoke(c.env, { ...session.viewer, refreshToken: session.refreshToken })
      }
      endedAllSessions(c.env)
      return c.body(null, 204)
    },
  )
  .put(
    '/password',
    describe({
      summary: 'Change one’s password, and end all other sessions',
      answers: { 200: sessionBody },
      errors: ['password_wrong', 'account_locked_briefly', 'credentials_wrong'],
    }),
    requireUser,
    body(passwordChange),
    async (c) => {
      const { accessToken } = await requireSession(c.env)
      const { settings, db } = c.env
      const passwords = c.req.valid('json')
      const { email } = await mapRefusals(cognito.getUser(settings, accessToken), {
        NotAuthorizedException: { code: 'session_ended' },
      })
      const ended = await tryOwnPassword(c.env, c.var.viewer.sub, async () => {
        await mapRefusals(cognito.changePassword(settings, accessToken, passwords.current, passwords.new), {
          NotAuthorizedException: { code: 'password_wrong', field: 'current' },
          InvalidPasswordException: { code: 'password_weak', field: 'new' },
        })
        // End all sessions; this browser gets a new one below. The password has changed by now, so sign out at Cognito even
        // if our sessions could not be ended: then they cannot be refreshed.
        return endAllSessions(db, c.var.viewer).finally(() =>
          cognito.globalSignOut(settings, accessToken).catch(ignoreRevoked),
        )
      })
      changedPassword(c.env)
      try {
        // The client of a Bearer token signs in at Cognito again.
        if (c.env.hasAuthorization) return c.json<Session>({ viewer: null }, 200)
        const open = () => mapRefusals(cognito.signIn(settings, String(email), passwords.new))
        return c.json<Session>(await startSession(c.env, open), 200)
      } finally {
        // Last: the other tabs of this browser then reconnect, with the new cookies (client/live/live.ts).
        closeSockets(c.env, ended?.user_uuid, { by: c.var.viewer.session_hash })
      }
    },
  )

/** Returns 'unknown' for handle_required: a signed-in user without a handle has no row yet. Rethrows other errors. */
function unlessWithoutHandle(error: unknown): 'unknown' {
  if (error instanceof AppError && error.has('handle_required')) return 'unknown'
  throw error
}

/** Ignores that a token was revoked already, or that its account must reset its password. Rethrows other errors. */
function ignoreRevoked(error: unknown): void {
  if (!cognito.isCognitoError(error, 'NotAuthorizedException', 'PasswordResetRequiredException')) throw error
}
