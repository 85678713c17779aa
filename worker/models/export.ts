import * as z from 'zod/mini'
import blockedSql from '../../sql/queries/export/blocked.sql'
import crudsSql from '../../sql/queries/export/cruds.sql'
import followersSql from '../../sql/queries/export/followers.sql'
import followingSql from '../../sql/queries/export/following.sql'
import likesSql from '../../sql/queries/export/likes.sql'
import messagesSql from '../../sql/queries/export/messages.sql'
import mutedSql from '../../sql/queries/export/muted.sql'
import profileSql from '../../sql/queries/export/profile.sql'
import repostsSql from '../../sql/queries/export/reposts.sql'
import sessionsSql from '../../sql/queries/export/sessions.sql'
import { AppError } from '../contract/app-error.ts'
import { preferences } from '../contract/preferences.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, type Query, query, VIEWER } from '../db/query.ts'

/**
 * Rows that one trip brings of a part. All parts begin in one trip, whose answer Neon bounds at 10 MB
 * (https://neon.com/docs/serverless/serverless-driver): a text has 10 KB at most, in JSON twice that.
 */
const TEXTS = 150
const LINES = 1_000

const PARAMS = { ...VIEWER, before: 'uuid?', limit: 'integer' } as const

const part = <Shape extends z.core.$ZodShape>(name: string, text: string, shape: Shape) =>
  query({ name, text, params: PARAMS, row: z.extend(z.object(shape), { place: z.string() }), requiresViewer: true })

const time = z.string()
const crud = { activity_uuid: z.string(), by: z.string() }
const person = { handle: z.string(), created_at: time }

export const exportedProfile = query({
  name: 'export/profile',
  text: profileSql,
  params: VIEWER,
  row: z.object({
    handle: z.string(),
    display_name: z.string(),
    email: z.string(),
    bio: z.string(),
    avatar_url: z.nullable(z.string()),
    created_at: time,
    ...preferences.shape,
  }),
  requiresViewer: true,
})
export const exportedCruds = part('export/cruds', crudsSql, {
  uuid: z.string(),
  message: z.string(),
  created_at: time,
  expires_at: time,
  reply_to_activity_uuid: z.nullable(z.string()),
  likes_count: z.number(),
  reposts_count: z.number(),
})
export const exportedMessages = part('export/messages', messagesSql, {
  uuid: z.string(),
  conversation_with: z.string(),
  written_by: z.enum(['me', 'them']),
  message: z.string(),
  created_at: time,
  expires_at: time,
})
export const exportedLikes = part('export/likes', likesSql, crud)
export const exportedReposts = part('export/reposts', repostsSql, crud)
export const exportedFollowing = part('export/following', followingSql, person)
export const exportedFollowers = part('export/followers', followersSql, person)
export const exportedBlocked = part('export/blocked', blockedSql, person)
export const exportedMuted = part('export/muted', mutedSql, { handle: z.string(), ends_at: z.nullable(time) })
export const exportedSessions = part('export/sessions', sessionsSql, {
  browser: z.string(),
  created_at: time,
  last_seen_on: z.string(),
  ended_at: z.nullable(time),
})

/** The lists of the file in its order, and how many rows of each one trip brings. */
const LISTS: [name: string, part: Query<typeof PARAMS, { place: string }>, limit: number][] = [
  ['cruds', exportedCruds, TEXTS],
  ['messages', exportedMessages, TEXTS],
  ['likes', exportedLikes, LINES],
  ['reposts', exportedReposts, LINES],
  ['following', exportedFollowing, LINES],
  ['followers', exportedFollowers, LINES],
  ['blocked', exportedBlocked, LINES],
  ['muted', exportedMuted, LINES],
  ['sessions', exportedSessions, LINES],
]

/**
 * Everything of a person's as the text of one JSON file, piece by piece. One trip brings the beginning of each list, which for
 * most people is all of it, before this resolves. When a later trip fails, so does the file: it is never a shorter one.
 */
export async function openExport(
  db: Db,
  viewer: Viewer,
): Promise<{ handle: string; pieces: AsyncGenerator<string, void> }> {
  const who = asViewer(viewer)
  const [profile, ...beginnings] = await Promise.all([
    db.first(exportedProfile, who),
    ...LISTS.map(([, list, limit]) => db.many(list, { ...who, before: null, limit })),
  ])
  if (!profile) throw new AppError('not_found')
  return { handle: profile.handle, pieces: write() }

  async function* write() {
    yield `{\n"exported_at": ${JSON.stringify(new Date())},\n"profile": ${JSON.stringify(profile)}`
    for (const [i, [name, list, limit]] of LISTS.entries()) {
      yield `,\n"${name}": [`
      let rows = beginnings[i] ?? []
      while (rows.length > 0) {
        yield rows.map(({ place: _, ...row }) => `\n${JSON.stringify(row)}`).join(',')
        const last = rows.length === limit ? rows.at(-1) : undefined
        if (!last) break
        rows = await db.many(list, { ...who, before: last.place, limit })
        if (rows.length > 0) yield ','
      }
      yield ']'
    }
    yield '\n}\n'
  }
}
