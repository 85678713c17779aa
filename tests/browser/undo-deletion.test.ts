import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { deletes, reads, replies } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { choosesFromMenu, toast, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const putsOut = (tab: Tab, text: string) => choosesFromMenu(tab, text, /^Put out/)
const undo = (tab: Tab) => tab.page.getByRole('status').getByRole('button', { name: 'Undo' })
const statusOf = async (actor: Actor, uuid: string) => (await actor.get(`/api/activities/${uuid}`)).status

/** Records the deletions that the tab sends. */
function recordDeletions(tab: Tab): string[] {
  const sent: string[] = []
  tab.context.on('request', (request) => request.method() === 'DELETE' && sent.push(request.url().slice(-36)))
  return sent
}

test('a deletion says so, stays in the feed and can be undone for five seconds, before anything is sent', async () => {
  const anna = await site.actors.join('anna')
  const [stays, goes] = [await anna.posts(uniqueText('Stays')), await anna.posts(uniqueText('Goes'))]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  const sent = recordDeletions(tab)
  await tab.page.clock.install()
  await tab.opens('/')
  await putsOut(tab, goes.message)
  await tab.sees(toast(tab, 'Deleted.'))
  await tab.doesNotSee(tab.crud(goes.message))
  await tab.sees(tab.crud(stays.message))
  expect(tab.path).toBe('/')
  await seesFocus(tab.crud(stays.message))
  await undo(tab).click()
  await tab.sees(toast(tab, 'It’s back.'))
  await tab.sees(tab.crud(goes.message))
  await seesFocus(tab.crud(goes.message))
  await tab.doesNotSee(undo(tab))
  await tab.page.clock.runFor(10_000)
  expect(sent).toEqual([])
  expect(await statusOf(anna, goes.uuid)).toBe(200)

  await putsOut(tab, goes.message)
  await tab.sees(undo(tab))
  const answered = tab.page.waitForResponse((response) => response.request().method() === 'DELETE')
  await tab.page.clock.runFor(5_100)
  expect((await answered).status()).toBe(204)
  await tab.doesNotSee(undo(tab))
  await tab.doesNotSee(tab.crud(goes.message))
  expect(await statusOf(anna, goes.uuid)).toBe(410)
  expect(sent).toEqual([goes.uuid])
})

test('a deletion that is on its way is not offered to be undone', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Goes'))
  const tab = await browser.tab({ as: anna })
  const released = Promise.withResolvers<void>()
  await tab.page.route(`**/api/activities/${crud.uuid}`, async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.page.clock.install()
  await tab.opens('/')
  await putsOut(tab, crud.message)
  await tab.sees(undo(tab))
  const requested = tab.page.waitForRequest((request) => request.method() === 'DELETE')
  await tab.page.clock.runFor(5_100)
  await requested
  await tab.doesNotSee(undo(tab))
  released.resolve()
  await expect.poll(() => statusOf(anna, crud.uuid)).toBe(410)
  await tab.doesNotSee(tab.crud(crud.message))
})

test('two deletions are undone together', async () => {
  const anna = await site.actors.join('anna')
  const [one, two] = [await anna.posts(uniqueText('One')), await anna.posts(uniqueText('Two'))]
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens('/')
  await putsOut(tab, one.message)
  await tab.doesNotSee(tab.crud(one.message))
  await putsOut(tab, two.message)
  await tab.sees(toast(tab, '2 deleted.'))
  await undo(tab).click()
  await tab.sees(toast(tab, 'They’re back.'))
  await tab.sees(tab.crud(one.message))
  await tab.sees(tab.crud(two.message))
})

test('on its own page a deleted crud is replaced by a sentence, and undoing brings it back', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const crud = await anna.posts(uniqueText('Goes with its replies'))
  await replies(ben, crud, uniqueText('Me too'))
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await opensCrud(tab, crud.message)
  await putsOut(tab, crud.message)
  await tab.sees('You deleted this crud.')
  await tab.sees(toast(tab, 'Deleted, with its replies.'))
  await undo(tab).click()
  await tab.sees(tab.crud(crud.message))
})

test('a page that is left within the five seconds sends the deletion', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Gone with the page'))
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await putsOut(tab, crud.message)
  await tab.sees(undo(tab))
  expect(await statusOf(anna, crud.uuid)).toBe(200)
  await tab.page.goto('about:blank')
  await expect.poll(() => statusOf(anna, crud.uuid)).toBe(410)
})

test('signing out within the five seconds sends the deletion first', async () => {
  const anna = await site.actors.join('anna')
  const [goes, stays] = [await anna.posts(uniqueText('Goes')), await anna.posts(uniqueText('Stays'))]
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens('/signout')
  await tab.follows('Stay')
  await tab.sees(tab.crud(stays.message))
  await putsOut(tab, goes.message)
  await tab.sees(undo(tab))
  await tab.page.goBack()
  await tab.presses('Sign out')
  await tab.sees(tab.heading('Say it. Let it burn.'))
  const reader = await site.actors.join('ben')
  await expect.poll(() => statusOf(reader, goes.uuid)).toBe(410)
})

test('within the app, another page keeps the offer to undo', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Stays after all'))
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens('/')
  await putsOut(tab, crud.message)
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await undo(tab).click()
  await tab.goesTo('Home')
  await tab.sees(tab.crud(crud.message))
})

test('offline, the crud comes back with a sentence', async () => {
  const anna = await site.actors.join('anna')
  const crud = await anna.posts(uniqueText('Cannot go'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/')
  await putsOut(tab, crud.message)
  await tab.doesNotSee(tab.crud(crud.message))
  await tab.context.setOffline(true)
  await tab.page.clock.runFor(5_100)
  await tab.sees(toast(tab, 'You’re offline. Your crud wasn’t deleted.'))
  await tab.sees(tab.crud(crud.message))
  expect((await reads(anna, `/api/activities/${crud.uuid}`)).message).toBe(crud.message)
})

test('a deletion that fails brings the crud back; one that another tab did before is done', async () => {
  const anna = await site.actors.join('anna')
  const [fails, deleted] = [await anna.posts(uniqueText('Fails')), await anna.posts(uniqueText('Deleted'))]
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await tab.opens('/')
  await tab.page.route(`**/api/activities/${fails.uuid}`, (route) =>
    route.fulfill({ status: 503, json: { errors: [{ code: 'database_unavailable' }], request_id: '' } }),
  )
  tab.expects(503)
  await putsOut(tab, fails.message)
  await tab.sees(undo(tab))
  await tab.page.clock.runFor(5_100)
  await tab.sees(tab.page.getByRole('status').getByText('Your crud wasn’t deleted.'))
  await tab.sees(tab.crud(fails.message))

  await putsOut(tab, deleted.message)
  await tab.sees(undo(tab))
  tab.expects(410)
  await deletes(anna, deleted)
  const answered = tab.page.waitForResponse((response) => response.request().method() === 'DELETE')
  await tab.page.clock.runFor(5_100)
  await answered
  await tab.doesNotSee(undo(tab))
  await tab.doesNotSee(tab.crud(deleted.message))
})
