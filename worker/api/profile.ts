import { setHandle } from '../auth/cognito/cognito.ts'
import { forgetAccount } from '../auth/cookies/device.ts'
import { clearedCookies } from '../auth/cookies/session-cookies.ts'
import { deleteOwnAccount } from '../auth/delete-account.ts'
import { identityOf } from '../auth/provision.ts'
import { requireSession, requireUser } from '../auth/require.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { accountExport } from '../contract/export.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { accountDeletion, handleChoice, type Session, session as sessionBody } from '../contract/session.ts'
import { mutedUser, ownProfile, profileChange, user } from '../contract/user.ts'
import { purgeUser } from '../edge-cache/purge.ts'
import { newApp } from '../hono-env.ts'
import { finishAccountDeletions } from '../jobs/finish-account-deletions.ts'
import { closeSockets } from '../live/nudge.ts'
import { openExport } from '../models/export.ts'
import { blockedUsers, mutedUsers } from '../models/relations.ts'
import { createUserWithHandle, readSessionState } from '../models/sessions.ts'
import { showOwnProfile, updateProfile } from '../models/users.ts'
import { deletedAccount } from '../observe/events.ts'
import { reportError } from '../observe/report.ts'
import { describe } from './describe.ts'
import { toImages } from './from-stored.ts'
import { body, query } from './validate.ts'

/** Time to delete the account's data after the response, in ms. `waitUntil` allows 30 s. */
const SWEEP_MAX_MS = 20_000

/** Routes of /api/profile: the viewer's own profile, blocks, mutes, handle, export and account deletion. */
export const profile = newApp()
  .get(
    '/',
    describe({ summary: 'One’s own profile and preferences', answers: { 200: ownProfile } }),
    requireUser,
    async (c) => {
      return c.json(await showOwnProfile(c.env.db, c.var.viewer), 200)
    },
  )
  .patch(
    '/',
    describe({ summary: 'Change one’s profile and preferences', answers: { 200: ownProfile } }),
    requireUser,
    body(profileChange),
    async (c) => {
      return c.json(await updateProfile(c.env.db, c.var.viewer, c.req.valid('json')), 200)
    },
  )
  .delete(
    '/',
    describe({
      summary: 'Delete one’s account',
      answers: { 204: null },
      errors: ['password_wrong', 'account_locked_briefly', 'bad_request'],
    }),
    requireUser,
    body(accountDeletion),
    async (c) => {
      const { settings, db, setSessionCookies, waitUntil } = c.env
      const { handle, purgeTargets } = await deleteOwnAccount(c.env, c.req.valid('json').password)
      closeSockets(c.env, db.viewerUuid, { by: c.var.viewer.session_hash })
      setSessionCookies(clearedCookies())
      await forgetAccount(c.env, c.var.viewer.sub)
      await purgeUser(handle, purgeTargets, c.req.url, settings)
      // The cron deletes the rest.
      waitUntil(finishAccountDeletions(settings, SWEEP_MAX_MS).catch((error) => reportError(error, c.env)))
      deletedAccount(c.env)
      return c.body(null, 204)
    },
  )
  .get(
    '/blocks',
    describe({ summary: 'Whom the viewer has blocked', answers: { 200: listOf(user) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await blockedUsers(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .get(
    '/mutes',
    describe({ summary: 'Whom the viewer has muted', answers: { 200: listOf(mutedUser) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await mutedUsers(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .get(
    '/export',
    describe({
      summary: 'All data of one’s account, as a file',
      answers: { 200: accountExport },
      errors: ['not_found'],
    }),
    requireUser,
    async (c) => {
      const { db, settings } = c.env
      const { handle, pieces } = await openExport(db, c.var.viewer, (images, expires_at) =>
        toImages(settings, images, expires_at),
      )
      c.header('Content-Type', 'application/json; charset=utf-8')
      c.header('Content-Disposition', `attachment; filename="cruddur-${handle}.json"`)
      return c.body(toStream(pieces, c.env), 200)
    },
  )
  .put(
    '/handle',
    describe({
      summary: 'Choose a handle, if one has none yet',
      answers: { 200: sessionBody },
      errors: ['handle_reserved', 'handle_taken', 'bad_request'],
    }),
    requireUser,
    body(handleChoice),
    async (c) => {
      const { settings, db, waitUntil } = c.env
      const { viewer } = c.var
      const { handle } = c.req.valid('json')
      const session = await requireSession(c.env)
      const state = await readSessionState(db, viewer)
      if (state === 'ended' || state === 'deleted') throw new AppError('session_ended')
      // A handle is chosen once: an existing user keeps theirs.
      if (state !== 'unknown') return c.json<Session>({ viewer: state.user }, 200)
      const identity = await identityOf(settings, session)
      const created = await createUserWithHandle(db, settings.secretKey, viewer, { ...identity, handle })
      waitUntil(setHandle(settings, session.accessToken, handle).catch(() => {}))
      return c.json<Session>({ viewer: created }, 200)
    },
  )

const encoder = new TextEncoder()

/** Returns a stream of a text's pieces. A failure is reported and aborts the response, so that clients see that it is incomplete. */
function toStream(pieces: AsyncGenerator<string, void>, context: RequestContext): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        reportError(error, context)
        throw error
      }
    },
  })
}
