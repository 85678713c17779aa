import * as z from 'zod/mini'
import { audience, whoCanReply } from './audience.ts'
import { CRUD_MAX, REPLY_MAX } from './limits.ts'
import { listQuery } from './list.ts'
import { text } from './text.ts'
import { ttl } from './ttl.ts'
import { user } from './user.ts'

/** A crud, live at the time of reading. `viewer` is null signed out; `reposted_by` says why it is in a feed. */
export const activity = z.object({
  uuid: z.string(),
  message: z.string(),
  audience,
  /** Of the thread, so of a reply it is that of the root. */
  who_can_reply: whoCanReply,
  created_at: z.string(),
  expires_at: z.string(),
  reply_to_activity_uuid: z.nullable(z.string()),
  /** Handle of the person whom a reply answers; null for a top-level crud. */
  reply_to_handle: z.nullable(z.string()),
  likes_count: z.number(),
  reposts_count: z.number(),
  replies_count: z.number(),
  user,
  viewer: z.nullable(z.object({ liked: z.boolean(), reposted: z.boolean(), can_reply: z.boolean() })),
  reposted_by: z.optional(user),
})
activity.register(z.globalRegistry, { id: 'activity' })
export type Activity = z.infer<typeof activity>

/** A crud with what it hangs on, root first. */
export const activityWithAncestors = z.extend(activity, { ancestors: z.array(activity) })
activityWithAncestors.register(z.globalRegistry, { id: 'activity_with_ancestors' })
export type ActivityWithAncestors = z.infer<typeof activityWithAncestors>

/** What goes with a crud when it is put out: live answers at any depth, and how many people wrote them. */
export const activityWeight = z.object({ replies_count: z.number(), people_count: z.number() })
activityWeight.register(z.globalRegistry, { id: 'activity_weight' })
export type ActivityWeight = z.infer<typeof activityWeight>

const crudText = text({
  blank: 'message_blank',
  tooLong: 'message_exceed_max_chars',
  invalid: 'message_invalid',
  max: CRUD_MAX,
})

const replyText = text({
  blank: 'message_blank',
  tooLong: 'message_exceed_max_chars_1024',
  invalid: 'message_invalid',
  max: REPLY_MAX,
})

/**
 * What POST /api/activities takes to make a crud. Without `audience` it has the one that its author begins with, without
 * `who_can_reply` everyone who sees it may.
 */
export const newActivity = z.object({
  message: crudText,
  ttl,
  audience: z.optional(audience),
  who_can_reply: z.optional(whoCanReply),
})

/** What PATCH /api/activities/:uuid takes. */
export const activityChange = z.object({ who_can_reply: whoCanReply })

/**
 * What it takes to rewrite one: `replaces` is put out, and the new one ends when that would have and has its audience. A rewritten reply may be
 * as long as a reply.
 */
export const rewrittenActivity = z.object({ message: replyText, replaces: z.uuid({ error: 'not_found' }) })

/** What POST /api/activities/:uuid/replies takes; without `ttl` the reply ends with what it answers. */
export const newReply = z.object({ message: replyText, ttl: z.optional(ttl) })

/** What GET /api/activities/last-light takes: `min_left`, the seconds that a crud must have left, up to an hour. */
export const lastLightQuery = z.extend(listQuery, {
  min_left: z
    ._default(
      z
        .pipe(z.string().check(z.regex(/^\d{1,4}$/)), z.transform(Number))
        .check(z.refine((seconds) => seconds <= 3_600)),
      0,
    )
    .register(z.globalRegistry, { type: 'integer', minimum: 0, maximum: 3_600, pattern: undefined }),
})
