import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, likes, lists, posts, reads, replies, reposts } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { navLink, refocusesTab } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'
import { writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const NOTHING = 'Nothing burns here yet. Answers, likes, reposts and followers show up here.'

/** What each article of the page says that others did, from the top. */
const sentencesOf = (tab: Tab) =>
  tab.main
    .getByRole('feed', { name: 'Notifications' })
    .getByRole('article')
    .evaluateAll((articles) =>
      articles.map((it) => document.getElementById(it.getAttribute('aria-labelledby') ?? '')?.textContent),
    )

/** The unread count, which has to be what the list says. */
async function unreadOf(who: Actor): Promise<number> {
  const { count } = await reads(who, '/api/notifications/unread')
  const listed = await lists(who, '/api/notifications?limit=100')
  expect(listed.filter(({ read_at }) => read_at === null)).toHaveLength(count)
  return count
}

test('each kind shows, the badge counts them as the list does, and opening them marks them as read', async () => {
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
  expect(await unreadOf(anna)).toBe(6)

  await refocusesTab(tab)
  await navLink(tab, 'Notifications, 6 new').click()
  await tab.sees(tab.heading('Notifications'))
  const sentences = [
    'Ben mentioned you',
    'Ben answered you',
    'Ben followed you',
    'Ben reposted your crud',
    'Ben liked your reply',
    'Ben liked your crud',
  ]
  expect(await sentencesOf(tab)).toEqual(sentences.map((sentence) => `New ${sentence}`))
  await tab.sees(tab.main.getByText(`Is that so, ${anna.handle}?`))
  await tab.sees(navLink(tab, 'Notifications'))
  await expect.poll(() => unreadOf(anna)).toBe(0)
  // What was new stays marked while one looks at it.
  expect(await sentencesOf(tab)).toEqual(sentences.map((sentence) => `New ${sentence}`))
  expect(await tab.main.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0)
  await tab.opens('/notifications')
  expect(await sentencesOf(tab)).toEqual(sentences)

  await tab.main.getByRole('article', { name: 'Ben liked your crud' }).getByRole('link', { name: crud.message }).click()
  await tab.sees(tab.heading('Crud'))
})

test('neighbours alike are one; what somebody wrote stands alone', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo, dora, emil] = await users(site, 'ben', 'cleo', 'dora', 'emil')
  const [first, second] = [await posts(anna, 'one'), await posts(anna, 'two')]
  for (const who of [ben, cleo]) await likes(who, second)
  for (const who of [ben, cleo, dora]) await likes(who, first)
  for (const who of [ben, cleo, dora, emil]) await follows(who, anna)
  for (const who of [ben, cleo]) await replies(who, first, `${who.handle} says so`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  expect(await unreadOf(anna)).toBe(11)
  await tab.goesTo('Notifications, 11 new')
  await tab.sees(tab.heading('Notifications'))
  expect(await sentencesOf(tab)).toEqual([
    'New Cleo answered you',
    'New Ben answered you',
    'New Emil, Dora and 2 others followed you',
    'New Dora, Cleo and 1 other liked your crud',
    'New Cleo and Ben liked your crud',
  ])
  const row = tab.main.getByRole('article', { name: /^New Dora, Cleo and 1 other/ })
  await row.getByRole('link', { name: 'Dora' }).click()
  await tab.comesTo(`/@${dora.handle}`)
})

test('without script, they are read once one says so', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await likes(ben, await posts(anna, 'hi'))
  await follows(ben, anna)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await tab.goesTo('Notifications, 2 new')
  await tab.sees(tab.heading('Notifications'))
  expect(await sentencesOf(tab)).toEqual(['New Ben followed you', 'New Ben liked your crud'])
  expect(await unreadOf(anna)).toBe(2)
  // Not what came after the page.
  await posts(ben, `Listen to @${anna.handle}`)
  await tab.presses('Mark all as read')
  await tab.sees(navLink(tab, 'Notifications, 1 new'))
  expect(await sentencesOf(tab)).toEqual(['New Ben mentioned you', 'Ben followed you', 'Ben liked your crud'])
  await tab.presses('Mark all as read')
  await tab.sees(navLink(tab, 'Notifications'))
  expect(await tab.main.getByRole('button', { name: 'Mark all as read' }).count()).toBe(0)
  expect(await unreadOf(anna)).toBe(0)
})

test('a like that is taken back takes its notification along', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const theirs = await browser.tab({ as: ben, viewport: PHONE })
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await Promise.all([theirs.opens(`/@${anna.handle}/status/${crud.uuid}`), tab.opens('/')])
  const like = (name: string) => theirs.crud(crud.message).getByRole('button', { name, exact: true })
  await like('Like').click()
  await expect.poll(() => unreadOf(anna)).toBe(1)
  await refocusesTab(tab)
  await tab.sees(navLink(tab, 'Notifications, 1 new'))

  await like('Like, 1').click()
  await expect.poll(() => unreadOf(anna)).toBe(0)
  await refocusesTab(tab)
  await tab.goesTo('Notifications')
  await tab.sees(NOTHING)
})

test('without script, a like tells its author, and taking it back takes that along', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await posts(anna, `Words of ${anna.handle}`)
  const theirs = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: false })
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await theirs.visits(`/@${anna.handle}/status/${crud.uuid}`)
  await theirs.presses('Like')
  await theirs.sees(theirs.main.getByRole('button', { name: 'Like, 1', pressed: true }))
  await tab.visits('/notifications')
  expect(await sentencesOf(tab)).toEqual(['New Ben liked your crud'])
  await theirs.presses('Like, 1')
  await theirs.sees(theirs.main.getByRole('button', { name: 'Like', exact: true }))
  await tab.visits('/notifications')
  await tab.sees(NOTHING)
})

test('what others did burns with the crud that it concerns: list and badge alike', async () => {
  const [anna, cleo] = await Promise.all([site.actors.join('anna'), site.actors.join('cleo')])
  const [ben] = await users(site, 'ben')
  const [badge, list] = await Promise.all([anna, cleo].map((who) => browser.tab({ as: who, viewport: PHONE })))
  const plain = await browser.tab({ as: cleo, viewport: PHONE, javaScriptEnabled: false })
  if (!badge || !list) throw new Error('no tabs')
  await Promise.all([badge, list, plain].map((tab) => tab.visits('/about')))
  for (const who of [anna, cleo]) {
    await follows(ben, who)
    await likes(ben, await posts(who, 'Not for long'))
  }
  await site.db.sql(
    `update activities set created_at = now() - interval '1 hour', expires_at = clock_timestamp() + interval '6 seconds'
     where user_uuid in (select uuid from users where handle in ($1, $2))`,
    [anna.handle, cleo.handle],
  )
  await Promise.all([badge.opens('/'), list.opens('/notifications'), plain.visits('/notifications')])
  await badge.sees(navLink(badge, 'Notifications, 2 new'))
  for (const tab of [list, plain]) {
    expect(await sentencesOf(tab)).toEqual(['New Ben liked your crud', 'New Ben followed you'])
  }
  // Of itself: nobody turns to these tabs.
  await badge.sees(navLink(badge, 'Notifications, 1 new'))
  await expect.poll(() => sentencesOf(list)).toEqual(['New Ben followed you'])
  await plain.doesNotSee(plain.main.getByRole('article', { name: 'liked your crud' }))
  await plain.visits('/notifications')
  expect(await sentencesOf(plain)).toEqual(['Ben followed you'])
})

test('nobody is told of what they did themselves', async () => {
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
