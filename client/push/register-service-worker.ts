/** Registers the site's service worker (client/service-worker/), or returns the registered one. Rejects where browsers have none. */
export const registerServiceWorker = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register('/sw.js')
