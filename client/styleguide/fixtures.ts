import type { Activity } from '../../worker/contract/activity.ts'
import type { User } from '../../worker/contract/user.ts'

const user = (handle: string, display_name: string, avatar_url: string | null = null): User => ({
  uuid: handle,
  handle,
  display_name,
  avatar_url,
})

export const mira = user('mira', 'Mira Okafor')
export const longName = user('a_handle_of_thirty_characters_', 'Wolfeschlegelsteinhausenbergerdorff Aloysius')
export const rightToLeft = user('liat', 'ליאת בן־דוד')
export const withAvatar = user('tolliver', 'Captain Tolliver', '/icon-192.png')
export const users = ['mira', 'anouk', 'sol', 'bayko', 'londo', 'yuki_n', 'hana_b', 'tobias_k', 'nils', 'fenwick'].map(
  (handle) => user(handle, handle),
)

const HOUR = 3_600

type ActivityInput = Partial<Activity> & {
  /** In seconds. */
  ttl?: number
  secondsLeft?: number
}

let created = 0

/** Returns an activity as the API returns it, live at `now` (ms). */
export function makeActivity(
  now: number,
  { ttl = 168 * HOUR, secondsLeft = 0.7 * ttl, ...rest }: ActivityInput,
): Activity {
  created += 1
  const expires = now + secondsLeft * 1000
  return {
    uuid: `crud-${created}`,
    message: 'Rain stopped. The whole street came out at once, like someone had rung a bell.',
    warning: null,
    audience: 'everyone',
    who_can_reply: 'everyone',
    images: [],
    created_at: new Date(expires - ttl * 1000).toISOString(),
    expires_at: new Date(expires).toISOString(),
    reply_to_activity_uuid: null,
    reply_to_handle: null,
    likes_count: 24,
    reposts_count: 1,
    replies_count: 3,
    mentions: [],
    user: mira,
    viewer: { liked: false, reposted: false, can_reply: true },
    ...rest,
  }
}
