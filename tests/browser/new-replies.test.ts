import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { likes, posts, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { recordAnnouncements } from './support/announcements.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { refocusesTab } from './support/navigation.ts'
import { visibleTexts } from './support/page-actions.ts'
import { axeViolations, overflowingElements } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const newRepliesButton = (tab: Tab) => tab.main.getByRole('button', { name: /new repl(y|ies)$/ })

/** Refocuses the tab, which makes it poll, until the condition holds. */
const refocusesUntil = (tab: Tab, isMet: () => Promise<boolean>) =>
  expect
    .poll(async () => {
      await refocusesTab(tab)
      return isMet()
    })
    .toBe(true)

const seesNewReplies = (tab: Tab, label: string) =>
  refocusesUntil(tab, async () => (await newRepliesButton(tab).allTextContents()).join() === label)

test.for([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const)('on %s: replies to an open thread are counted, and shown on a press', async ([, viewport]) => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  const crud = await posts(ben, 'Who is up?')
  const [first, deleted] = [await replies(cleo, crud, 'First.'), await replies(cleo, crud, 'Deleted meanwhile.')]
  await likes(ben, crud)
  for (let i = 0; i < 8; i += 1) await replies(cleo, crud, `Another ${i}.`)
  const tab = await browser.tab({ as: anna, viewport })
  await tab.page.clock.install()
  await tab.opens(`/@${ben.handle}/status/${crud.uuid}`)
  const announced = await recordAnnouncements(tab)
  const top = () => tab.crud('First.').evaluate((element) => Math.round(element.getBoundingClientRect().top))
  const topBefore = await top()
  expect(await newRepliesButton(tab).count()).toBe(0)

  await replies(cleo, crud, 'Seen on a press.')
  await seesNewReplies(tab, '1 new reply')
  await expect.poll(announced).toEqual(['1 new reply'])
  expect(await top()).toBe(topBefore)
  // In view though the end of the thread is not.
  expect(await newRepliesButton(tab).evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight)).toBe(
    true,
  )
  const expiring = await replies(ben, crud, 'Expires unseen.')
  await setExpiry(site.db, [expiring.uuid], 60)
  await seesNewReplies(tab, '2 new replies')
  expect([...(await axeViolations(tab)), ...(await overflowingElements(tab))]).toEqual([])
  await tab.page.clock.fastForward(60_000)
  await tab.sees('1 new reply')

  // Counts change where they are: of the crud, and of a reply.
  await likes(cleo, crud)
  await likes(ben, first)
  const shows = async (text: string, name: string) =>
    (await tab.crud(text).getByLabel(name, { exact: true }).count()) === 1
  await refocusesUntil(tab, async () => (await shows('Who is up?', 'Like, 2')) && (await shows('First.', 'Like, 1')))
  expect(await shows('Who is up?', 'Reply, 12')).toBe(true)
  expect(await top()).toBe(topBefore)
  expectStatus(await cleo.delete(`/api/activities/${deleted.uuid}`), 204)
  await refocusesUntil(tab, async () => (await tab.crud('Deleted meanwhile.').count()) === 0)

  await newRepliesButton(tab).click()
  await seesFocus(tab.crud('Seen on a press.'))
  await tab.doesNotSee(newRepliesButton(tab))
  expect(await visibleTexts(tab, ['First.', 'Another 7.', 'Seen on a press.', 'Expires unseen.'])).toEqual([
    'First.',
    'Another 7.',
    'Seen on a press.',
  ])
})

test('the first reply to a crud shows on a press, and one’s own is never counted', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const crud = await posts(anna, 'Anyone?')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  await replies(anna, crud, 'From elsewhere by herself.')
  await replies(ben, crud, 'Here.')
  await seesNewReplies(tab, '1 new reply')
  await newRepliesButton(tab).click()
  await seesFocus(tab.crud('Here.'))
  await tab.sees('From elsewhere by herself.')
})

test('a crud that its author deletes goes from an open page, and what was typed stays', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  for (const typed of ['', 'But I was about to']) {
    const crud = await posts(ben, 'Here and gone.')
    const tab = await browser.tab({ as: anna, viewport: PHONE })
    await tab.opens(`/@${ben.handle}/status/${crud.uuid}`)
    await tab.fills({ 'Your reply': typed })
    tab.expects(410)
    expectStatus(await ben.delete(`/api/activities/${crud.uuid}`), 204)
    await refocusesUntil(tab, async () => (await tab.crud('Here and gone.').count()) === 0)
    if (typed === '') await tab.sees(tab.main.getByText('This crud has burnt out.'))
    else expect(await tab.field('Your crud').inputValue()).toBe(typed)
  }
})

test('polls every 15 s with the ETag while the tab is visible and the crud burns', async () => {
  const anna = await site.actors.join('anna')
  const crud = await posts(anna, 'Until the end')
  await setExpiry(site.db, [crud.uuid], 180)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  // The page polls the thread and its crud.
  const statuses: Record<'replies' | 'activity', number[]> = { replies: [], activity: [] }
  tab.page.on('response', (response) => {
    if (response.url().endsWith(`/api/activities/${crud.uuid}/replies?depth=4`))
      statuses.replies.push(response.status())
    if (response.url().endsWith(`/api/activities/${crud.uuid}`)) statuses.activity.push(response.status())
  })
  /** Waits until the page has done its own work: a later answer has reached it. Before, the timer of the next poll may not run. */
  const settles = () => tab.page.evaluate(() => fetch('/api/health-check'))
  const polled = async (expected: number[]) => {
    await expect.poll(() => statuses).toEqual({ replies: expected, activity: expected })
    await settles()
  }
  await tab.page.clock.install()
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  await tab.page.locator('.new-items').waitFor({ state: 'attached' })
  await settles()
  await tab.page.clock.fastForward(15_000)
  await polled([200])
  await tab.page.clock.fastForward(15_000)
  await polled([200, 304])

  const hidden = (isHidden: boolean) =>
    tab.page.evaluate(
      (visibilityState) => {
        Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      },
      isHidden ? 'hidden' : 'visible',
    )
  await hidden(true)
  await tab.page.clock.fastForward(20_000)
  await settles()
  expect(statuses.replies).toEqual([200, 304])
  await hidden(false)
  await polled([200, 304, 304])
  // The page learns of the end while it polls nothing.
  await hidden(true)
  await tab.page.clock.fastForward(180_000)
  await tab.doesNotSee(tab.field('Your reply'))
  await setExpiry(site.db, [crud.uuid], 0)
  // An answer would be 410, which fails the test.
  await hidden(false)
  await tab.page.clock.fastForward(60_000)
  await settles()
})
