import type { RequestContext } from '../context.ts'
import type { StoredActivity } from '../contract/activity.ts'
import type { List } from '../contract/list.ts'
import type { Message, StoredMessage } from '../contract/message.ts'
import { reportToken } from '../reports/report-token.ts'

/** Returns an activity with its report token. */
export async function toActivity<T extends StoredActivity>(
  { settings }: RequestContext,
  stored: T,
): Promise<T & { report_token: string }> {
  const { uuid, user, message, warning, expires_at } = stored
  const shown = { kind: 'activity', uuid, author_uuid: user.uuid, message, warning, expires_at } as const
  return { ...stored, report_token: await reportToken(settings, shown) }
}

/** Returns a message with its report token. */
export async function toMessage({ settings }: RequestContext, stored: StoredMessage): Promise<Message> {
  const { uuid, user, message, expires_at } = stored
  const shown = { kind: 'message', uuid, author_uuid: user.uuid, message, warning: null, expires_at } as const
  return { ...stored, report_token: await reportToken(settings, shown) }
}

/** Returns a list of activities, each with its report token. */
export async function toActivities(
  context: RequestContext,
  { data, next_cursor }: List<StoredActivity>,
): Promise<List<StoredActivity & { report_token: string }>> {
  return { data: await Promise.all(data.map((stored) => toActivity(context, stored))), next_cursor }
}
