import { bodyLimit } from 'hono/body-limit'
import { requireUser } from '../auth/require.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { AVATAR_MAX_BYTES } from '../contract/limits.ts'
import { ownProfile } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { fromBucket, newKey, objectKey, squareOf, unsureKey } from '../models/avatars.ts'
import { assertSession } from '../models/sessions.ts'
import { changeAvatar } from '../models/users.ts'
import { reportError } from '../observe/report.ts'
import { describe } from './describe.ts'

const limit = bodyLimit({
  maxSize: AVATAR_MAX_BYTES,
  onError: () => {
    throw new AppError([{ code: 'body_too_large', field: 'avatar' }])
  },
})

/** Removes a picture that nobody has any more. That it could not be is for us to know: the cron tries again. */
function remove(key: string, context: RequestContext): void {
  const removing = fromBucket(context.env.avatars.delete(objectKey(key)))
  context.waitUntil(removing.catch((error: AppError) => reportError(error, context)))
}

/**
 * Takes back a picture that could not be set. Unless that was refused, a row may name it all the same, now or once Postgres
 * gets to it: then it is marked, and the cron looks when that is settled.
 */
function takeBack(key: string, error: unknown, context: RequestContext): void {
  if (error instanceof AppError && error.status < 500) {
    remove(key, context)
    return
  }
  const marking = fromBucket(context.env.avatars.put(unsureKey(key), new ArrayBuffer(0)))
  context.waitUntil(marking.catch((failure: AppError) => reportError(failure, context)))
}

/** /api/profile/avatar: one's picture, as the bytes of an image. */
export const avatar = newApp()
  .put(
    '/',
    describe({
      summary: 'Set one’s avatar',
      answers: { 200: ownProfile },
      errors: ['avatar_type_unsupported', 'avatar_damaged', 'avatar_too_many_pixels', 'pictures_unavailable'],
      mediaTypes: ['image/*', 'application/octet-stream'],
    }),
    requireUser,
    limit,
    async (c) => {
      const { env, db } = c.env
      // Decoding costs more than a trip: a session that has ended gets none of it.
      await assertSession(db, c.var.viewer, c.env.browser)
      const square = await squareOf(env.images, await c.req.arrayBuffer())
      const key = await newKey(square)
      // The object first: a row must never name a picture that is not there.
      await fromBucket(env.avatars.put(objectKey(key), square, { httpMetadata: { contentType: 'image/webp' } }))
      const { previousKey, profile: changed } = await changeAvatar(db, c.var.viewer, key).catch((error: unknown) => {
        takeBack(key, error, c.env)
        throw error
      })
      if (previousKey) remove(previousKey, c.env)
      return c.json(changed, 200)
    },
  )
  .delete('/', describe({ summary: 'Remove one’s avatar', answers: { 200: ownProfile } }), requireUser, async (c) => {
    const { previousKey, profile: changed } = await changeAvatar(c.env.db, c.var.viewer, null)
    if (previousKey) remove(previousKey, c.env)
    return c.json(changed, 200)
  })
