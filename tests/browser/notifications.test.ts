import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, lists, posts, reads, replies, reposts } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { users } from '../support/actors/many-users.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { movesAnimations } from './support/move-time.ts'
import { navLink, refocusesTab } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'
import { writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const NOTHING = 'Nothing here yet. Replies, likes, reposts and new followers show up here.'

/** The sentence of each notification, from the top. */
const notificationTexts = (tab: Tab) =>
  tab.main
    .getByRole('feed', { name: 'Notifications' })
    .getByRole('article')
    .evaluateAll((articles) =>
      articles.map((article) => document.getElementById(article.getAttribute('aria-labelledby') ?? '')?.textContent),
    )

/** The unread count, checked against the list. */
async function unreadCount(who: Actor): Promise<number> {
  const { count } = await reads(who, '/api/notifications/unread')
  const listed = await lists(who, '/api/notifications?limit=100')
  expect(listed.filter(({ read_at }) => read_at === null)).toHaveLength(count)
  return count
}

test('shows each kind, counts them in the badge, and marks them as read when opened', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.sees(navLink(tab, 'Notifications'))
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const reply = await replies(anna, await posts(ben, 'Why?'), 'Because.')
  await likes(ben, crud)
  await likes(ben, reply)
  await reposts(ben, crud)
  await follows(ben, anna)
  await replies(ben, crud, `Is that so, ${anna.handle}?`)
  await posts(ben, `Listen to @${anna.handle}`)
  expect(await unreadCount(anna)).toBe(6)

  await refocusesTab(tab)
  await navLink(tab, 'Notifications, 6 new').click()
  await tab.sees(tab.heading('Notifications'))
  const sentences = [
    'Ben mentioned you',
    'Ben replied to you',
    'Ben followed you',
    'Ben reposted your crud',
    'Ben liked your reply',
    'Ben liked your crud',
  ]
  await expect.poll(() => notificationTexts(tab)).toEqual(sentences.map((sentence) => `New ${sentence}`))
  await tab.sees(tab.main.getByText(`Is that so, ${anna.handle}?`))
  await tab.sees(navLink(tab, 'Notifications'))
  await expect.poll(() => unreadCount(anna)).toBe(0)
  // New ones stay marked as new until the page is loaded again.
  expect(await notificationTexts(tab)).toEqual(sentences.map((sentence) => `New ${sentence}`))
  expect(await tab.main.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0)
  await tab.opens('/notifications')
  expect(await notificationTexts(tab)).toEqual(sentences)

  await tab.main.getByRole('article', { name: 'Ben liked your crud' }).getByRole('link', { name: crud.message }).click()
  await tab.sees(tab.heading('Crud'))
})

test('groups adjacent notifications of one kind, but no replies', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo, dora, emil] = await users(site, 'ben', 'cleo', 'dora', 'emil')
  const [first, second] = [await posts(anna, 'one'), await posts(anna, 'two')]
  for (const who of [ben, cleo]) await likes(who, second)
  for (const who of [ben, cleo, dora]) await likes(who, first)
  for (const who of [ben, cleo, dora, emil]) await follows(who, anna)
  for (const who of [ben, cleo]) await replies(who, first, `${who.handle} says so`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  expect(await unreadCount(anna)).toBe(11)
  await tab.goesTo('Notifications, 11 new')
  await tab.sees(tab.heading('Notifications'))
  await expect
    .poll(() => notificationTexts(tab))
    .toEqual([
      'New Cleo replied to you',
      'New Ben replied to you',
      'New Emil, Dora and 2 others followed you',
      'New Dora, Cleo and 1 other liked your crud',
      'New Cleo and Ben liked your crud',
    ])
  const row = tab.main.getByRole('article', { name: /^New Dora, Cleo and 1 other/ })
  await row.getByRole('link', { name: 'Dora' }).click()
  await tab.comesTo(`/@${dora.handle}`)
})

test('without script, a button marks them as read', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await likes(ben, await posts(anna, 'hi'))
  await follows(ben, anna)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await tab.goesTo('Notifications, 2 new')
  await tab.sees(tab.heading('Notifications'))
  await expect.poll(() => notificationTexts(tab)).toEqual(['New Ben followed you', 'New Ben liked your crud'])
  expect(await unreadCount(anna)).toBe(2)
  // A notification that came after the page was loaded stays unread.
  await posts(ben, `Listen to @${anna.handle}`)
  await tab.presses('Mark all as read')
  await tab.sees(navLink(tab, 'Notifications, 1 new'))
  await expect
    .poll(() => notificationTexts(tab))
    .toEqual(['New Ben mentioned you', 'Ben followed you', 'Ben liked your crud'])
  await tab.presses('Mark all as read')
  await tab.sees(navLink(tab, 'Notifications'))
  expect(await tab.main.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0)
  expect(await unreadCount(anna)).toBe(0)
})

