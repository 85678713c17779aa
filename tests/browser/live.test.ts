import type { WebSocketRoute } from 'playwright-core'
import { expect, test } from 'vitest'
import { CLOSE, LIVE_PATH } from '../../worker/contract/live.ts'
import { openSite } from '../harness/site.ts'
import { likes, posts, replies, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { type ApiUser, users } from '../support/actors/many-users.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { openBrowser } from './support/browser.ts'
import { messagesShown } from './support/conversation.ts'
import { countsUnanswered, opensLive, refusesSockets, socketOf } from './support/live.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

/** Anna's tab, and Ben, who acts by the API. */
async function makePair(): Promise<{ anna: Actor; ben: ApiUser; tab: Tab }> {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await haveMet(site.db, anna, ben)
  return { anna, ben, tab: await browser.tab({ as: anna }) }
}

const P95_MS = 1_000

test('messages, replies, likes and mentions show in the other tab within a second', async () => {
  const { anna, ben, tab } = await makePair()
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'first')
  const activity = await posts(anna, 'hi')
  const conversation = await tab.newTab()
  await opensLive(conversation, `/messages/${group}`)
  await opensLive(tab, '/')
  const times: number[] = []
  const time = async (act: Promise<unknown>, shown: () => Promise<void>) => {
    await act
    const startedAt = performance.now()
    await shown()
    times.push(performance.now() - startedAt)
  }
  const counts = (count: number) => () => tab.sees(navLink(tab, `Notifications, ${count} new`))
  let unread = 0
  for (let i = 0; i < 13; i += 1) {
    const [cleo] = await users(site, 'cleo')
    await time(sendsMessage(ben, anna, `message ${i}`), () => conversation.sees(`message ${i}`))
    await time(likes(cleo, activity), counts(++unread))
    await time(replies(ben, activity, `reply ${i}`), counts(++unread))
    await time(posts(ben, `hi @${anna.handle}`), counts(++unread))
  }
  const sorted = times.toSorted((a, b) => a - b)
  expect(sorted.length).toBeGreaterThanOrEqual(50)
  expect(sorted[Math.ceil(sorted.length * 0.95) - 1]).toBeLessThan(P95_MS)
})

test('a notification shows on the open page of notifications', async () => {
  const { anna, ben, tab } = await makePair()
  await opensLive(tab, '/notifications')
  await replies(ben, await posts(anna, 'hi'), 'an answer')
  await tab.sees(tab.main.getByRole('article').filter({ hasText: 'an answer' }))
})

test('a deleted message goes from the other tab', async () => {
  const { anna, ben, tab } = await makePair()
  await sendsMessage(ben, anna, 'first')
  const { uuid, message_group_uuid: group } = await sendsMessage(ben, anna, 'second')
  await opensLive(tab, `/messages/${group}`)
  expectStatus(await ben.delete(`/api/messages/${uuid}`), 204)
  await expect.poll(() => messagesShown(tab)).toEqual(['Ben: first'])
})

test('signing out elsewhere ends the session in the tab at once', async () => {
  const anna = await site.actors.join('anna')
  const elsewhere = anna.onAnotherDevice()
  await elsewhere.signsIn()
  const tab = await browser.tab({ as: elsewhere })
  await opensLive(tab, '/notifications')
  tab.expects(401)
  expectStatus(await anna.delete('/api/session/others'), 204)
  await tab.sees(tab.heading('Sign in'))
})

test('a new password keeps the other tabs of the browser signed in, and they open a new socket', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  const first = await opensLive(tab, '/notifications')
  const settings = await tab.newTab()
  await settings.opens('/settings')
  const [closed, again] = [first.waitForEvent('close', { timeout: 8_000 }), socketOf(tab)]
  await settings.fills({ 'Current password': anna.details.password, 'New password': 'Another-2027?' })
  await settings.presses('Change password')
  await closed
  await again
  await tab.sees(tab.heading('Notifications'))
})

test('after its socket was closed, a tab asks for nothing until new cookies have had three seconds to arrive', async () => {
  const { tab } = await makePair()
  const sockets: WebSocketRoute[] = []
  let hasPong = false
  await tab.page.clock.install()
  const unanswered = countsUnanswered(tab)
  await tab.page.routeWebSocket(
    (url) => url.pathname === LIVE_PATH,
    (socket) => {
      sockets.push(socket)
      socket.connectToServer().onMessage((frame) => {
        hasPong = true
        socket.send(frame)
      })
    },
  )
  await tab.opens('/notifications')
  // Else the clock would run past the timeout of the first ping.
  await expect.poll(() => hasPong).toBe(true)
  // From here on it reads only what it is nudged about.
  for (let i = 0; i < 40 / STEP_S; i += 1) await passes(tab, unanswered)
  // From here on the page's clock stands still, however busy the machine is.
  await tab.page.clock.pauseAt(await tab.page.evaluate(() => Date.now() + 1_000))
  const paths: string[] = []
  tab.page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  // The shortest of the random delays.
  await tab.page.evaluate(() => Object.assign(Math, { random: () => 0 }))
  await sockets[0]?.close({ code: CLOSE.checkSession })
  // The page has seen the close once it answers this.
  await tab.page.evaluate(() => fetch('/api/health-check'))
  await tab.page.clock.runFor(2_900)
  expect([sockets.length, paths]).toEqual([1, ['/api/health-check']])
  await tab.page.clock.runFor(200)
  await expect.poll(() => paths).toContain('/api/notifications/unread')
  await expect.poll(() => sockets.length).toBe(2)
})

