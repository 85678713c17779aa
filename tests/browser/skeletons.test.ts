import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

type RequestGate = { close(): void; open(): void }

/** Holds API requests while the gate is closed. */
async function openRequestGate(tab: Tab): Promise<RequestGate> {
  let opened = Promise.withResolvers<void>()
  opened.resolve()
  await tab.page.route('**/api/**', async (route) => {
    await opened.promise
    await route.continue()
  })
  return {
    close() {
      opened = Promise.withResolvers()
    },
    open: () => opened.resolve(),
  }
}

/** Follows a link that is added to the page for it. */
async function followsNewLink(tab: Tab, path: string): Promise<void> {
  await tab.page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href: '' })
    link.setAttribute('href', href)
    document.body.append(link)
    link.click()
    link.remove()
  }, path)
}

const skeleton = (tab: Tab): Locator => tab.page.locator('.pending-page')

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error('The element is not visible')
  return { x: box.x, y: box.y, width: box.width }
}

/** Makes Anna with items in all her lists; returns the pages to check, each with a part and its tolerance in px. */
async function makeBusyUser(): Promise<{ anna: Actor; pages: [path: string, part: string, slack: number][] }> {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  // Without the suggestions above the feed, which new users get.
  await anna.delete('/api/arrival')
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
      ['/', '.activity .avatar-link', 32],
      [profile, '.profile-top', 0],
      [`${profile}/status/${crud.uuid}`, '.focal .avatar-link', 2],
      [`${profile}/followers`, '.user-row', 2],
      ['/notifications', '.activity .avatar-link', 2],
      ['/messages', '.conversation-row', 4],
      [`/messages/${group.uuid}`, '.conversation-head > .skeleton:first-child, .conversation-head > .avatar', 2],
    ],
  }
}

test.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])(
  'on a %s, a slow page shows a skeleton in its position, and nothing of the page before shines through',
  async (_, viewport) => {
    const { anna, pages } = await makeBusyUser()
    const hot = await anna.posts('Almost gone.')
    await setExpiry(site.db, [hot.uuid], 240)
    const tab = await browser.tab({ as: anna, viewport })
    const gate = await openRequestGate(tab)
    await tab.opens('/about')
    const blank = await skeletonOverThis()
    // Within one document, which has loaded none of them before.
    for (const [path, part, slack] of pages) {
      gate.close()
      await followsNewLink(tab, path)
      await tab.sees(skeleton(tab))
      const skeletonBox = await boxOf(skeleton(tab).locator(part).first())
      gate.open()
      await tab.comesTo(path)
      await tab.doesNotSee(skeleton(tab))
      const realBox = await boxOf(tab.main.locator(part).first())
      expect(skeletonBox, path).toMatchObject({ x: realBox.x, width: realBox.width })
      expect(Math.abs(skeletonBox.y - realBox.y), `${path} moves by`).toBeLessThanOrEqual(slack)
      expect((await skeletonOverThis()).equals(blank), path).toBe(true)
    }

    /** Takes a picture of the skeleton of a search, which nothing has in its cache, over the page that is open. */
    async function skeletonOverThis(): Promise<Buffer> {
      await tab.page.evaluate(() => document.querySelector('textarea')?.focus())
      gate.close()
      await followsNewLink(tab, `/search?term=${crypto.randomUUID()}`)
      await tab.sees(skeleton(tab).locator('.skeleton').first())
      await tab.page.evaluate(
        () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
      )
      const { x, y, width } = await boxOf(tab.main)
      // With the gap beside it, and without the progress bar above and the bottom bar.
      const [gap, top] = [Math.min(x, 40), Math.max(y, 8)]
      const clip = { x: x - gap, y: top, width: width + gap, height: viewport.height - top - 60 }
      const picture = await tab.page.screenshot({ clip })
      gate.open()
      await tab.comesTo(/^\/search/)
      await tab.doesNotSee(skeleton(tab))
      return picture
    }
  },
)

test('a page that loads within 300 ms never shows its skeleton', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/about')
  // Records in each frame how long the skeleton has existed, in ms, and whether it is visible.
  await tab.page.evaluate(() => {
    const frames: [number, boolean][] = []
    Object.assign(window, { seen: frames })
    const record = () => {
      const element = document.querySelector('.pending-page')
      const age = element?.getAnimations()[0]?.currentTime
      if (element && age != null) frames.push([Number(age), getComputedStyle(element).visibility === 'visible'])
      requestAnimationFrame(record)
    }
    record()
  })
  const gate = await openRequestGate(tab)
  gate.close()
  await followsNewLink(tab, `/@${anna.handle}`)
  await tab.sees(skeleton(tab))
  gate.open()
  await tab.sees(tab.heading('Anna'))
  const frames = await tab.page.evaluate(() => (window as unknown as { seen: [number, boolean][] }).seen)
  const early = frames.filter(([age]) => age < 300)
  expect(early.length).toBeGreaterThan(0)
  expect(early.filter(([, visible]) => visible)).toEqual([])
})

test('a tab change and a form submission show a progress bar instead of a skeleton', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  const gate = await openRequestGate(tab)
  gate.close()
  await tab.follows('Likes')
  await tab.sees(tab.page.getByRole('progressbar'))
  expect(await skeleton(tab).count()).toBe(0)
  gate.open()
  await tab.sees('Nothing you’ve liked is burning now.')

  const crud = await anna.posts('Kettle’s on.')
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}/put-out`)
  gate.close()
  await tab.presses('Delete now')
  await tab.sees(tab.page.getByRole('progressbar'))
  expect(await skeleton(tab).count()).toBe(0)
  gate.open()
  await tab.comesTo('/')
})
