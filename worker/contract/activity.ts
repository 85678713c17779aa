import * as z from 'zod/mini'
import { audience, whoCanReply } from './audience-schema.ts'
import { attachedImages, image, storedImage } from './image.ts'
import { CRUD_MAX, REPLY_MAX } from './limits.ts'
import { handlesIn } from './linkify.ts'
import { listQuery } from './list.ts'
import { text } from './text.ts'
import { ttl } from './ttl-schema.ts'
import { user } from './user.ts'
import { warning } from './warning.ts'

/** An activity as Postgres returns it, without its `report_token` and the URLs of its images. */
export const storedActivity = z.object({
  uuid: z.string(),
  message: z.string(),
  /** Shown instead of the text until the reader opens it; null: none. */
  warning: z.nullable(z.string()),
  audience,
  /** Who can reply in the thread; a reply has its root's. */
  who_can_reply: whoCanReply,
  /** Null without images. */
  images: z.nullable(z.array(storedImage)),
  created_at: z.string(),
  expires_at: z.string(),
  reply_to_activity_uuid: z.nullable(z.string()),
  /** Handle of the parent's author; null for a top-level activity. */
  reply_to_handle: z.nullable(z.string()),
  likes_count: z.number(),
  reposts_count: z.number(),
  replies_count: z.number(),
  /** Handles in the message that belong to users visible to the viewer; other handles are plain text. */
  mentions: z.array(z.string()),
  user,
  viewer: z.nullable(z.object({ liked: z.boolean(), reposted: z.boolean(), can_reply: z.boolean() })),
  reposted_by: z.optional(user),
})
export type StoredActivity = z.infer<typeof storedActivity>

/**
 * An activity ("crud"). `viewer` is null when signed out. `reposted_by`: the followed user whose repost put it into the feed.
 * `report_token`: for POST /api/reports, also when the activity has ended.
 */
export const activity = z.extend(storedActivity, { images: z.array(image), report_token: z.string() })
activity.register(z.globalRegistry, { id: 'activity' })
/** An activity in the client: one that is still being sent has no token. */
export type Activity = Omit<z.infer<typeof activity>, 'report_token'> & { report_token?: string | undefined }

/** An activity with its ancestors, root first. */
export const activityWithAncestors = z.extend(activity, { ancestors: z.array(activity) })
activityWithAncestors.register(z.globalRegistry, { id: 'activity_with_ancestors' })
export type ActivityWithAncestors = Activity & { ancestors: Activity[] }

/** What is deleted together with an activity: the number of live replies at any depth, and of their authors. */
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
 * Body of POST /api/activities for a new activity. `audience` defaults to the author's default_audience, `who_can_reply` to everyone.
 * An activity for those mentioned must mention somebody.
 */
export const newActivity = z
  .object({
    message: crudText,
    ttl,
    audience: z.optional(audience),
    who_can_reply: z.optional(whoCanReply),
    warning: z.optional(warning),
    images: z.optional(attachedImages),
  })
  .check(
    z.refine(({ message, audience }) => audience !== 'mentioned' || handlesIn(message).length > 0, {
      error: 'mention_missing',
      path: ['message'],
    }),
  )

/** Body of PATCH /api/activities/:uuid. */
export const activityChange = z.object({ who_can_reply: whoCanReply })

/**
 * Body of POST /api/activities that replaces an activity: `replaces` is deleted, and the new one gets its `expires_at`, audience,
 * who_can_reply and images. `warning`: null for none; without it the new one keeps the warning, as it always keeps one that a
 * moderator added. The text may be as long as a reply, since `replaces` may be one.
 */
export const rewrittenActivity = z.object({
  message: replyText,
  replaces: z.uuid({ error: 'not_found' }),
  warning: z.optional(z.nullable(warning)),
})

/** Body of POST /api/activities/:uuid/replies. Without `ttl` the reply expires with its parent. */
export const newReply = z.object({
  message: replyText,
  ttl: z.optional(ttl),
  warning: z.optional(warning),
  images: z.optional(attachedImages),
})

/**
 * Query of GET /api/activities/:uuid/replies. `depth`: how many levels of replies to return. Below the first level each reply has
 * at most three replies; to get more, list that reply's replies with the uuid of the last one as `cursor`.
 */
export const repliesQuery = z.extend(listQuery, { depth: z._default(z.enum(['1', '2', '3', '4']), '1') })

/** Query of GET /api/activities/last-light. `min_left`: minimum remaining time of an activity, in seconds, up to an hour. */
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
