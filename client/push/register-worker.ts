/** Registers the site's service worker (client/service-worker/); again, it returns the same. Rejects where browsers do not have any. */
export const registerWorker = (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.register('/sw.js')