/** Step of a page's clock, in s: shorter than the timeout of a ping. */
const STEP_S = 5

/** Lets a step of time pass on a page whose clock is installed, and answers come, pongs among them. */
async function passes({ page }: Tab, unanswered = () => 0): Promise<void> {
  await page.clock.runFor(STEP_S * 1000)
  await page.evaluate(() => fetch('/api/health-check'))
  await expect.poll(unanswered).toBe(0)
}

test('polls for messages and notifications fall by 90 % while a socket is open', async () => {
  const { anna, ben, tab } = await makePair()
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const polls = async (isRefused: boolean) => {
    const polling = await tab.newTab()
    await polling.page.clock.install()
    if (isRefused) await refusesSockets(polling)
    const unanswered = countsUnanswered(polling)
    const socket = isRefused ? undefined : socketOf(polling)
    await polling.opens(`/messages/${group}`)
    await socket
    for (let i = 0; i < 20 / STEP_S; i += 1) await passes(polling, unanswered)
    let count = 0
    polling.page.on('request', (request) => {
      if (/\/api\/(notifications|message_groups)\b/.test(request.url())) count += 1
    })
    for (let i = 0; i < 300 / STEP_S; i += 1) await passes(polling, unanswered)
    return count
  }
  const before = await polls(true)
  expect(before).toBeGreaterThanOrEqual(50)
  expect(await polls(false)).toBeLessThanOrEqual(before / 10)
})

test('while no socket can be opened, polls show what is new', async () => {
  const { anna, ben, tab } = await makePair()
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'first')
  await tab.page.clock.install()
  await refusesSockets(tab)
  await tab.opens(`/messages/${group}`)
  await sendsMessage(ben, anna, 'second')
  await passes(tab)
  await tab.sees('second')
})

test('when a socket is lost, polling takes over, and a new socket gives back', async () => {
  const { anna, ben, tab } = await makePair()
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'first')
  const routes: WebSocketRoute[] = []
  let isDown = false
  await tab.page.clock.install()
  const unanswered = countsUnanswered(tab)
  await tab.page.routeWebSocket(
    (url) => url.pathname === LIVE_PATH,
    (socket) => {
      if (isDown) return void socket.close()
      socket.connectToServer()
      routes.push(socket)
    },
  )
  await tab.opens(`/messages/${group}`)
  await expect.poll(() => routes.length).toBe(1)
  // From here on, polls are five minutes apart.
  for (let i = 0; i < 20 / STEP_S; i += 1) await passes(tab, unanswered)
  isDown = true
  await routes[0]?.close()
  await sendsMessage(ben, anna, 'while it is down')
  for (let i = 0; i < 10 / STEP_S; i += 1) await passes(tab, unanswered)
  await tab.sees('while it is down')
  await sendsMessage(ben, anna, 'by polling')
  await passes(tab, unanswered)
  await tab.sees('by polling')

  isDown = false
  for (let i = 0; i < 300 / STEP_S && routes.length === 1; i += 1) await passes(tab, unanswered)
  // Polls are rare again.
  for (let i = 0; i < 20 / STEP_S; i += 1) await passes(tab, unanswered)
  expect(routes.length).toBe(2)
  await sendsMessage(ben, anna, 'by a nudge')
  await tab.page.clock.runFor(1_000)
  await tab.sees('by a nudge')
})

test('going offline closes the socket; coming back opens one, also to the page', async () => {
  const { tab } = await makePair()
  await tab.page.addInitScript(() => {
    const opened: WebSocket[] = []
    const Recorded = class extends WebSocket {
      constructor(url: string) {
        super(url)
        opened.push(this)
      }
    }
    Object.assign(window, { WebSocket: Recorded, openSockets: () => opened.filter((one) => one.readyState < 2).length })
  })
  const openSockets = () => tab.page.evaluate('openSockets()')
  await opensLive(tab, '/notifications')
  expect(await openSockets()).toBe(1)
  await tab.context.setOffline(true)
  await expect.poll(openSockets).toBe(0)
  const again = socketOf(tab)
  await tab.context.setOffline(false)
  await again
  expect(await openSockets()).toBe(1)
  await tab.visits('/api/health-check')
  const back = socketOf(tab)
  await tab.page.goBack()
  await back
  expect(await openSockets()).toBe(1)
})

test('without script, there is no socket', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  let count = 0
  tab.page.on('websocket', () => {
    count += 1
  })
  await tab.visits('/notifications')
  await tab.sees(tab.heading('Notifications'))
  expect(count).toBe(0)
})
