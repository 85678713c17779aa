import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, posts, reads } from '../support/actors/actions.ts'
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

const REACTIONS: [deed: ReactionName, many: string, title: string][] = [
  ['Like', 'likes', 'Liked by'],
  ['Repost', 'reposts', 'Reposted by'],
]

test.each(REACTIONS)(
  '%s shows at once, survives a reload, adds to that of another user, and can be undone',
  async (...args) => {
    const [reaction, plural, title] = args
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [cleo] = await users(site, 'cleo')
    const message = uniqueText('Warm')
    const crud = await posts(cleo, message)
    const tab = await browser.tab({ as: anna, viewport: PHONE })
    const other = await browser.tab({ as: ben })
    await tab.opens('/?feed=everyone')
    await seesReaction(tab, message, reaction, false, 0)
    await pressesReaction(tab, message, reaction)
    await seesReaction(tab, message, reaction, true, 1)
    const storedCount = async () => (await reads(ben, `/api/activities/${crud.uuid}`))[`${plural}_count`]
    await expect.poll(storedCount).toBe(1)
    await tab.opens('/?feed=everyone')
    await seesReaction(tab, message, reaction, true, 1)

    // On the crud's own page.
    await other.opens(`/@${cleo.handle}/status/${crud.uuid}`)
    await seesReaction(other, message, reaction, false, 1)
    await pressesReaction(other, message, reaction)
    await seesReaction(other, message, reaction, true, 2)
    await expect.poll(storedCount).toBe(2)
    await other.follows(`2 ${plural}`)
    await other.sees(other.heading(title))
    const names = () => other.main.getByRole('listitem').getByText(/^@/).allTextContents()
    await expect.poll(names).toEqual([`@${ben.handle}`, `@${anna.handle}`])
    await other.follows('Back')

    await reloads(tab)
    await tab.waitsForHydration()
    await seesReaction(tab, message, reaction, true, 2)
    await opensCrud(tab, message)
    await pressesReaction(tab, message, reaction)
    await seesReaction(tab, message, reaction, false, 1)
    await expect.poll(storedCount).toBe(1)
    await tab.follows(`1 ${plural.slice(0, -1)}`)
    await expect
      .poll(() => tab.main.getByRole('listitem').getByText(/^@/).allTextContents())
      .toEqual([`@${ben.handle}`])
    await reloads(other)
    await seesReaction(other, message, reaction, true, 1)
  },
)

test('without script, both can be done and undone, and lead back to the crud', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Plain')
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/?feed=everyone')
  for (const [reaction, plural] of REACTIONS) {
    await pressesReaction(tab, message, reaction)
    await seesReaction(tab, message, reaction, true, 1)
    expect(tab.path).toBe('/?feed=everyone')
    expect(new URL(tab.page.url()).hash).toBe(`#${crud.uuid}`)
    expect((await reads(cleo, `/api/activities/${crud.uuid}`))[`${plural}_count`]).toBe(1)
  }
  for (const [reaction, plural] of REACTIONS) {
    await pressesReaction(tab, message, reaction)
    await seesReaction(tab, message, reaction, false, 0)
    expect((await reads(cleo, `/api/activities/${crud.uuid}`))[`${plural}_count`]).toBe(0)
  }
})

test('five quick presses end in the state of the last, on the page and on the server', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Quick')
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')

  // The first request is held until all five are pressed.
  const sent: string[] = []
  const liked = Promise.withResolvers<void>()
  await tab.page.route('**/like', async (route) => {
    sent.push(route.request().method())
    await liked.promise
    await route.continue()
  })
  for (const isPressed of [true, false, true, false, true]) {
    await pressesReaction(tab, message, 'Like')
    await seesReaction(tab, message, 'Like', isPressed, isPressed ? 1 : 0)
  }
  const secondResponse = tab.page.waitForResponse((response) => response.url().endsWith('/like') && sent.length === 2)
  liked.resolve()
  await secondResponse
  expect(sent).toEqual(['PUT', 'PUT'])
  await seesReaction(tab, message, 'Like', true, 1)
  const { likes_count, viewer } = await reads(anna, `/api/activities/${crud.uuid}`)
  expect([likes_count, viewer.liked]).toEqual([1, true])
  await reloads(tab)
  await seesReaction(tab, message, 'Like', true, 1)

  // As fast as a mouse can click.
  await tab.page.unrouteAll({ behavior: 'wait' })
  await tab.waitsForHydration()
  await reactionButton(tab, message, 'Like').click({ clickCount: 5 })
  await seesReaction(tab, message, 'Like', false, 0)
  await expect.poll(async () => (await reads(cleo, `/api/activities/${crud.uuid}`)).likes_count).toBe(0)
})

