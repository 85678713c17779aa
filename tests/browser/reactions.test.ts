import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, posts, reads } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import {
  pressesReaction,
  type ReactionName,
  reactionButton,
  reloads,
  seesReaction,
  toast,
  uniqueText,
} from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

const DEEDS: [deed: ReactionName, many: string, title: string][] = [
  ['Like', 'likes', 'Liked by'],
  ['Repost', 'reposts', 'Reposted by'],
]

test.each(DEEDS)('%s shows at once, survives a reload, counts with the other’s, and is undone', async (...args) => {
  const [deed, many, title] = args
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Warm')
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const other = await browser.tab({ as: ben })
  await tab.opens('/?feed=everyone')
  await seesReaction(tab, message, deed, false, 0)
  await pressesReaction(tab, message, deed)
  await seesReaction(tab, message, deed, true, 1)
  await expect.poll(async () => (await reads(ben, `/api/activities/${crud.uuid}`))[`${many}_count`]).toBe(1)
  await tab.opens('/?feed=everyone')
  await seesReaction(tab, message, deed, true, 1)

  // On the crud's own page, with the one before it and without a reload.
  await other.opens(`/@${cleo.handle}/status/${crud.uuid}`)
  await seesReaction(other, message, deed, false, 1)
  await pressesReaction(other, message, deed)
  await seesReaction(other, message, deed, true, 2)
  await other.follows(`2 ${many}`)
  await other.sees(other.heading(title))
  const names = () => other.main.getByRole('listitem').getByText(/^@/).allTextContents()
  await expect.poll(names).toEqual([`@${ben.handle}`, `@${anna.handle}`])
  await other.follows('Back')

  await reloads(tab)
  await tab.waitsForHydration()
  await seesReaction(tab, message, deed, true, 2)
  await opensCrud(tab, message)
  await pressesReaction(tab, message, deed)
  await seesReaction(tab, message, deed, false, 1)
  await tab.follows(`1 ${many.slice(0, -1)}`)
  await expect.poll(() => tab.main.getByRole('listitem').getByText(/^@/).allTextContents()).toEqual([`@${ben.handle}`])
  await reloads(other)
  await seesReaction(other, message, deed, true, 1)
})

test('without script, both are done and undone, and one stays where one was', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Plain')
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/?feed=everyone')
  for (const [deed, many] of DEEDS) {
    await pressesReaction(tab, message, deed)
    await seesReaction(tab, message, deed, true, 1)
    expect(tab.path).toBe('/?feed=everyone')
    expect(new URL(tab.page.url()).hash).toBe(`#${crud.uuid}`)
    expect((await reads(cleo, `/api/activities/${crud.uuid}`))[`${many}_count`]).toBe(1)
  }
  for (const [deed, many] of DEEDS) {
    await pressesReaction(tab, message, deed)
    await seesReaction(tab, message, deed, false, 0)
    expect((await reads(cleo, `/api/activities/${crud.uuid}`))[`${many}_count`]).toBe(0)
  }
})

test('five quick presses end as the last of them wished, here and on the server', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Quick')
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')

  // The first request waits until all five are pressed.
  const sent: string[] = []
  const pressed = Promise.withResolvers<void>()
  await tab.page.route('**/like', async (route) => {
    sent.push(route.request().method())
    await pressed.promise
    await route.continue()
  })
  const idle = tab.page.waitForResponse((response) => response.url().endsWith('/like') && sent.length === 2)
  for (const on of [true, false, true, false, true]) {
    await pressesReaction(tab, message, 'Like')
    await seesReaction(tab, message, 'Like', on, on ? 1 : 0)
  }
  pressed.resolve()
  await idle
  expect(sent).toEqual(['PUT', 'PUT'])
  await seesReaction(tab, message, 'Like', true, 1)
  const { likes_count, viewer } = await reads(anna, `/api/activities/${crud.uuid}`)
  expect([likes_count, viewer.liked]).toEqual([1, true])
  await reloads(tab)
  await seesReaction(tab, message, 'Like', true, 1)

  // As fast as a mouse can.
  await tab.page.unrouteAll({ behavior: 'wait' })
  await tab.waitsForHydration()
  await reactionButton(tab, message, 'Like').click({ clickCount: 5 })
  await seesReaction(tab, message, 'Like', false, 0)
  await expect.poll(async () => (await reads(cleo, `/api/activities/${crud.uuid}`)).likes_count).toBe(0)
})

test('the database is out of reach: a press goes back, and says why; later it works', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Out of reach')
  await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/?feed=everyone')
  const why = 'We cannot reach our cruds just now. Try again in a moment.'

  tab.expects(503)
  site.database.setOutage(true)
  await pressesReaction(tab, message, 'Like')
  await tab.sees(toast(tab, `Your like was not kept. ${why}`))
  await seesReaction(tab, message, 'Like', false, 0)
  await pressesReaction(tab, message, 'Repost')
  await tab.sees(toast(tab, `Your repost was not kept. ${why}`))
  await seesReaction(tab, message, 'Repost', false, 0)

  site.database.setOutage(false)
  const kept = tab.page.waitForResponse((response) => response.url().endsWith('/repost') && response.ok())
  await pressesReaction(tab, message, 'Repost')
  await kept
  site.database.setOutage(true)
  await pressesReaction(tab, message, 'Repost')
  await tab.sees(toast(tab, `Your repost is still there. ${why}`))
  await seesReaction(tab, message, 'Repost', true, 1)
})

test('a repost brings a crud home to those who follow, once, and its undoing takes it away', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [cleo, dora] = await users(site, 'cleo', 'dora')
  const [message, known] = [uniqueText('Far'), uniqueText('Near')]
  await posts(cleo, message)
  await posts(dora, known)
  for (const followed of [ben, dora]) await follows(anna, followed)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.sees(tab.crud(known))
  await tab.doesNotSee(tab.crud(message))

  const other = await browser.tab({ as: ben })
  await other.opens('/?feed=everyone')
  for (const each of [known, message]) {
    await pressesReaction(other, each, 'Repost')
    await seesReaction(other, each, 'Repost', true, 1)
  }
  await other.goesTo('Profile')
  await other.sees(other.crud(message).getByText('Ben reposted'))

  await reloads(tab)
  for (const each of [known, message]) {
    await tab.sees(tab.crud(each).getByText('Ben reposted'))
    expect(await tab.crud(each).count()).toBe(1)
  }
  await pressesReaction(other, message, 'Repost')
  await seesReaction(other, message, 'Repost', false, 0)
  await expect
    .poll(async () => {
      await reloads(tab)
      return tab.crud(message).count()
    })
    .toBe(0)
  await tab.sees(tab.crud(known))
})

test('a press while the list is read anew stays, also when that brings the list of before', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Pressed meanwhile')
  await follows(anna, cleo)
  await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.page.clock.fastForward(60_000)
  const [readBefore, pressed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let reads = 0
  await tab.page.route('**/api/activities/home', async (route) => {
    const response = await route.fetch()
    readBefore.resolve()
    await pressed.promise
    await route.fulfill({ response })
    reads += 1
  })
  await tab.goesTo('Home')
  await readBefore.promise
  const liked = tab.page.waitForResponse((response) => response.url().endsWith('/like'))
  await pressesReaction(tab, message, 'Like')
  await seesReaction(tab, message, 'Like', true, 1)
  await liked
  pressed.resolve()
  // What was stopped is read anew.
  await expect.poll(() => reads).toBeGreaterThan(1)
  await tab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))))
  await seesReaction(tab, message, 'Like', true, 1)
})
