import { requireUser } from '../auth/require.ts'
import { muteRequest } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { mute, relate } from '../models/relations.ts'
import { blocked, followed, muted } from '../observe/events.ts'
import { handleIn } from './at-handle.ts'
import { body } from './validate.ts'

/** /api/users/@:handle/follow, /block and /mute. Idempotent; each answers the profile as it is now. */
export const relations = newApp()
  .put('/:at_handle/follow', requireUser, async (c) => {
    const profile = await relate(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), 'follow')
    followed(c.env, profile.uuid)
    return c.json(profile, 200)
  })
  .delete('/:at_handle/follow', requireUser, async (c) => {
    return c.json(await relate(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), 'unfollow'), 200)
  })
  .put('/:at_handle/block', requireUser, async (c) => {
    const profile = await relate(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), 'block')
    blocked(c.env, profile.uuid)
    return c.json(profile, 200)
  })
  .delete('/:at_handle/block', requireUser, async (c) => {
    return c.json(await relate(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), 'unblock'), 200)
  })
  .put('/:at_handle/mute', requireUser, body(muteRequest), async (c) => {
    const { seconds } = c.req.valid('json')
    const profile = await mute(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), seconds)
    muted(c.env, profile.uuid)
    return c.json(profile, 200)
  })
  .delete('/:at_handle/mute', requireUser, async (c) => {
    return c.json(await relate(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), 'unmute'), 200)
  })
