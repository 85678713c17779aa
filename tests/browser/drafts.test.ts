import { describe, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, sendsMessage } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { expireActivities, users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Another tab of the same browser, once this one is closed. */
async function closesAndOpens(tab: Tab, path: string): Promise<Tab> {
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

/** Whose drafts the browser has, and where they belong. */
const draftsIn = (tab: Tab) =>
  tab.page.evaluate(() =>
    Object.keys(localStorage).flatMap((key) => (key.startsWith('draft ') ? [key.split(' ').slice(1)] : [])),
  )

const textIn = (tab: Tab, label: string) => tab.field(label).inputValue()

test('what is typed anywhere is there again after a reload and in another tab, until it is sent', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const [one, two, own] = [await posts(ben, 'One'), await posts(ben, 'Two'), await posts(anna, 'Mine')]
  const { message_group_uuid: group } = await sendsMessage(ben, anna, 'hi')
  const at = ({ uuid }: { uuid: string }) => `/@${ben.handle}/status/${uuid}`
  const boxes: [path: string, label: string, words: string][] = [
    ['/', 'Your crud', uniqueText('A crud\nof two lines')],
    [at(one), 'Your reply', uniqueText('A reply')],
    [at(two), 'Your reply', uniqueText('Another reply')],
    [`/@${anna.handle}/status/${own.uuid}/rewrite`, 'Your crud', uniqueText('Mine, said better')],
    [`/messages/${group}`, 'Message to Ben', uniqueText('A message')],
    ['/settings', 'Name', uniqueText('Anna')],
    ['/settings', 'About you', uniqueText('About\nme')],
  ]
  let tab = await browser.tab({ as: anna, viewport: PHONE })
  for (const [path, label, words] of boxes) {
    if (tab.path !== path) await tab.opens(path)
    await tab.fills({ [label]: words })
    if (path === '/') await tab.main.getByRole('radio', { name: '3 days' }).check()
  }
  await reloads(tab)
  tab = await closesAndOpens(tab, '/settings')
  for (const [path, label, words] of [...boxes].reverse()) {
    if (tab.path !== path) await tab.opens(path)
    await expect.poll(() => textIn(tab, label)).toBe(words)
  }
  expect(await tab.main.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true)
  // Within the app it is there with the page.
  await tab.goesTo('Notifications')
  await tab.sees(tab.heading('Notifications'))
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  const [crud, reply, , , , name, bio] = boxes.map(([, , words]) => words)
  expect(await textIn(tab, 'Your crud')).toBe(crud)

  await tab.presses('Crud')
  expect(await textIn(tab, 'Your crud')).toBe('')
  await seesSaved(tab, 'A crud')
  await tab.opens(at(one))
  await tab.presses('Reply')
  await seesSaved(tab, reply as string)
  await tab.opens('/settings')
  await tab.presses('Save')
  await tab.sees('Saved.')
  await reloads(tab)
  expect([await textIn(tab, 'Name'), await textIn(tab, 'About you')]).toEqual([name, bio])
  await tab.opens('/')
  expect(await textIn(tab, 'Your crud')).toBe('')
  expect((await draftsIn(tab)).map(([, place]) => place).sort()).toEqual(
    [at(two), boxes[3]?.[0], `/messages/${group}`].sort(),
  )
})

test('a session that ends takes no words along; somebody else at the same browser does not see them', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const words = uniqueText('Kept')
  await tab.fills({ 'Your crud': words })
  await tab.main.getByRole('radio', { name: '12 hours' }).check()
  expect((await anna.delete('/api/session/all')).status).toBe(204)
  tab.expects(401)
  await tab.presses('Crud')
  await tab.sees('Not sent. It is kept here. You have been signed out. Please sign in again.')
  expect(await textIn(tab, 'Your crud')).toBe(words)
  await tab.doesNotSee(tab.crud(words))
  await tab.main.getByRole('alert').getByRole('link', { name: 'Sign in' }).click()

  await tab.sees(tab.heading('Sign in'))
  await signsIn(tab, ben)
  await tab.comesTo('/')
  await tab.waitsForHydration()
  expect(await textIn(tab, 'Your crud')).toBe('')
  const hers = await draftsIn(tab)
  expect(hers).toHaveLength(1)
  await tab.fills({ 'Your crud': uniqueText('Of Ben') })
  await tab.opens('/signout')
  await tab.presses('Sign out')
  await tab.comesTo('/')
  // Ben signed out on purpose, and Anna did not.
  expect(await draftsIn(tab)).toEqual(hers)

  await tab.visits('/signin')
  await signsIn(tab, anna)
  await tab.comesTo('/')
  await expect.poll(() => textIn(tab, 'Your crud')).toBe(words)
  expect(await tab.main.getByRole('radio', { name: '12 hours' }).isChecked()).toBe(true)
  expect(await draftsIn(tab)).toHaveLength(1)
  await tab.presses('Crud')
  await seesSaved(tab, words)
})

