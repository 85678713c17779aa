import { describe, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { expireActivities, users } from '../support/actors/many-users.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { refusesSockets } from './support/live.ts'
import { holdsRequests } from './support/navigation.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Closes a tab and opens another of the same browser. */
async function closesAndReopens(tab: Tab, path: string): Promise<Tab> {
  const next = await tab.newTab()
  await tab.page.close()
  await next.opens(path)
  return next
}

const reloads = async (tab: Tab) => {
  await tab.page.reload()
  await tab.waitsForHydration()
}

const signsIn = async (tab: Tab, { email, details }: Actor) => {
  await tab.fills({ Email: email, Password: details.password })
  await tab.presses('Sign in')
}

const UNAVAILABLE = { errors: [{ code: 'database_unavailable' }], request_id: '' }

/** User and path of each draft in the browser. */
const draftsIn = (tab: Tab) =>
  tab.page.evaluate(() =>
    Object.keys(localStorage).flatMap((key) => (key.startsWith('draft ') ? [key.split(' ').slice(1)] : [])),
  )

const textOf = (tab: Tab, label: string) => tab.field(label).inputValue()

test('drafts of every form are restored after a reload and in another tab, until they are sent', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const [one, two, own] = [await posts(ben, 'One'), await posts(ben, 'Two'), await posts(anna, 'Mine')]
  await haveMet(site.db, ben, anna)
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const pathOf = ({ uuid }: { uuid: string }) => `/@${ben.handle}/status/${uuid}`
  const boxes: [path: string, label: string, words: string][] = [
    ['/', 'Your crud', uniqueText('A crud\nof two lines')],
    [pathOf(one), 'Your reply', uniqueText('A reply')],
    [pathOf(two), 'Your reply', uniqueText('Another reply')],
    [`/@${anna.handle}/status/${own.uuid}/rewrite`, 'Your crud', uniqueText('Mine, said better')],
    [`/messages/${group}`, 'Message to Ben', uniqueText('A message')],
    ['/settings', 'Name', uniqueText('Anna')],
    ['/settings', 'About you', uniqueText('About\nme')],
  ]
  let tab = await browser.tab({ as: anna, viewport: PHONE })
  for (const [path, label, text] of boxes) {
    if (tab.path !== path) await tab.opens(path)
    await tab.fills({ [label]: text })
    if (path === '/') await tab.main.getByRole('radio', { name: '3 days' }).check()
  }
  await reloads(tab)
  tab = await closesAndReopens(tab, '/settings')
  for (const [path, label, text] of [...boxes].reverse()) {
    if (tab.path !== path) await tab.opens(path)
    await expect.poll(() => textOf(tab, label)).toBe(text)
  }
  expect(await tab.main.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true)
  // On a navigation within the app it is there at once.
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  const [crud, reply, , , , name, bio] = boxes.map(([, , text]) => text)
  expect(await textOf(tab, 'Your crud')).toBe(crud)

  await tab.presses('Crud')
  expect(await textOf(tab, 'Your crud')).toBe('')
  await seesSaved(tab, 'A crud')
  await tab.opens(pathOf(one))
  await tab.presses('Reply')
  await seesSaved(tab, reply as string)
  await tab.opens('/settings')
  await tab.presses('Save')
  await tab.sees('Saved.')
  await reloads(tab)
  expect([await textOf(tab, 'Name'), await textOf(tab, 'About you')]).toEqual([name, bio])
  await tab.opens('/')
  expect(await textOf(tab, 'Your crud')).toBe('')
  expect((await draftsIn(tab)).map(([, path]) => path).sort()).toEqual(
    [pathOf(two), boxes[3]?.[0], `/messages/${group}`].sort(),
  )
})

