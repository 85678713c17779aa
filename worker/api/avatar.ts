import { bodyLimit } from 'hono/body-limit'
import { requireUser } from '../auth/require.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import { AVATAR_MAX_BYTES } from '../contract/limits.ts'
import { ownProfile } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { avatarObjectKey, newAvatarKey, toAvatar, unsureKey } from '../models/avatars.ts'
import { awaitBucket } from '../models/await-media.ts'
import { checkSessionOf } from '../models/sessions.ts'
import { changeAvatar } from '../models/users.ts'
import { reportError } from '../observe/report.ts'
import { describe } from './describe.ts'

const limit = bodyLimit({
  maxSize: AVATAR_MAX_BYTES,
  onError: () => {
    throw new AppError([{ code: 'body_too_large', field: 'avatar' }])
  },
})

/** Deletes an avatar that no user row names any more. A failure is reported; the cron deletes the object later. */
function deleteAvatar(key: string, context: RequestContext): void {
  const removing = awaitBucket(context.settings.avatars.delete(avatarObjectKey(key)))
  context.waitUntil(removing.catch((error: AppError) => reportError(error, context)))
}

/**
 * Undoes an upload whose row could not be written. After a refusal (4xx) no row names the object: delete it. After a 5xx the write
 * may have succeeded, or still may: mark the object, and the cron deletes it later if no row names it.
 */
function undoUpload(key: string, error: unknown, context: RequestContext): void {
  if (error instanceof AppError && error.status < 500) {
    deleteAvatar(key, context)
    return
  }
  const marking = awaitBucket(context.settings.avatars.put(unsureKey(key), new ArrayBuffer(0)))
  context.waitUntil(marking.catch((failure: AppError) => reportError(failure, context)))
}

/** Routes of /api/profile/avatar. The body of a PUT is the image file. */
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
      const { settings, db } = c.env
      // Check the session first: decoding an image costs more than a query.
      await checkSessionOf(db, c.var.viewer, c.env.browser)
      const square = await toAvatar(settings.images, await c.req.arrayBuffer())
      const key = await newAvatarKey(square)
      // Store the object before the row, so that a row never names a missing object.
      await awaitBucket(
        settings.avatars.put(avatarObjectKey(key), square, { httpMetadata: { contentType: 'image/webp' } }),
      )
      const { previousKey, profile: changed } = await changeAvatar(db, c.var.viewer, key).catch((error: unknown) => {
        undoUpload(key, error, c.env)
        throw error
      })
      if (previousKey) deleteAvatar(previousKey, c.env)
      return c.json(changed, 200)
    },
  )
  .delete('/', describe({ summary: 'Remove one’s avatar', answers: { 200: ownProfile } }), requireUser, async (c) => {
    const { previousKey, profile: changed } = await changeAvatar(c.env.db, c.var.viewer, null)
    if (previousKey) deleteAvatar(previousKey, c.env)
    return c.json(changed, 200)
  })
