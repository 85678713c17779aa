import type { RequestContext } from '../context.ts'
import type { StoredActivity } from '../contract/activity.ts'
import type { Image, StoredImage } from '../contract/image.ts'
import type { List } from '../contract/list.ts'
import type { Message, StoredMessage } from '../contract/message.ts'
import type { Env } from '../env.ts'
import { imageUrl } from '../image-url.ts'
import { reportToken } from '../reports/report-token.ts'

/** A stored activity as the API returns it: with the URLs of its images and its report token. */
type ApiActivity<T extends StoredActivity> = Omit<T, 'images'> & { images: Image[]; report_token: string }

/** Returns an activity with its report token and newly signed URLs of its images. */
export async function toActivity<T extends StoredActivity>(
  { settings }: RequestContext,
  stored: T,
): Promise<ApiActivity<T>> {
  const { uuid, user, message, warning, expires_at } = stored
  const images = stored.images ?? []
  const shown = { kind: 'activity', uuid, author_uuid: user.uuid, message, warning, images, expires_at } as const
  const report_token = await reportToken(settings, shown)
  return { ...stored, images: await toImages(settings, images, expires_at), report_token }
}

/** Returns images with their URLs, which work until `expires_at` at most. */
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

/** Returns a page of activities, each as toActivity does. */
export async function toActivities(
  context: RequestContext,
  { data, next_cursor }: List<StoredActivity>,
): Promise<List<ApiActivity<StoredActivity>>> {
  return { data: await Promise.all(data.map((stored) => toActivity(context, stored))), next_cursor }
}