test('a failed like or repost shows a message and is rolled back; later it works', async () => {
  const anna = await site.actors.join('anna')
  const [cleo] = await users(site, 'cleo')
  const message = uniqueText('Out of reach')
  await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/?feed=everyone')
  const reason = 'Cruddur can’t be reached right now. Try again in a moment.'

  tab.expects(503)
  site.database.setOutage(true)
  await pressesReaction(tab, message, 'Like')
  await tab.sees(toast(tab, `Your like wasn’t saved. ${reason}`))
  await seesReaction(tab, message, 'Like', false, 0)
  await pressesReaction(tab, message, 'Repost')
  await tab.sees(toast(tab, `Your repost wasn’t saved. ${reason}`))
  await seesReaction(tab, message, 'Repost', false, 0)

  site.database.setOutage(false)
  const saved = tab.page.waitForResponse((response) => response.url().endsWith('/repost') && response.ok())
  await pressesReaction(tab, message, 'Repost')
  await saved
  site.database.setOutage(true)
  await pressesReaction(tab, message, 'Repost')
  await tab.sees(toast(tab, `Your repost wasn’t removed. ${reason}`))
  await seesReaction(tab, message, 'Repost', true, 1)
})

test('a repost shows a crud once on the home of followers, and undoing it removes the crud', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const [cleo, dora] = await users(site, 'cleo', 'dora')
  const [message, knownText] = [uniqueText('Far'), uniqueText('Near')]
  await posts(cleo, message)
  await posts(dora, knownText)
  for (const followed of [ben, dora]) await follows(anna, followed)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await tab.sees(tab.crud(knownText))
  await tab.doesNotSee(tab.crud(message))

  const other = await browser.tab({ as: ben })
  await other.opens('/?feed=everyone')
  for (const each of [knownText, message]) {
    const saved = other.page.waitForResponse((response) => response.url().endsWith('/repost'))
    await pressesReaction(other, each, 'Repost')
    await seesReaction(other, each, 'Repost', true, 1)
    await saved
  }
  await other.goesTo('Profile')
  await other.sees(other.crud(message).getByText('Ben reposted'))

  await reloads(tab)
  for (const each of [knownText, message]) {
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
  await tab.sees(tab.crud(knownText))
})

test('a like while the list is refetched stays, even if the response is older than the like', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  const message = uniqueText('Pressed meanwhile')
  await follows(anna, cleo)
  const crud = await posts(cleo, message)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.page.clock.fastForward(60_000)
  const [staleRead, liked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]

  await tab.page.route('**/api/activities/home', async (route) => {
    const response = await route.fetch()
    staleRead.resolve()
    await liked.promise
    await route.fulfill({ response })
  })
  await tab.goesTo('Home')
  await staleRead.promise
  const likeSaved = tab.page.waitForResponse((response) => response.url().endsWith('/like'))
  await pressesReaction(tab, message, 'Like')
  await seesReaction(tab, message, 'Like', true, 1)
  await likeSaved
  await likes(ben, crud)
  liked.resolve()
  // The second like shows that the refetch is over: the page polls until it is there.
  const both = tab.crud(message).getByRole('button', { name: 'Like, 2', exact: true, pressed: true })
  await expect
    .poll(async () => {
      await tab.page.clock.fastForward(16_000)
      return both.isVisible()
    })
    .toBe(true)
})