describe('signing out', () => {
  test('deletes what was typed and not sent, here and in every other tab, and says so before', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna, viewport: PHONE })
    await tab.opens('/')
    await tab.fills({ 'Your crud': uniqueText('A secret') })
    const other = await tab.newTab()
    await other.opens('/settings')
    await other.fills({ 'About you': uniqueText('Another') })
    await other.opens('/signout')
    await other.sees('You have 2 unsent drafts here. Signing out deletes them.')
    await other.presses('Sign out')
    await other.sees(other.heading('Say it. Let it burn.'))
    // The tab in which it stood is nobody's by now.
    await tab.sees(tab.heading('Say it. Let it burn.'))
    expect(await tab.field('Your crud').count()).toBe(0)
    expect(await draftsIn(tab)).toEqual([])
    await other.visits('/signin')
    await signsIn(other, anna)
    await other.comesTo('/')
    await other.waitsForHydration()
    expect(await textIn(other, 'Your crud')).toBe('')
  })

  test('keeps them for whoever asks for that, and for nobody else', async () => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const tab = await browser.tab({ as: anna })
    await tab.opens('/')
    const words = uniqueText('Kept on purpose')
    await tab.fills({ 'Your crud': words })
    await tab.opens('/signout')
    await tab.sees('You have an unsent draft here. Signing out deletes it.')
    await tab.main.getByRole('checkbox', { name: 'Keep it on this device' }).check()
    await tab.presses('Sign out')
    await tab.comesTo('/')
    for (const [who, text] of [
      [ben, ''],
      [anna, words],
    ] as const) {
      await tab.visits('/signin')
      await signsIn(tab, who)
      await tab.comesTo('/')
      await tab.waitsForHydration()
      await expect.poll(() => textIn(tab, 'Your crud')).toBe(text)
      await tab.opens('/signout')
      const keep = tab.main.getByRole('checkbox', { name: 'Keep it on this device' })
      if (text) await keep.check()
      else expect(await keep.count()).toBe(0)
      await tab.presses('Sign out')
      await tab.comesTo('/')
    }
  })

  test('everywhere asks the same, also about what was typed on that page', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna })
    await tab.opens('/settings')
    const words = uniqueText('About me')
    await tab.fills({ 'About you': words })
    await tab.main.getByRole('checkbox', { name: 'Keep it on this device' }).check()
    await tab.presses('Sign out everywhere')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    await tab.visits('/signin?next=%2Fsettings')
    await signsIn(tab, anna)
    await tab.comesTo('/settings')
    await expect.poll(() => textIn(tab, 'About you')).toBe(words)
    await tab.presses('Sign out everywhere')
    await tab.sees(tab.heading('Say it. Let it burn.'))
    expect(await draftsIn(tab)).toEqual([])
  })

  test('deletes nothing where it failed', async () => {
    const anna = await site.actors.join('anna')
    const tab = await browser.tab({ as: anna })
    await tab.opens('/')
    const words = uniqueText('Still here')
    await tab.fills({ 'Your crud': words })
    await tab.opens('/signout')
    await tab.page.route('**/api/session', (route) => route.fulfill({ status: 503, json: UNAVAILABLE }))
    tab.expects(503)
    await tab.presses('Sign out')
    await tab.sees(tab.main.getByRole('alert'))
    await tab.page.unroute('**/api/session')
    await tab.opens('/')
    expect(await textIn(tab, 'Your crud')).toBe(words)
  })

  test('deletes them also before script has come', async () => {
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

test('words for a crud that has burnt out meanwhile are offered on its page, to be said on their own', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const crud = await posts(ben, 'Soon gone')
  const path = `/@${ben.handle}/status/${crud.uuid}`
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(path)
  const words = uniqueText('Too late')
  await tab.fills({ 'Your reply': words })
  await expireActivities(site.db, crud.uuid)
  await tab.opens(path, 410)
  await tab.sees(tab.heading('It burnt out while you wrote'))
  expect(await textIn(tab, 'Your crud')).toBe(words)
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, words)
  await expect.poll(() => draftsIn(tab)).toEqual([])
})

test('words whose answer was lost are sent once, also after a reload', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const words = uniqueText('Once')
  await tab.page.route('**/api/activities', async (route) => {
    await route.fetch()
    await route.abort('aborted')
  })
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await tab.sees('Not sent. It is kept here; try again.')
  await tab.page.unroute('**/api/activities')
  await reloads(tab)
  expect(await textIn(tab, 'Your crud')).toBe(words)
  await tab.presses('Crud')
  // Home has had it since the reload; the draft goes when it is sent.
  await expect.poll(() => draftsIn(tab)).toEqual([])
  await expect.poll(() => tab.crud(words).count()).toBe(1)
  expect(await site.db.sql('select uuid from activities where message = $1', [words])).toHaveLength(1)
})

test('what was typed before script came stays, and the caret where it was; it is kept from then on', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'From before' })
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await tab.page.route('**/assets/*.js', async (route) => {
    await held
    await route.continue()
  })
  await tab.page.reload({ waitUntil: 'commit' })
  const box = tab.field('Your crud')
  await box.fill('Typed early')
  await box.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(5, 5))
  release()
  await tab.waitsForHydration()
  expect(await box.inputValue()).toBe('Typed early')
  expect(
    await box.evaluate((element: HTMLTextAreaElement) => [document.activeElement === element, element.selectionStart]),
  ).toEqual([true, 5])
  await tab.page.unroute('**/assets/*.js')
  await tab.page.reload()
  await expect.poll(() => textIn(tab, 'Your crud')).toBe('Typed early')
})

test('old drafts are forgotten; a browser that keeps nothing, or is full, is no hindrance', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.fills({ 'Your crud': 'A week ago' })
  await tab.page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage)) {
      if (!key.startsWith('draft ')) continue
      const kept = JSON.parse(value)
      localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 7 * 86_400_000 }))
    }
    localStorage.setItem('draft garbled', '{')
  })
  await reloads(tab)
  expect(await textIn(tab, 'Your crud')).toBe('')
  expect(await draftsIn(tab)).toEqual([])

  await tab.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  const words = uniqueText('Said all the same')
  await tab.opens('/')
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await seesSaved(tab, words)
  await tab.page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await tab.opens('/')
  const more = uniqueText('Said again')
  await tab.fills({ 'Your crud': more })
  await tab.presses('Crud')
  await seesSaved(tab, more)
})
