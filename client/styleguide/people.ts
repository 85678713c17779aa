import type { Activity } from '../../worker/contract/activity.ts'
import type { User } from '../../worker/contract/user.ts'

const person = (handle: string, display_name: string, avatar_url: string | null = null): User => ({
  uuid: handle,
  handle,
  display_name,
  avatar_url,
})

export const mira = person('mira', 'Mira Okafor')
export const long = person('a_handle_of_thirty_characters_', 'Wolfeschlegelsteinhausenbergerdorff Aloysius')
export const liat = person('liat', 'ליאת בן־דוד')
export const pictured = person('tolliver', 'Captain Tolliver', '/icon-192.png')
export const crowd = ['mira', 'anouk', 'sol', 'bayko', 'londo', 'yuki_n', 'hana_b', 'tobias_k', 'nils', 'fenwick'].map(
  (handle) => person(handle, handle),
)

const HOUR = 3_600

type Burning = Partial<Activity> & {
  /** Its whole life and what is left of it, in seconds. */
  life?: number
  left?: number
}

let made = 0

/** A crud as the API answers it, burning at `now` (ms). */
export function burning(now: number, { life = 168 * HOUR, left = 0.7 * life, ...rest }: Burning): Activity {
  made += 1
  const expires = now + left * 1000
  return {
    uuid: `crud-${made}`,
    message: 'Rain stopped. The whole street came out at once, like someone had rung a bell.',
    created_at: new Date(expires - life * 1000).toISOString(),
    expires_at: new Date(expires).toISOString(),
    reply_to_activity_uuid: null,
    reply_to_handle: null,
    likes_count: 24,
    reposts_count: 1,
    replies_count: 3,
    mentions: [],
    user: mira,
    viewer: { liked: false, reposted: false },
    ...rest,
  }
}
