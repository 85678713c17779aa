import { closeExpired } from '../push/expired-notifications.ts'
import { loadPage } from './load-page.ts'
import { openNotification } from './open-notification.ts'
import { renewSubscription } from './renew-subscription.ts'
import { showPush } from './show-push.ts'
import { skipAllButPages } from './skip-all-but-pages.ts'

declare const self: ServiceWorkerGlobalScope

// The site's service worker, built as /sw.js (decision 72). It shows pushes, and a page while the site cannot be reached. It keeps
// nothing: no page, no answer, no cache.

self.addEventListener('install', (event) => {
  // Open pages do not depend on its version, so a new one need not wait until they are closed.
  event.waitUntil(Promise.all([self.skipWaiting(), skipAllButPages(event)]))
})

self.addEventListener('activate', (event) => {
  // The browser asks for a page while it starts this worker, not after it.
  event.waitUntil(Promise.all([self.registration.navigationPreload?.enable(), closeExpired(self.registration)]))
})

self.addEventListener('fetch', (event) => {
  const { mode, method } = event.request
  // A posted form goes to the network by itself: nothing here may stand between a user and their words.
  if (mode === 'navigate' && method === 'GET') event.respondWith(loadPage(event))
})

self.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(showPush(self, event.data.json()))
})

self.addEventListener('notificationclick', (event) => {
  event.waitUntil(openNotification(self.clients, event.notification))
})

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renewSubscription(self.registration, event))
})
