import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

type Gate = { close(): void; open(): void }

/** In front of the API: what is asked for while it is closed waits until it opens. */
async function gateOf(tab: Tab): Promise<Gate> {
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  await tab.page.route('**/api/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  return {
    close() {
      gate = Promise.withResolvers()
    },
    open: () => gate.resolve(),
  }
}

/** Follows a link to a page that this one may have none to. */
async function leavesFor(tab: Tab, path: string): Promise<void> {
  await tab.page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href: '' })
    link.setAttribute('href', href)
    document.body.append(link)
    link.click()
    link.remove()
  }, path)
}

const outline = (tab: Tab): Locator => tab.page.locator('.coming')

async function placeOf(what: Locator): Promise<{ x: number; y: number; width: number }> {
  const { x = 0, y = 0, width = 0 } = (await what.boundingBox()) ?? {}
  return { x, y, width }
}

/** Somebody whose every list has something in it. */
async function busy(): Promise<{ anna: Actor; pages: [path: string, part: string, slack: number][] }> {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const crud = await anna.posts('Rain stopped. The whole street came out at once, like someone had rung a bell.')
  await ben.replies(crud, 'I heard it too.')
  await likes(ben, crud)
  await follows(ben, anna)
  await follows(anna, ben)
  await sendsMessage(ben, anna, 'Bring the thermos.')
  const [group] = (await anna.get('/api/message_groups')).body.data
  const profile = `/@${anna.handle}`
  return {
    anna,
    pages: [
      ['/', '.crud .face', 32],
      [profile, '.profile-top', 0],
      [`${profile}/status/${crud.uuid}`, '.alone .face', 2],
      [`${profile}/followers`, '.person', 2],
      ['/notifications', '.crud .face', 2],
      ['/messages', '.message-group', 4],
      [`/messages/${group.uuid}`, '.with > .bone:first-child, .with > .avatar', 2],
    ],
  }
}

test.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('a page that takes long is seen in outline, where it will stand: %s', async (_, viewport) => {
  const { anna, pages } = await busy()
  const tab = await browser.tab({ as: anna, viewport })
  const gate = await gateOf(tab)
  for (const [path, part, slack] of pages) {
    await tab.opens('/about')
    gate.close()
    await leavesFor(tab, path)
    await tab.sees(outline(tab))
    const drawn = await placeOf(outline(tab).locator(part).first())
    gate.open()
    await tab.comesTo(path)
    await tab.doesNotSee(outline(tab))
    const real = await placeOf(tab.main.locator(part).first())
    expect(drawn, path).toMatchObject({ x: real.x, width: real.width })
    expect(Math.abs(drawn.y - real.y), `${path} moves by`).toBeLessThanOrEqual(slack)
  }
})

test('a page that comes within 300 ms is never seen in outline', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/about')
  // In each frame: how long the outline has been there, and whether it shows.
  await tab.page.evaluate(() => {
    const seen: [number, boolean][] = []
    Object.assign(window, { seen })
    const look = () => {
      const there = document.querySelector('.coming')
      const age = there?.getAnimations()[0]?.currentTime
      if (there && age != null) seen.push([Number(age), getComputedStyle(there).visibility === 'visible'])
      requestAnimationFrame(look)
    }
    look()
  })
  const gate = await gateOf(tab)
  gate.close()
  await leavesFor(tab, `/@${anna.handle}`)
  await tab.sees(outline(tab))
  gate.open()
  await tab.sees(tab.heading('Anna'))
  const frames = await tab.page.evaluate(() => (window as unknown as { seen: [number, boolean][] }).seen)
  const early = frames.filter(([age]) => age < 300)
  expect(early.length).toBeGreaterThan(0)
  expect(early.filter(([, visible]) => visible)).toEqual([])
})

test('within a page, and after a form is sent, what is there stays in sight', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  const gate = await gateOf(tab)
  gate.close()
  await tab.follows('Likes')
  await tab.sees(tab.page.getByRole('progressbar'))
  expect(await outline(tab).count()).toBe(0)
  gate.open()
  await tab.sees('Nothing that you like is burning now.')

  const crud = await anna.posts('Kettle’s on.')
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}/put-out`)
  gate.close()
  await tab.presses('Put it out')
  await tab.sees(tab.page.getByRole('progressbar'))
  expect(await outline(tab).count()).toBe(0)
  gate.open()
  await tab.comesTo('/')
})
