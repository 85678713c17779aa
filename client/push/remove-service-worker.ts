import { unsubscribeBrowser } from './subscription.ts'

/** How long signing out may wait for the browser, in ms. */
const TIMEOUT_MS = 2_000

/** Removes the service worker after sign-out, with its subscription and what it shows: the next user of the browser is another. */
export async function removeServiceWorker(): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, TIMEOUT_MS))
  await Promise.race([remove().catch(() => {}), waited])
}

async function remove(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) return
  await unsubscribeBrowser(registration).catch(() => {})
  await registration.unregister()
}
