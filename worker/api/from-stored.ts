import type { RequestContext } from '../context.ts'
import type { StoredActivity } from '../contract/activity.ts'
import type { Image, StoredImage } from '../contract/image.ts'
import type { List } from '../contract/list.ts'
import type { Message, StoredMessage } from '../contract/message.ts'
import type { Env } from '../env.ts'
import { imageUrl } from '../image-url.ts'
import { reportToken } from '../reports/report-token.ts'

/** What the Worker adds to a stored activity: addresses of its images, and its report token. */
type Shown<T extends StoredActivity> = Omit<T, 'images'> & { images: Image[]; report_token: string }

/** Returns an activity with its report token and the addresses of its images, which each read signs again. */
export async function toActivity<T extends StoredActivity>({ settings }: RequestContext, stored: T): Promise<Shown<T>> {
  const { uuid, user, message, warning, expires_at } = stored
  const ofActivity = { uuid, author_uuid: user.uuid, message, warning, images: stored.images ?? [], expires_at }
  const shown = { kind: 'activity', ...ofActivity } as const
  const images = await toImages(settings, ofActivity.images, expires_at)
  return { ...stored, images, report_token: await reportToken(settings, shown) }
}

/** Returns images with their addresses, which end with the activity. */
export const toImages = (settings: Env, images: StoredImage[], expires_at: string): Promise<Image[]> =>
  Promise.all(
    images.map(async ({ uuid, ...shown }) => ({
      url: await imageUrl(settings, uuid, Date.parse(expires_at)),
      ...shown,
    })),
  )

/** Returns a message with its report token. */
export async function toMessage({ settings }: RequestContext, stored: StoredMessage): Promise<Message> {
  const { uuid, user, message, expires_at } = stored
  const shown = {
    kind: 'message',
    uuid,
    author_uuid: user.uuid,
    message,
    warning: null,
    images: [],
    expires_at,
  } as const
  return { ...stored, report_token: await reportToken(settings, shown) }
}

/** Returns a list of activities, each with its report token. */
export async function toActivities(
  context: RequestContext,
  { data, next_cursor }: List<StoredActivity>,
): Promise<List<Shown<StoredActivity>>> {
  return { data: await Promise.all(data.map((stored) => toActivity(context, stored))), next_cursor }
}
