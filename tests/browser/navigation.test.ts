import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { focusedName, seesFocus } from './support/keyboard.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Documents that the tab asks for from now on: none, while script moves between pages. */
function documentsOf(tab: Tab): string[] {
  const paths: string[] = []
  tab.page.on('request', (request) => {
    if (request.isNavigationRequest()) paths.push(new URL(request.url()).pathname)
  })
  return paths
}

test('links and forms move between pages without loading a document', async () => {
  const anna = await site.actors.join('anna')
  const message = `Round we go, says ${anna.handle}.`
  const crud = await anna.posts(message)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const documents = documentsOf(tab)
  const profile = `/@${anna.handle}`

  await tab.follows('Everyone')
  await tab.comesTo('/?feed=everyone')
  await tab.sees(tab.crud(message))
  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.follows('Replies')
  await tab.comesTo(`${profile}?tab=replies`)
  await tab.doesNotSee(tab.crud(message))
  await tab.follows('Cruds')
  await opensCrud(tab, message)
  await tab.crud(message).getByRole('link', { name: 'Put out' }).click()
  await tab.sees(tab.heading('Put it out?'))
  await tab.follows('Let it burn')
  await tab.sees(tab.heading('Crud'))
  await tab.page.getByRole('link', { name: 'About' }).click()
  await tab.sees(tab.heading('About'))
  await tab.goesTo('Sign out')
  await tab.sees(tab.heading('Sign out?'))
  await tab.follows('Stay')
  await tab.sees(tab.crud(message))

  for (const path of ['/signout', '/about', `${profile}/status/${crud.uuid}`]) {
    await tab.page.goBack()
    await tab.comesTo(path)
  }
  await tab.sees(tab.crud(message))
  expect(documents).toEqual([])
})

test('an address that leads to nothing, and one that has burnt out, keep the frame', async () => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const lost = `Burning still in Anna’s tab: ${ben.handle}`
  const crud = await ben.posts(lost)
  await ben.posts(`What ${ben.handle} has besides`)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const documents = documentsOf(tab)
  await site.db.sql('update activities set expires_at = now() where uuid = $1', [crud.uuid])

  tab.expects(410)
  await tab.crud(lost).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Burnt out'))
  await tab.sees(tab.crud(`What ${ben.handle} has besides`))
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  expect(documents).toEqual([])
})

test('Back returns to the list at the place that was left', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 0; i < 20; i += 1) await anna.posts(`Place ${i} of ${anna.handle}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const middle = tab.crud(`Place 9 of ${anna.handle}`)
  await middle.getByRole('link', { name: 'Open,' }).scrollIntoViewIfNeeded()
  const before = await scrollOf(tab)
  expect(before).toBeGreaterThan(400)

  await opensCrud(tab, `Place 9 of ${anna.handle}`)
  expect(await scrollOf(tab)).toBe(0)
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  await expect.poll(() => scrollOf(tab)).toBe(before)
})

/** What the page's one polite voice has said last. */
const said = (tab: Tab) => tab.page.locator('p.hidden[role=status]').last().textContent()

test('the focus goes with the page, and the title of a new one is heard', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  await ben.posts(`First of ${ben.handle}`)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  await tab.page.locator('dialog').waitFor({ state: 'attached' })

  // A new page: its heading.
  const open = tab.crud(`First of ${ben.handle}`).getByRole('link', { name: 'Open,' })
  await open.click()
  await seesFocus(tab.heading('Crud'))
  await expect.poll(() => said(tab)).toBe('A crud by Ben · Cruddur')
  await tab.goesTo('Notifications')
  await seesFocus(tab.heading('Notifications'))

  // Back: where it was.
  await tab.page.goBack()
  await tab.page.goBack()
  await seesFocus(open)
  await expect.poll(() => said(tab)).toBe('Everyone · Cruddur')

  // Another view of the same page: it stays. Its name is heard.
  await tab.follows('Last light')
  await expect.poll(() => said(tab)).toBe('Last light · Cruddur')
  expect(await focusedName(tab)).toBe('Last light')

  // A place in a page: there.
  await tab.goesTo('Settings')
  await seesFocus(tab.heading('Settings'))
  await tab.goesTo('Crud')
  await seesFocus(tab.field('Your crud'))
})

const numbers = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => `Number ${from - i}.`)
const shownOn = (tab: Tab) => tab.main.getByText(/^Number \d+\.$/).allTextContents()

test('with script, older cruds come below the newer ones as the reader goes down', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 1; i <= 45; i += 1) await anna.posts(`Number ${i}.`)
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  expect((await shownOn(tab)).slice(0, 20)).toEqual(numbers(45, 26))
  await tab.crud('Number 26.').scrollIntoViewIfNeeded()
  await expect.poll(async () => (await shownOn(tab)).slice(0, 40)).toEqual(numbers(45, 6))
  await tab.crud('Number 6.').scrollIntoViewIfNeeded()
  await expect.poll(() => shownOn(tab)).toEqual(numbers(45, 1))
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Older cruds' }))
})

test('without script, older cruds come page by page, and Back leads to the newer ones', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 1; i <= 45; i += 1) await anna.posts(`Number ${i}.`)
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  await tab.visits(`/@${anna.handle}`)
  expect(await shownOn(tab)).toEqual(numbers(45, 26))
  await tab.follows('Older cruds')
  await expect.poll(() => shownOn(tab)).toEqual(numbers(25, 6))
  await tab.follows('Older cruds')
  await expect.poll(() => shownOn(tab)).toEqual(numbers(5, 1))
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Older cruds' }))
  await tab.page.goBack()
  await expect.poll(() => shownOn(tab)).toEqual(numbers(25, 6))
})

const scrollOf = (tab: Tab) => tab.page.evaluate(() => Math.round(window.scrollY))
