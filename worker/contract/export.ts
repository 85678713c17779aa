import * as z from 'zod/mini'
import { audience, whoCanReply } from './audience-schema.ts'
import { preferences } from './preferences.ts'
import { reportAnswer, reportKind } from './report.ts'
import { rule } from './rules.ts'
import { statement } from './statement.ts'

const time = z.string()
const reaction = z.object({ activity_uuid: z.string(), by: z.string() })
const followed = z.object({ handle: z.string(), created_at: time })

/** A report by the user. What they reported and wrote is sealed, for moderators only. */
export const sentReport = z.extend(reportAnswer, { kind: reportKind, reason: rule })

/** A statement of reasons to the user. */
export const receivedStatement = z.omit(statement, { subject_uuid: true, automated: true, can_appeal_until: true })

/** The file of GET /api/profile/export: all data of the viewer's account. */
export const accountExport = z.object({
  exported_at: time,
  profile: z.object({
    handle: z.string(),
    display_name: z.string(),
    email: z.string(),
    bio: z.string(),
    avatar_url: z.nullable(z.string()),
    banner_color: z.string(),
    created_at: time,
    ...preferences.shape,
  }),
  cruds: z.array(
    z.object({
      uuid: z.string(),
      message: z.string(),
      warning: z.nullable(z.string()),
      created_at: time,
      expires_at: time,
      audience,
      who_can_reply: whoCanReply,
      reply_to_activity_uuid: z.nullable(z.string()),
      /** Their URLs work for two hours at most. */
      images: z.array(z.object({ url: z.string(), alt: z.string() })),
      likes_count: z.number(),
      reposts_count: z.number(),
    }),
  ),
  messages: z.array(
    z.object({
      uuid: z.string(),
      conversation_with: z.string(),
      written_by: z.enum(['me', 'them']),
      message: z.string(),
      created_at: time,
      expires_at: time,
    }),
  ),
  likes: z.array(reaction),
  reposts: z.array(reaction),
  following: z.array(followed),
  followers: z.array(followed),
  /** Follow requests: those that the user sent, and those that they received. */
  requested: z.array(followed),
  follow_requests: z.array(followed),
  circle: z.array(followed),
  blocked: z.array(followed),
  muted: z.array(z.object({ handle: z.string(), ends_at: z.nullable(time) })),
  sessions: z.array(
    z.object({ browser: z.string(), created_at: time, last_seen_on: z.string(), ended_at: z.nullable(time) }),
  ),
  /** Browsers that notifications are pushed to, by their push service. */
  push_subscriptions: z.array(z.object({ push_service: z.string(), created_at: time })),
  /** Reports by the user within 30 days, and what became of them. */
  reports: z.array(sentReport),
  statements: z.array(receivedStatement),
})