test('a draft survives the end of its session, and other users of the browser do not see it', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  // Only the crud shall learn of it.
  await refusesSockets(tab)
  await tab.opens('/')
  const text = uniqueText('Kept')
  await tab.fills({ 'Your crud': text })
  await tab.main.getByRole('radio', { name: '12 hours' }).check()
  expect((await anna.delete('/api/session/all')).status).toBe(204)
  tab.expects(401)
  await tab.presses('Crud')
  await tab.sees('Not sent. It is kept here. You’ve been signed out. Please sign in again.')
  expect(await textOf(tab, 'Your crud')).toBe(text)
  await tab.doesNotSee(tab.crud(text))
  await tab.main.getByRole('alert').getByRole('link', { name: 'Sign in' }).click()

  await tab.sees(tab.heading('Sign in'))
  await signsIn(tab, ben)
  await tab.comesTo('/')
  await tab.waitsForHydration()
  expect(await textOf(tab, 'Your crud')).toBe('')
  const annaDrafts = await draftsIn(tab)
  expect(annaDrafts).toHaveLength(1)
  await tab.fills({ 'Your crud': uniqueText('Of Ben') })
  await tab.opens('/signout')
  await tab.presses('Sign out')
  await tab.comesTo('/')
  // Ben signed out, which deletes his drafts; Anna’s session ended without it.
  await expect.poll(() => draftsIn(tab)).toEqual(annaDrafts)

  await tab.visits('/signin')
  await signsIn(tab, anna)
  await tab.comesTo('/')
  await expect.poll(() => textOf(tab, 'Your crud')).toBe(text)
  expect(await tab.main.getByRole('radio', { name: '12 hours' }).isChecked()).toBe(true)
  expect(await draftsIn(tab)).toHaveLength(1)
  await tab.presses('Crud')
  await seesSaved(tab, text)
})

describe('signing out', () => {
  test('warns of unsent drafts and deletes them, in this and every other tab', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE })
    await tab.opens('/')
    await tab.fills({ 'Your crud': uniqueText('A secret') })
    const other = await tab.newTab()
    await other.opens('/settings')
    await other.fills({ 'About you': uniqueText('Another') })
    await other.opens('/signout')
    await other.sees('You have 2 unsent drafts here. Signing out deletes them.')
    // The other tab does not learn of it from the API.
    await holdsRequests(tab)
    await other.presses('Sign out')
    await other.sees(other.heading('Say it. Let it burn.'))
    // The other tab is signed out as well.
    await tab.sees(tab.heading('Say it. Let it burn.'))
    expect(await tab.field('Your crud').count()).toBe(0)
    expect(await draftsIn(tab)).toEqual([])
    await other.visits('/signin')
    await signsIn(other, anna)
    await other.comesTo('/')
    await other.waitsForHydration()
    expect(await textOf(other, 'Your crud')).toBe('')
  })

  test('keeps a draft on request, for its author only', async () => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const tab = await browser.tab({ as: anna })
    await tab.opens('/')
    const text = uniqueText('Kept on purpose')
    await tab.fills({ 'Your crud': text })
    await tab.opens('/signout')
    await tab.sees('You have an unsent draft here. Signing out deletes it.')
    await tab.main.getByRole('checkbox', { name: 'Keep it on this device' }).check()
    await tab.presses('Sign out')
    await tab.comesTo('/')
    for (const [actor, expected] of [
      [ben, ''],
      [anna, text],
    ] as const) {
      await tab.visits('/signin')
      await signsIn(tab, actor)
      await tab.comesTo('/')
      await tab.waitsForHydration()
      await expect.poll(() => textOf(tab, 'Your crud')).toBe(expected)
      await tab.opens('/signout')
      const keep = tab.main.getByRole('checkbox', { name: 'Keep it on this device' })
      if (expected) await keep.check()
      else expect(await keep.count()).toBe(0)
      await tab.presses('Sign out')
      await tab.comesTo('/')
    }
  })

  test('everywhere offers the same, also for drafts of the settings page', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna })
    await tab.opens('/settings')
    const text = uniqueText('About me')
    await tab.fills({ 'About you': text })
    await tab.main.getByRole('checkbox', { name: 'Keep it on this device' }).check()
    await tab.presses('Sign out everywhere')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    await tab.visits('/signin?next=%2Fsettings')
    await signsIn(tab, anna)
    await tab.comesTo('/settings')
    await expect.poll(() => textOf(tab, 'About you')).toBe(text)
    await tab.presses('Sign out everywhere')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    await expect.poll(() => draftsIn(tab)).toEqual([])
  })

  test('deletes no draft if signing out fails', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna })
    await tab.opens('/')
    const text = uniqueText('Still here')
    await tab.fills({ 'Your crud': text })
    await tab.opens('/signout')
    await tab.page.route('**/api/session', (route) => route.fulfill({ status: 503, json: UNAVAILABLE }))
    tab.expects(503)
    await tab.presses('Sign out')
    await tab.sees(tab.main.getByRole('alert'))
    await tab.page.unroute('**/api/session')
    await tab.opens('/')
    expect(await textOf(tab, 'Your crud')).toBe(text)
  })

  test('deletes drafts even if script did not load', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna })
    await tab.opens('/')
    await tab.fills({ 'Your crud': uniqueText('Too quick') })
    await tab.page.route('**/assets/*.js', (route) => route.abort('aborted'))
    await tab.visits('/signout')
    await tab.presses('Sign out')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    await expect.poll(() => draftsIn(tab)).toEqual([])
  })
})

