import * as z from 'zod/mini'
import { audience, whoCanReply } from './audience-schema.ts'
import { preferences } from './preferences.ts'
import { reportAnswer, reportKind } from './report.ts'
import { rule } from './rules.ts'
import { statement } from './statement.ts'

const time = z.string()

export const exportProfile = z.object({
  handle: z.string(),
  display_name: z.string(),
  email: z.string(),
  bio: z.string(),
  avatar_url: z.nullable(z.string()),
  banner_color: z.string(),
  created_at: time,
  ...preferences.shape,
})
export const exportActivity = z.object({
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
})
export const exportMessage = z.object({
  uuid: z.string(),
  conversation_with: z.string(),
  written_by: z.enum(['me', 'them']),
  message: z.string(),
  created_at: time,
  expires_at: time,
})
export const exportReaction = z.object({ activity_uuid: z.string(), by: z.string() })
/** A user whom a relation is with, and since when. */
export const exportRelation = z.object({ handle: z.string(), created_at: time })
export const exportMute = z.object({ handle: z.string(), ends_at: z.nullable(time) })
export const exportSession = z.object({
  browser: z.string(),
  created_at: time,
  last_seen_on: z.string(),
  ended_at: z.nullable(time),
})
/** A browser that notifications are pushed to, by its push service. */
export const exportPushSubscription = z.object({ push_service: z.string(), created_at: time })

/** A report by the user. What they reported and wrote is sealed, for moderators only. */
export const exportReport = z.extend(reportAnswer, { kind: reportKind, reason: rule })

/** A statement of reasons to the user. */
export const exportStatement = z.omit(statement, { subject_uuid: true, automated: true, can_appeal_until: true })

/** The file of GET /api/profile/export: all data of the viewer's account. */
export const accountExport = z.object({
  exported_at: time,
  profile: exportProfile,
  cruds: z.array(exportActivity),
  messages: z.array(exportMessage),
  likes: z.array(exportReaction),
  reposts: z.array(exportReaction),
  following: z.array(exportRelation),
  followers: z.array(exportRelation),
  /** Follow requests: those that the user sent, and those that they received. */
  requested: z.array(exportRelation),
  follow_requests: z.array(exportRelation),
  circle: z.array(exportRelation),
  blocked: z.array(exportRelation),
  muted: z.array(exportMute),
  sessions: z.array(exportSession),
  push_subscriptions: z.array(exportPushSubscription),
  /** Reports by the user within 30 days, and what became of them. */
  reports: z.array(exportReport),
  statements: z.array(exportStatement),
})
