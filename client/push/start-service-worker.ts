import { type Api, read } from '../net/api.ts'
import { closeExpired } from './expired-notifications.ts'
import { registerServiceWorker } from './register-service-worker.ts'
import { isSubscribed, pushOwner, subscribe, unsubscribeBrowser } from './subscription.ts'

/** How often an open page closes expired notifications, in ms. */
const CLOSE_INTERVAL_MS = 60_000

/** How often a subscription that the site should have is sent to it again, in ms. */
const RESEND_INTERVAL_MS = 86_400_000

/** Pages that begin a session. The site deleted the subscription together with the previous session. */
const SESSION_START_PAGES = /\/(?:signin|forgot|confirm)(?:\?|$)/

/** Registers the service worker for a signed-in user. Ends a subscription that another user of this browser has left. */
export async function startServiceWorker(api: Api, viewerUuid: string, signal: AbortSignal): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await registerServiceWorker()
  if (signal.aborted) return
  const timer = setInterval(() => void closeExpired(registration), CLOSE_INTERVAL_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
  if (await isSubscribed(registration, viewerUuid)) {
    await closeExpired(registration)
    await resendSubscription(api, registration, viewerUuid)
  } else {
    await unsubscribeBrowser(registration)
  }
}

/** Sends the subscription to the site again, after a sign-in or once a day; ends it if the site pushes no more. */
async function resendSubscription(
  api: Api,
  registration: ServiceWorkerRegistration,
  viewerUuid: string,
): Promise<void> {
  const isRecent = Date.now() < (pushOwner()?.sent_at ?? 0) + RESEND_INTERVAL_MS
  if (isRecent && !SESSION_START_PAGES.test(document.referrer)) return
  const { data } = await read(api['push-subscriptions'].$get())
  if (data.public_key) await subscribe(api, registration, data.public_key, viewerUuid)
  else await unsubscribeBrowser(registration)
}
