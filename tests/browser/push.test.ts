import { expect, test } from 'vitest'
import type { PushPayload } from '../../worker/contract/push.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { screenshots } from './support/images.ts'
import {
  activeWorker,
  allowsNotifications,
  clicksNotification,
  closedByPage,
  hasPushService,
  isBrowserSubscribed,
  keepsReplacement,
  leavesForPushes,
  movesClock,
  notificationsShown,
  replacesSubscription,
  showsNotifications,
} from './support/push.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** A tab of a browser with service workers. */
const tabOf = (as: Actor): Promise<Tab> => browser.tab({ as, viewport: PHONE, serviceWorkers: 'allow' })

/** The same, in a browser that has a push service and is allowed to notify; and the endpoint that it will have. */
async function subscribableTabOf(as: Actor): Promise<{ tab: Tab; endpoint: string }> {
  const tab = await tabOf(as)
  await allowsNotifications(tab)
  return { tab, endpoint: await hasPushService(tab) }
}

const endpointsOf = async ({ handle }: Actor): Promise<string[]> => {
  const rows = await site.db.sql(
    'select endpoint from push_subscriptions join users on users.uuid = user_uuid where handle = $1',
    [handle],
  )
  return rows.map(({ endpoint }) => String(endpoint))
}

const turnsOn = async (tab: Tab): Promise<void> => {
  await tab.opens('/settings')
  await tab.presses('Turn on')
  await tab.sees('Turned on.')
}

/** A moment from now on, as payloads have it. */
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()

const payload = (changes: Partial<PushPayload>): PushPayload => ({
  kind: 'like',
  actor: 'zoe_n',
  uuid: crypto.randomUUID(),
  expires_at: inSeconds(3_600),
  ...changes,
})

test('pushes are off until they are turned on, for this browser, and can be turned off', async () => {
  const anna = await site.actors.join('anna')
  const { tab, endpoint } = await subscribableTabOf(anna)
  await tab.opens('/settings')
  await tab.sees('Off for this device.')
  await screenshots(tab, 'push off')
  expect(await endpointsOf(anna)).toEqual([])
  await tab.presses('Turn on')
  await tab.sees('Turned on.')
  await tab.sees('On for this device.')
  await screenshots(tab, 'push on')
  expect(await endpointsOf(anna)).toEqual([endpoint])

  // The site has lost the subscription, and gets it again. Notifications that have ended are closed.
  await showsNotifications(tab, { ended: inSeconds(-1), live: inSeconds(3_600), 'of the browser': null })
  await site.db.sql('delete from push_subscriptions where endpoint = $1', [endpoint])
  await tab.opens('/settings')
  await tab.sees('On for this device.')
  await expect.poll(() => endpointsOf(anna)).toEqual([endpoint])
  await expect.poll(() => closedByPage(tab)).toEqual(['ended', 'of the browser'])
  await tab.presses('Turn off')
  await tab.sees('Turned off.')
  await tab.sees('Off for this device.')
  expect(await endpointsOf(anna)).toEqual([])
})

test('a browser that blocks notifications says so, and what to do', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, serviceWorkers: 'allow', permissions: [] })
  await tab.opens('/settings')
  await tab.presses('Turn on')
  await tab.sees(
    'This browser blocks notifications from here. Allow them in its settings for this site, then turn them on.',
  )
  await screenshots(tab, 'push denied')
  await tab.sees('Off for this device.')
})

test('who dismisses the question, or whose browser cannot reach its push service, can press again', async () => {
  const anna = await site.actors.join('anna')
  const tab = await tabOf(anna)
  await tab.opens('/settings')
  // A headless browser asks nobody.
  await tab.presses('Turn on')
  await tab.sees('Nothing has changed: this browser has not been allowed to show notifications.')
  await allowsNotifications(tab)
  await tab.opens('/settings')
  // And it has no push service.
  tab.expectsError(/does not support the Push API in incognito/)
  await tab.presses('Turn on')
  await tab.sees('This browser can’t reach its push service. Try again in a moment.')
  await tab.sees('Off for this device.')
  const endpoint = await hasPushService(tab)
  await turnsOn(tab)
  expect(await endpointsOf(anna)).toEqual([endpoint])
})

test('without script, the setting says that it needs it', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  await tab.visits('/settings')
  await tab.sees('This needs JavaScript.')
  expect(await tab.main.getByRole('button', { name: 'Turn on' }).count()).toBe(0)
})

