import { createECDH, randomBytes } from 'node:crypto'
import type { Worker } from 'playwright-core'
import { expect } from 'vitest'
import type { PushPayload } from '../../../worker/contract/push.ts'
import type { Tab } from './tab.ts'

// What a headless Chromium lacks: a permission to notify, a push service, and notifications of the system. Pushes are real.

/** Allows the site to notify, as if the user did so when asked. */
export async function allowsNotifications(tab: Tab): Promise<void> {
  await tab.context.addInitScript(() => {
    Notification.requestPermission = async () => 'granted'
  })
}

/** localStorage key: the browser's subscription. */
const SUBSCRIBED = 'test subscription'

/** A subscription of a known push service, in the name of nobody. */
const makeSubscription = () => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${randomBytes(24).toString('base64url')}`,
  keys: { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
})

/** Connects a browser to a push service. Whether it is subscribed outlives documents. Returns the endpoint. */
export async function hasPushService(tab: Tab): Promise<string> {
  const json = makeSubscription()
  await tab.context.addInitScript(
    ({ json, key }) => {
      const subscription = {
        endpoint: json.endpoint,
        toJSON: () => json,
        unsubscribe: async () => localStorage.removeItem(key),
      }
      Object.assign(PushManager.prototype, {
        getSubscription: async () => (localStorage.getItem(key) ? subscription : null),
        subscribe: async (options: { applicationServerKey: string }) => {
          localStorage.setItem(key, options.applicationServerKey)
          return subscription
        },
      })
    },
    { json, key: SUBSCRIBED },
  )
  return json.endpoint
}

/** Whether the browser itself is subscribed, whatever the site knows. */
export const isBrowserSubscribed = (tab: Tab): Promise<boolean> =>
  tab.page.evaluate((key) => localStorage.getItem(key) !== null, SUBSCRIBED)

type Shown = { title: string; tag: string; close: () => void }
type WorkerScope = {
  registration: Pick<ServiceWorkerRegistration, 'getNotifications' | 'showNotification'>
  PushEvent: { prototype: { waitUntil(work: Promise<unknown>): void } }
  handledPushes: number
}

/** Waits until the site's service worker is active, gives it notifications of a system, and counts the pushes that it has handled. */
export async function activeWorker(tab: Tab): Promise<Worker> {
  await tab.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  const worker = tab.context.serviceWorkers()[0] ?? expect.fail('There is no service worker')
  await worker.evaluate(() => {
    const scope = globalThis as unknown as WorkerScope
    scope.handledPushes = 0
    const { waitUntil } = scope.PushEvent.prototype
    scope.PushEvent.prototype.waitUntil = function (work) {
      waitUntil.call(this, work)
      void work.finally(() => {
        scope.handledPushes += 1
      })
    }
    const shown = new Map<string, Shown>()
    Object.assign(scope.registration, {
      showNotification: async (title: string, options: { tag: string }) => {
        shown.set(options.tag, { ...options, title, close: () => shown.delete(options.tag) })
      },
      getNotifications: async ({ tag }: { tag?: string } = {}) =>
        [...shown.values()].filter((notification) => tag === undefined || notification.tag === tag),
    })
  })
  return worker
}

/** What is shown, oldest first. */
export const notificationsShown = (worker: Worker): Promise<string[]> =>
  worker.evaluate(async () => {
    const shown = await (globalThis as unknown as WorkerScope).registration.getNotifications()
    return shown.map(({ title }) => title)
  })

/** Moves the worker's clock on by some seconds. */
export const movesClock = (worker: Worker, seconds: number): Promise<void> =>
  worker.evaluate((ms) => {
    const { now } = Date
    Date.now = () => now() + ms
  }, seconds * 1_000)

/** Clicks on the only notification. */
export const clicksNotification = (worker: Worker): Promise<void> =>
  worker.evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope
    const [notification] = await registration.getNotifications()
    dispatchEvent(Object.assign(new Event('notificationclick'), { notification, waitUntil: () => {} }))
  })

/** The push service replaces a subscription. Returns the endpoint of the new one. */
export async function replacesSubscription(worker: Worker, oldEndpoint: string): Promise<string> {
  const json = makeSubscription()
  await worker.evaluate(
    ({ json, oldEndpoint }) => {
      const change = {
        oldSubscription: { endpoint: oldEndpoint },
        newSubscription: { toJSON: () => json },
        waitUntil: () => {},
      }
      dispatchEvent(Object.assign(new Event('pushsubscriptionchange'), change))
    },
    { json, oldEndpoint },
  )
  return json.endpoint
}

/** The push service replaces a subscription while the site answers with `status`. Returns whether the browser keeps the new one. */
export const keepsReplacement = (worker: Worker, status: number): Promise<boolean> =>
  worker.evaluate(async (status) => {
    const siteFetch = globalThis.fetch
    globalThis.fetch = async () => new Response(null, { status })
    let isKept = true
    const newSubscription = {
      unsubscribe: async () => {
        isKept = false
      },
    }
    const done: Promise<void>[] = []
    const waitUntil = (work: Promise<void>) => done.push(work)
    dispatchEvent(Object.assign(new Event('pushsubscriptionchange'), { newSubscription, waitUntil }))
    await Promise.all(done)
    globalThis.fetch = siteFetch
    return isKept
  }, status)

/** From the next document on, the browser shows notifications of these names, which end at these moments; null: without data. */
export async function showsNotifications(tab: Tab, ends: Record<string, string | null>): Promise<void> {
  await tab.context.addInitScript((entries) => {
    const closed: string[] = []
    const shown = Object.entries(entries).map(([name, expires_at]) => ({
      data: expires_at === null ? null : { expires_at },
      close: () => closed.push(name),
    }))
    Object.assign(window, { closedNotifications: closed })
    Object.assign(ServiceWorkerRegistration.prototype, { getNotifications: async () => shown })
  }, ends)
}

/** The names of the notifications that the page has closed. */
export const closedByPage = (tab: Tab): Promise<string[]> =>
  tab.page.evaluate(() => (window as unknown as { closedNotifications: string[] }).closedNotifications)

const handledPushes = (worker: Worker): Promise<number> =>
  worker.evaluate(() => (globalThis as unknown as WorkerScope).handledPushes)

/**
 * Returns a function that delivers a push to the site's service worker, as a browser does for its push service, and waits until it is
 * handled. `tab` shows a page of the site; afterwards it shows none, so that no window of the site has the focus.
 */
export async function leavesForPushes(tab: Tab, worker: Worker): Promise<(payload: PushPayload) => Promise<void>> {
  const session = await tab.context.newCDPSession(tab.page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [registration] }) => {
      if (registration && !registration.isDeleted) resolve(registration.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  const { origin } = new URL(tab.page.url())
  await tab.page.goto('about:blank')
  return async (payload) => {
    const before = await handledPushes(worker)
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(payload) })
    await expect.poll(() => handledPushes(worker)).toBe(before + 1)
  }
}
