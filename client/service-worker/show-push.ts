import type { PushPayload } from '../../worker/contract/push.ts'
import { closeEnded, hasEnded } from '../push/ended-notifications.ts'
import { pushNotification } from './push-notification.ts'

/** Safari ends the subscription of a site that shows nothing for a push, even if the user is looking at the site. */
const mustShow = ({ userAgent }: WorkerNavigator) => /AppleWebKit/.test(userAgent) && !/Chrome/.test(userAgent)

/** Whether the user is looking at the site, which then shows it by itself. */
async function isInView(clients: Clients): Promise<boolean> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  return windows.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')
}

/**
 * Shows the notification of a push. What has ended on the way, or is in view in a browser that must show something, is closed at
 * once: we promised browsers to show each push (`userVisibleOnly`), and readers that nothing outlives its time.
 */
export async function showPush(
  { registration, clients, navigator }: ServiceWorkerGlobalScope,
  payload: PushPayload,
): Promise<void> {
  await closeEnded(registration)
  const inView = await isInView(clients)
  if (inView && !mustShow(navigator)) return
  const ended = hasEnded(payload)
  const { title, options } = pushNotification(payload)
  if (!inView && !ended) return registration.showNotification(title, options)
  // One that has ended replaces no live one: of a conversation, a later message may be shown.
  const tag = ended ? 'ended' : options.tag
  await registration.showNotification(ended ? 'Burnt out' : title, { tag, silent: true })
  for (const notification of await registration.getNotifications({ tag })) notification.close()
}
