import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import {
  exportActivity,
  exportMessage,
  exportMute,
  exportProfile,
  exportPushSubscription,
  exportReaction,
  exportRelation,
  exportReport,
  exportSession,
  exportStatement,
} from '../contract/export.ts'
import { type StoredImage, storedImage } from '../contract/image.ts'
import type { Db } from '../db/client.ts'
import { type ReadFunction, readFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'

/**
 * Rows per round trip, for lists with texts and for short rows. The first rows of all lists share one response, which Neon
 * limits to 10 MB (https://neon.com/docs/serverless/serverless-driver); a text has up to 10 KB, in JSON twice that.
 */
const TEXT_ROWS = 150
const SHORT_ROWS = 1_000

const PARAMS = { viewer_sub: 'text', before: 'uuid?', page_size: 'integer' } as const

const exportedList = <Shape extends z.core.$ZodShape>(name: string, item: z.ZodMiniObject<Shape>) =>
  readFunction({ name, params: PARAMS, row: z.extend(item, { position: z.string() }), requiresViewer: true })

/** Adds `expiresAt` to a function whose rows show an activity or message. */
const withExpiry = <Row>(list: ReadFunction<typeof PARAMS, Row>, expiresAt: (row: Row) => string) => ({
  ...list,
  expiresAt,
})

const reactions = (name: string) =>
  withExpiry(
    exportedList(name, z.extend(exportReaction, { activity_expires_at: z.string() })),
    (row) => row.activity_expires_at,
  )

export const exportedProfile = readFunction({
  name: 'read_exported_profile',
  params: { viewer_sub: 'text' },
  row: exportProfile,
  requiresViewer: true,
})
export const exportedActivities = withExpiry(
  exportedList('read_exported_activities', z.extend(exportActivity, { images: z.nullable(z.array(storedImage)) })),
  (row) => row.expires_at,
)
export const exportedMessages = withExpiry(
  exportedList('read_exported_messages', exportMessage),
  (row) => row.expires_at,
)
export const exportedLikes = reactions('read_exported_likes')
export const exportedReposts = reactions('read_exported_reposts')
export const exportedFollowing = exportedList('read_exported_following', exportRelation)
export const exportedFollowers = exportedList('read_exported_followers', exportRelation)
export const exportedSentFollowRequests = exportedList('read_exported_sent_follow_requests', exportRelation)
export const exportedFollowRequests = exportedList('read_exported_follow_requests', exportRelation)
export const exportedCircle = exportedList('read_exported_circle', exportRelation)
export const exportedBlocked = exportedList('read_exported_blocked', exportRelation)
export const exportedMuted = exportedList('read_exported_muted', exportMute)
export const exportedSessions = exportedList('read_exported_sessions', exportSession)
export const exportedPushSubscriptions = exportedList('read_exported_push_subscriptions', exportPushSubscription)
export const exportedReports = exportedList('read_exported_reports', exportReport)
export const exportedStatements = exportedList('read_exported_statements', exportStatement)

/** Columns that the file omits or shows in another way. */
type Raw = { position: string; activity_expires_at?: string; images?: StoredImage[] | null; expires_at?: string }

/** Returns addresses and alt texts of images that expire at `expires_at`. */
type ToImages = (images: StoredImage[], expires_at: string) => Promise<{ url: string; alt: string }[]>

/** The lists of the file in order, with their rows per round trip. */
const LISTS: [name: string, part: ReadFunction<typeof PARAMS, Raw>, limit: number][] = [
  ['cruds', exportedActivities, TEXT_ROWS],
  ['messages', exportedMessages, TEXT_ROWS],
  ['likes', exportedLikes, SHORT_ROWS],
  ['reposts', exportedReposts, SHORT_ROWS],
  ['following', exportedFollowing, SHORT_ROWS],
  ['followers', exportedFollowers, SHORT_ROWS],
  ['requested', exportedSentFollowRequests, SHORT_ROWS],
  ['follow_requests', exportedFollowRequests, SHORT_ROWS],
  ['circle', exportedCircle, SHORT_ROWS],
  ['blocked', exportedBlocked, SHORT_ROWS],
  ['muted', exportedMuted, SHORT_ROWS],
  ['sessions', exportedSessions, SHORT_ROWS],
  ['push_subscriptions', exportedPushSubscriptions, SHORT_ROWS],
  ['reports', exportedReports, SHORT_ROWS],
  ['statements', exportedStatements, TEXT_ROWS],
]

/** Returns a row as the file shows it. */
async function toLine({ position: _, activity_expires_at: __, images, ...row }: Raw, toImages: ToImages) {
  if (images === undefined) return row
  const shown = await toImages(images ?? [], row.expires_at ?? '')
  return { ...row, images: shown.map(({ url, alt }) => ({ url, alt })) }
}

/**
 * Exports the viewer's account as one JSON text, in pieces. Reads the first rows of all lists, for most users all rows, in one
 * round trip before it resolves. If a later read fails, the generator throws: the file is never silently incomplete.
 */
export async function openExport(
  db: Db,
  viewer: Viewer,
  toImages: ToImages,
): Promise<{ handle: string; pieces: AsyncGenerator<string, void> }> {
  const who = { viewer_sub: viewer.sub }
  const [profile, ...beginnings] = await Promise.all([
    db.readOne(exportedProfile, who),
    ...LISTS.map(([, list, limit]) => db.read(list, { ...who, before: null, page_size: limit })),
  ])
  if (!profile) throw new AppError('not_found')
  return { handle: profile.handle, pieces: write() }

  async function* write() {
    yield `{\n"exported_at": ${JSON.stringify(new Date())},\n"profile": ${JSON.stringify(profile)}`
    for (const [i, [name, list, limit]] of LISTS.entries()) {
      yield `,\n"${name}": [`
      let rows = beginnings[i] ?? []
      while (rows.length > 0) {
        const shown = await Promise.all(rows.map((row) => toLine(row, toImages)))
        yield shown.map((line) => `\n${JSON.stringify(line)}`).join(',')
        const last = rows.length === limit ? rows.at(-1) : undefined
        if (!last) break
        rows = await db.read(list, { ...who, before: last.position, page_size: limit })
        if (rows.length > 0) yield ','
      }
      yield ']'
    }
    yield '\n}\n'
  }
}
