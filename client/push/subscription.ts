import { type Api, read } from '../net/api.ts'
import { ignoreStorageErrors } from '../storage.ts'
import { subscribeBrowser } from './subscribe-browser.ts'

/** localStorage key: who turned push notifications on in this browser, and when the subscription was last sent to the site. */
const STORAGE_KEY = 'push'

type Owner = { uuid: string; sent_at: number }

/** Returns who turned push notifications on in this browser; undefined if nobody did. */
export function pushOwner(): Owner | undefined {
  const stored = ignoreStorageErrors(() => localStorage.getItem(STORAGE_KEY))
  return stored ? JSON.parse(stored) : undefined
}

/** Whether pushes to the viewer reach this browser. */
export async function isSubscribed(registration: ServiceWorkerRegistration, viewerUuid: string): Promise<boolean> {
  if (pushOwner()?.uuid !== viewerUuid) return false
  return (await registration.pushManager.getSubscription()) !== null
}

/**
 * Subscribes the browser unless it is subscribed, and sends the subscription to the site, which deletes it with the session.
 * @throws ApiError; DOMException if the browser cannot reach its push service
 */
export async function subscribe(
  api: Api,
  registration: ServiceWorkerRegistration,
  publicKey: string,
  viewerUuid: string,
): Promise<void> {
  const subscription = await subscribeBrowser(registration.pushManager, publicKey)
  const { keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON()
  const json = { endpoint: subscription.endpoint, keys: { p256dh, auth } }
  await read(api['push-subscriptions'].$put({ json }))
  const owner: Owner = { uuid: viewerUuid, sent_at: Date.now() }
  ignoreStorageErrors(() => localStorage.setItem(STORAGE_KEY, JSON.stringify(owner)))
}

/**
 * Ends the browser's subscription, and closes what was shown for it. The site deletes its own copy when the push service answers the
 * next push with 404 or 410.
 */
export async function unsubscribeBrowser(registration: ServiceWorkerRegistration): Promise<void> {
  ignoreStorageErrors(() => localStorage.removeItem(STORAGE_KEY))
  for (const notification of await registration.getNotifications()) notification.close()
  const subscription = await registration.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

/** Ends the browser's subscription, here and on the site. */
export async function unsubscribe(api: Api, registration: ServiceWorkerRegistration): Promise<void> {
  const subscription = await registration.pushManager.getSubscription()
  if (subscription) await read(api['push-subscriptions'].$delete({ json: { endpoint: subscription.endpoint } }))
  await unsubscribeBrowser(registration)
}