test('a draft reply to an expired crud is offered on its page as a crud of its own', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const crud = await posts(ben, 'Soon gone')
  const path = `/@${ben.handle}/status/${crud.uuid}`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(path)
  const text = uniqueText('Too late')
  await tab.fills({ 'Your reply': text })
  // Also of a poll.
  tab.expects(410)
  await expireActivities(site.db, crud.uuid)
  await tab.opens(path, 410)
  await tab.sees(tab.heading('It burnt out while you were writing'))
  expect(await textOf(tab, 'Your crud')).toBe(text)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, text)
  await expect.poll(() => draftsIn(tab)).toEqual([])
})

test('a retry after a lost response creates one crud, even after a reload', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const text = uniqueText('Once')
  await tab.page.route('**/api/activities', async (route) => {
    await route.fetch()
    await route.abort('aborted')
  })
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.sees('Not sent. It is kept here; try again.')
  await tab.page.unroute('**/api/activities')
  await reloads(tab)
  expect(await textOf(tab, 'Your crud')).toBe(text)
  await tab.presses('Crud')
  // Home shows it since the reload; the draft is deleted once the retry is answered.
  await expect.poll(() => draftsIn(tab)).toEqual([])
  await expect.poll(() => tab.crud(text).count()).toBe(1)
  expect(await site.db.sql('select uuid from activities where message = $1', [text])).toHaveLength(1)
})

test('hydration keeps a text that was typed before it, its caret and the focus, and saves it as a draft', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'From before' })
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/assets/*.js', async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.page.reload({ waitUntil: 'commit' })
  const box = tab.field('Your crud')
  await box.fill('Typed early')
  await box.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(5, 5))
  released.resolve()
  await tab.waitsForHydration()
  expect(await box.inputValue()).toBe('Typed early')
  expect(
    await box.evaluate((element: HTMLTextAreaElement) => [document.activeElement === element, element.selectionStart]),
  ).toEqual([true, 5])
  await tab.page.unroute('**/assets/*.js')
  await tab.page.reload()
  await expect.poll(() => textOf(tab, 'Your crud')).toBe('Typed early')
})

test('old drafts are deleted; posting works when localStorage is full or blocked', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'A week ago' })
  await tab.page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage)) {
      if (!key.startsWith('draft ')) continue
      const draft = JSON.parse(value)
      localStorage.setItem(key, JSON.stringify({ ...draft, at: draft.at - 7 * 86_400_000 }))
    }
    localStorage.setItem('draft garbled', '{')
  })
  await reloads(tab)
  expect(await textOf(tab, 'Your crud')).toBe('')
  expect(await draftsIn(tab)).toEqual([])

  await tab.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  const text = uniqueText('Said all the same')
  await tab.opens('/')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await seesSaved(tab, text)
  await tab.page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await tab.opens('/')
  const anotherText = uniqueText('Said again')
  await tab.fills({ 'Your crud': anotherText })
  await tab.presses('Crud')
  await seesSaved(tab, anotherText)
})
