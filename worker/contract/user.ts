import * as z from 'zod/mini'
import { BANNER_COLORS } from './banner-colors.ts'
import { looksLikeOurs } from './impersonation.ts'
import { BIO_MAX, DISPLAY_NAME_MAX, HANDLE_MAX } from './limits.ts'
import { preferences } from './preferences.ts'
import { text } from './text.ts'

/** A user as shown beside their activities. */
export const user = z.object({
  uuid: z.string(),
  handle: z.string(),
  display_name: z.string(),
  avatar_url: z.nullable(z.string()),
})
user.register(z.globalRegistry, { id: 'user' })
export type User = z.infer<typeof user>

/** Whether the viewer follows a user, or has asked to and waits for an answer. */
const followingState = z.enum(['no', 'requested', 'yes'])
export type FollowingState = z.infer<typeof followingState>

/** A user in a list of users. `viewer` is null when signed out. */
export const listedUser = z.extend(user, { viewer: z.nullable(z.object({ following: followingState })) })
listedUser.register(z.globalRegistry, { id: 'listed_user' })
export type ListedUser = z.infer<typeof listedUser>

/** A muted user. `ends_at` is null for a mute without end. */
export const mutedUser = z.extend(user, { ends_at: z.nullable(z.string()) })
mutedUser.register(z.globalRegistry, { id: 'muted_user' })
export type MutedUser = z.infer<typeof mutedUser>

const bannerColor = z.enum(BANNER_COLORS, { error: 'banner_color_invalid' })

/** A user's profile. Counts cover live rows only. `viewer` is null when signed out. */
export const profile = z.extend(user, {
  bio: z.string(),
  created_at: z.string(),
  cruds_count: z.number(),
  followers_count: z.number(),
  following_count: z.number(),
  approves_followers: z.boolean(),
  banner_color: bannerColor,
  viewer: z.nullable(
    z.object({
      following: followingState,
      followed_by: z.boolean(),
      /** They wait for the viewer to accept their request to follow. */
      asks_to_follow: z.boolean(),
      /** They are in the viewer's circle. */
      in_circle: z.boolean(),
      blocking: z.boolean(),
      muting: z.boolean(),
    }),
  ),
})
profile.register(z.globalRegistry, { id: 'profile' })
export type Profile = z.infer<typeof profile>

/** The viewer's own profile with preferences. */
export const ownProfile = z.extend(profile, { ...preferences.shape, is_moderator: z.boolean() })
ownProfile.register(z.globalRegistry, { id: 'own_profile' })
export type OwnProfile = z.infer<typeof ownProfile>

/** A user without avatar. */
export const userShort = z.pick(user, { uuid: true, handle: true, display_name: true })
userShort.register(z.globalRegistry, { id: 'user_short' })
export type UserShort = z.infer<typeof userShort>

/** A handle: lower-cased, without @. */
export const handle = z.pipe(
  z.pipe(
    z.string({ error: 'handle_blank' }),
    z.transform((value) => value.trim().replace(/^@/, '').toLowerCase()),
  ),
  z
    .string()
    .check(
      z.minLength(1, { error: 'handle_blank', abort: true }),
      z.regex(new RegExp(`^[a-z0-9_]{1,${HANDLE_MAX}}$`), { error: 'handle_invalid' }),
    ),
)

export const displayName = z.pipe(
  text({
    blank: 'display_name_blank',
    tooLong: 'display_name_exceed_max_chars',
    invalid: 'display_name_invalid',
    max: DISPLAY_NAME_MAX,
    oneLine: true,
  }),
  z.string().check(z.refine((name) => !looksLikeOurs(name), { error: 'display_name_reserved' })),
)

const bio = text({ tooLong: 'bio_exceed_max_chars', invalid: 'bio_invalid', max: BIO_MAX })

/** Body of PATCH /api/profile. Missing fields stay unchanged. */
export const profileChange = z.object({
  display_name: z.optional(displayName),
  bio: z.optional(bio),
  banner_color: z.optional(bannerColor),
  ...z.partial(preferences).shape,
})
export type ProfileChange = z.infer<typeof profileChange>

/** Body of a mute. `seconds`: its duration; null for a mute without end. */
export const muteRequest = z.object({
  seconds: z.nullable(
    z
      .int({ error: 'mute_invalid' })
      .check(z.minimum(60, { error: 'mute_invalid' }), z.maximum(31_536_000, { error: 'mute_invalid' })),
  ),
})