test('a push is shown without a text, replaces the one before, and goes when its crud has ended', async () => {
  const anna = await site.actors.join('anna')
  const tab = await tabOf(anna)
  await tab.opens('/')
  const worker = await activeWorker(tab)
  const push = await leavesForPushes(tab, worker)
  const uuid = crypto.randomUUID()
  await push(payload({ uuid }))
  await push(payload({ uuid, actor: 'ben' }))
  await expect.poll(() => notificationsShown(worker)).toEqual(['@ben liked your crud'])

  await push(payload({ kind: 'message', expires_at: inSeconds(600) }))
  await push(payload({ actor: 'late', expires_at: inSeconds(-1) }))
  await expect.poll(() => notificationsShown(worker)).toEqual(['@ben liked your crud', '@zoe_n sent you a message'])
  await movesClock(worker, 601)
  await push(payload({ uuid, kind: 'repost', actor: 'cleo' }))
  await expect.poll(() => notificationsShown(worker)).toEqual(['@cleo reposted your crud'])

  // Who looks at the site sees it there.
  const looking = await tab.newTab()
  await looking.opens('/')
  await push(payload({ actor: 'ada' }))
  await looking.page.close()
  await push(payload({ actor: 'dan', kind: 'follow', uuid: null }))
  await expect.poll(() => notificationsShown(worker)).toEqual(['@cleo reposted your crud', '@dan followed you'])
})

test('a click opens the page in the open tab', async () => {
  const anna = await site.actors.join('anna')
  const activity = await anna.posts('hi')
  const tab = await tabOf(anna)
  await tab.opens('/')
  const worker = await activeWorker(tab)
  const push = await leavesForPushes(tab, worker)
  await push(payload({ actor: 'zoe_n', uuid: activity.uuid }))
  await expect.poll(() => notificationsShown(worker)).toHaveLength(1)
  await tab.opens('/notifications')
  await clicksNotification(worker)
  // The payload does not say whose the crud is; the site does.
  await tab.comesTo(`/@${anna.handle}/status/${activity.uuid}`)
  expect(await notificationsShown(worker)).toEqual([])
})

test('when the push service replaces the subscription, the worker sends the site the new one', async () => {
  const anna = await site.actors.join('anna')
  const { tab, endpoint } = await subscribableTabOf(anna)
  await turnsOn(tab)
  const worker = await activeWorker(tab)
  const replacement = await replacesSubscription(worker, endpoint)
  await expect.poll(() => endpointsOf(anna)).toEqual([replacement])
  // An outage does not end it; a session that has ended does.
  expect(await keepsReplacement(worker, 503)).toBe(true)
  expect(await keepsReplacement(worker, 401)).toBe(false)
})

test('a page that cannot be reached says so and can be tried again; nothing is stored', async () => {
  const anna = await site.actors.join('anna')
  const tab = await tabOf(anna)
  await tab.opens('/')
  await activeWorker(tab)
  await tab.opens('/notifications')
  await tab.context.setOffline(true)
  await tab.visits('/messages', 503)
  await tab.sees(tab.heading('Out of reach'))
  await screenshots(tab, 'offline')
  await tab.context.setOffline(false)
  await tab.follows('Try again')
  await tab.sees(tab.heading('Messages'))
  expect(await tab.page.evaluate(() => caches.keys())).toEqual([])
})

/** What the types of TypeScript lack: where the browser got a response from, by the worker's rules. */
type Timing = PerformanceResourceTiming & { workerFinalSourceType?: string; workerFinalRouterSource?: string }

test('only documents pass through the worker', async () => {
  const anna = await site.actors.join('anna')
  const tab = await tabOf(anna)
  await tab.opens('/')
  await activeWorker(tab)
  await tab.opens('/notifications')
  await tab.page.evaluate(() => fetch('/api/health-check'))
  const passed = await tab.page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => entry as Timing)
      .filter(({ workerStart }) => workerStart > 0)
      .filter((entry) => (entry.workerFinalSourceType ?? entry.workerFinalRouterSource) !== 'network')
      .map(({ name }) => new URL(name).pathname),
  )
  expect(passed).toEqual(['/notifications'])
})

test('signing out ends pushes in this browser, and removes the worker', async () => {
  const anna = await site.actors.join('anna')
  const { tab } = await subscribableTabOf(anna)
  await turnsOn(tab)
  await tab.opens('/signout')
  await tab.presses('Sign out')
  await tab.comesTo('/')
  expect(await endpointsOf(anna)).toEqual([])
  expect(await isBrowserSubscribed(tab)).toBe(false)
  expect(await tab.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
})

test('another user of the browser gets no pushes of the first', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const { tab } = await subscribableTabOf(anna)
  await turnsOn(tab)
  await tab.context.clearCookies()
  await tab.visits('/signin')
  await tab.fills({ Email: ben.email, Password: ben.details.password })
  await tab.presses('Sign in')
  await tab.comesTo('/')
  await expect.poll(() => isBrowserSubscribed(tab)).toBe(false)
  await tab.opens('/settings')
  await tab.sees('Off for this device.')
  expect(await endpointsOf(ben)).toEqual([])
})
