import { bodyLimit } from 'hono/body-limit'
import { requireUser } from '../auth/require.ts'
import { AppError } from '../contract/app-error.ts'
import { AVATAR_MAX_BYTES } from '../contract/limits.ts'
import { newApp } from '../hono-env.ts'
import { newKey, objectKey, squareOf } from '../models/avatars.ts'
import { changeAvatar } from '../models/users.ts'

const limit = bodyLimit({
  maxSize: AVATAR_MAX_BYTES,
  onError: () => {
    throw new AppError([{ code: 'body_too_large', field: 'avatar' }])
  },
})

/** /api/profile/avatar: one's picture, as the bytes of an image. */
export const avatar = newApp()
  .put('/', requireUser, limit, async (c) => {
    const { env, db, waitUntil } = c.env
    const square = await squareOf(env.images, await c.req.arrayBuffer())
    const key = await newKey(square)
    // The object first: a row must never name a picture that is not there.
    await env.avatars.put(objectKey(key), square, { httpMetadata: { contentType: 'image/webp' } })
    const remove = (name: string) => waitUntil(env.avatars.delete(objectKey(name)))
    const { before, profile } = await changeAvatar(db, c.var.viewer, key).catch((error: unknown) => {
      remove(key)
      throw error
    })
    if (before.avatar_key) remove(before.avatar_key)
    return c.json(profile, 200)
  })
  .delete('/', requireUser, async (c) => {
    const { env, db, waitUntil } = c.env
    const { before, profile } = await changeAvatar(db, c.var.viewer, null)
    if (before.avatar_key) waitUntil(env.avatars.delete(objectKey(before.avatar_key)))
    return c.json(profile, 200)
  })