test('without script, opening one marks it and older ones as read', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const crud = await posts(anna, `Words of ${anna.handle}`)
  await follows(ben, anna)
  await likes(ben, crud)
  const reply = await replies(ben, crud, 'Is that so?')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/notifications')
  const card = tab.main.getByRole('article', { name: 'Ben liked your crud' })
  const { x = 0, y = 0 } = (await card.locator('.quoted').boundingBox()) ?? {}
  await tab.page.mouse.click(x + 5, y + 5)
  await tab.comesTo(`/@${anna.handle}/status/${crud.uuid}`)
  expect(await unreadCount(anna)).toBe(1)
  await tab.visits('/notifications')
  expect(await notificationTexts(tab)).toEqual(['New Ben replied to you', 'Ben liked your crud', 'Ben followed you'])
  await tab.main.getByRole('button', { name: 'Open and mark as read' }).press('Enter')
  await tab.comesTo(`/@${ben.handle}/status/${reply.uuid}`)
  expect(await unreadCount(anna)).toBe(0)
  // A name leads to the person.
  await likes(ben, await posts(anna, 'And so on'))
  await tab.visits('/notifications')
  await tab.main.getByRole('article', { name: 'New Ben liked your crud' }).getByRole('link', { name: 'Ben' }).click()
  await tab.comesTo(`/@${ben.handle}`)
})

test('says how long ago each was', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await likes(ben, await posts(anna, 'hi', '3-hours'))
  await follows(ben, anna)
  await site.db.sql(`update notifications set created_at = now() - interval '125 minutes' where recipient_uuid = $1`, [
    (await reads(anna, `/api/users/@${anna.handle}`)).uuid,
  ])
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/notifications')
  for (const name of ['Ben liked your crud', 'Ben followed you']) {
    await tab.sees(tab.main.getByRole('article', { name }).getByText('2 h ago'))
  }
})

test('undoing a like removes its notification', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const benTab = await browser.tab({ as: ben, viewport: PHONE })
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await Promise.all([benTab.opens(`/@${anna.handle}/status/${crud.uuid}`), tab.opens('/')])
  const like = (name: string) => benTab.crud(crud.message).getByRole('button', { name, exact: true })
  await like('Like').click()
  await expect.poll(() => unreadCount(anna)).toBe(1)
  await refocusesTab(tab)
  await tab.sees(navLink(tab, 'Notifications, 1 new'))

  await like('Like, 1').click()
  await expect.poll(() => unreadCount(anna)).toBe(0)
  await refocusesTab(tab)
  await tab.goesTo('Notifications')
  await tab.sees(NOTHING)
})

test('without script, a like notifies its author, and undoing it removes the notification', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: false })
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await benTab.visits(`/@${anna.handle}/status/${crud.uuid}`)
  await benTab.presses('Like')
  await benTab.sees(benTab.main.getByRole('button', { name: 'Like, 1', pressed: true }))
  await tab.visits('/notifications')
  expect(await notificationTexts(tab)).toEqual(['New Ben liked your crud'])
  await benTab.presses('Like, 1')
  await benTab.sees(benTab.main.getByRole('button', { name: 'Like', exact: true }))
  await tab.visits('/notifications')
  await tab.sees(NOTHING)
})

test('notifications expire with their crud, in the list and in the badge', async () => {
  const [anna, cleo] = await Promise.all([site.actors.join('anna'), site.actors.join('cleo')])
  const [ben] = await users(site, 'ben')
  const expiring: string[] = []
  for (const who of [anna, cleo]) {
    await follows(ben, who)
    const { uuid } = await posts(who, 'Not for long')
    await likes(ben, { uuid })
    expiring.push(uuid)
  }
  const [badge, list, plain] = [
    await browser.tab({ as: anna, viewport: PHONE }),
    await browser.tab({ as: cleo, viewport: PHONE }),
    await browser.tab({ as: cleo, viewport: PHONE, javaScriptEnabled: false }),
  ]
  await Promise.all([badge, list].map((tab) => tab.page.clock.install()))
  // First, since the page with script marks them as read.
  await plain.visits('/notifications')
  await Promise.all([badge.opens('/'), list.opens('/notifications')])
  await badge.sees(navLink(badge, 'Notifications, 2 new'))
  for (const tab of [list, plain]) {
    expect(await notificationTexts(tab)).toEqual(['New Ben liked your crud', 'New Ben followed you'])
  }
  await setExpiry(site.db, expiring, 0)
  await Promise.all([badge, list].map((tab) => tab.page.clock.fastForward(3_600_000)))
  await movesAnimations(plain, 3_600)
  // Without a refocus of the tabs.
  await badge.sees(navLink(badge, 'Notifications, 1 new'))
  // Within an hour the tab may have read the list again: then nothing is new.
  await expect.poll(() => notificationTexts(list)).toEqual([expect.stringMatching(/^(New )?Ben followed you$/)])
  await plain.doesNotSee(plain.main.getByRole('article', { name: 'liked your crud' }))
  // What that page has marked as read is stored.
  await list.sees(navLink(list, 'Notifications'))
  await plain.visits('/notifications')
  expect(await notificationTexts(plain)).toEqual(['Ben followed you'])
})

test('own actions cause no notification', async () => {
  const anna = await site.actors.join('anna')
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  for (const kind of ['Like', 'Repost']) {
    await tab.presses(kind)
    await tab.sees(tab.main.getByRole('button', { name: `${kind}, 1`, pressed: true }))
  }
  await writesReply(tab, `I agree, @${anna.handle}`)
  await refocusesTab(tab)
  await tab.goesTo('Notifications')
  await tab.sees(NOTHING)
})
