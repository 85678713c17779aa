import type { PushPayload } from '../../worker/contract/push.ts'
import type { NotificationData } from '../push/expired-notifications.ts'
import { paths } from '../routing/paths.ts'
import { notificationWords } from '../texts/notification-words.ts'

/** `renotify` is missing from the types of TypeScript. */
type PushNotification = { title: string; options: NotificationOptions & { tag: string; renotify: boolean } }

/** Returns the notification of a push: who did what, never a text. One with the same tag replaces it. */
export function pushNotification({ kind, actor, uuid, expires_at }: PushPayload): PushNotification {
  // Undefined for a kind of a release that is newer than this worker.
  const words: string | undefined = notificationWords(kind, 'your crud')
  const data: NotificationData = { path: pathOf({ kind, actor, uuid }), expires_at }
  return {
    title: words === undefined ? 'Something new for you' : actor === null ? words : `@${actor} ${words}`,
    options: {
      tag: uuid ?? [kind, actor].join(' '),
      // Another message sounds again; another like of the same crud does not.
      renotify: kind === 'message',
      icon: '/icon-192.png',
      badge: '/badge.png',
      lang: 'en',
      data,
    },
  }
}

/** Returns the page that a click opens. */
function pathOf({ kind, actor, uuid }: Omit<PushPayload, 'expires_at'>): string {
  switch (kind) {
    case 'message':
      return uuid === null ? paths.messages() : paths.conversation(uuid)
    case 'follow_request':
      return paths.followRequests()
    case 'follow':
      return actor === null ? paths.notifications() : paths.profile(actor)
    case 'like':
    case 'repost':
    case 'reply':
    case 'mention':
      // The actor is not the author of what was liked: the site redirects to the author's path. The thread above a reply may be long.
      return actor === null || uuid === null
        ? paths.notifications()
        : paths.inThread({ uuid, user: { handle: actor }, reply_to_activity_uuid: kind === 'reply' ? uuid : null })
    default:
      return paths.notifications()
  }
}
