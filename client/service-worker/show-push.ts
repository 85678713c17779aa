import type { PushPayload } from '../../worker/contract/push.ts'
import { closeExpired, isExpired } from '../push/expired-notifications.ts'
import { pushNotification } from './push-notification.ts'

/** Safari ends the subscription of a site that shows nothing for a push, even if the user is looking at the site. */
const mustShow = ({ userAgent }: WorkerNavigator) => /AppleWebKit/.test(userAgent) && !/Chrome/.test(userAgent)

/** Whether the user is looking at the site, which then shows it by itself. */
async function isInView(clients: Clients): Promise<boolean> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  return windows.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')
}

/**
 * Shows the notification of a push. One that expired on the way, or that the page shows in a browser that must show something, is
 * closed at once: we promised browsers to show each push (`userVisibleOnly`), and readers that nothing outlives its expiry.
 */
export async function showPush(
  { registration, clients, navigator }: ServiceWorkerGlobalScope,
  payload: PushPayload,
): Promise<void> {
  await closeExpired(registration)
  const inView = await isInView(clients)
  if (inView && !mustShow(navigator)) return
  const hasExpired = isExpired(payload)
  const { title, options } = pushNotification(payload)
  if (!inView && !hasExpired) return registration.showNotification(title, options)
  // An expired one must not replace a live one with its tag, such as a later message of the conversation.
  const tag = hasExpired ? 'expired' : options.tag
  await registration.showNotification(hasExpired ? 'Burnt out' : title, { tag, silent: true })
  for (const notification of await registration.getNotifications({ tag })) notification.close()
}
