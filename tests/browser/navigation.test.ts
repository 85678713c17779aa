import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { lastAnnouncement } from './support/announcements.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { focusedName, seesFocus } from './support/keyboard.ts'
import { choosesFromMenu } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Records the paths of documents that the tab requests from now on. */
function recordDocuments(tab: Tab): string[] {
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
  const documents = recordDocuments(tab)
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
  await choosesFromMenu(tab, message, /^Delete & rewrite/)
  await tab.sees(tab.heading('Delete & rewrite'))
  await tab.follows('Back')
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

test('in a low window every link of the rail is in view, and focusing it moves no page', async () => {
  const tab = await browser.tab({ as: await site.actors.join('anna'), viewport: { width: 844, height: 390 } })
  await tab.opens('/settings')
  const rail = tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  const inView = () =>
    rail.evaluateAll((links) =>
      links.flatMap((link) => {
        const { left, top, bottom, width } = link.getBoundingClientRect()
        const hit = document.elementFromPoint(left + width / 2, (top + bottom) / 2)
        return bottom <= innerHeight && link.contains(hit) ? (link.textContent ?? '') : []
      }),
    )
  const all = ['Home', 'Search', 'Notifications', 'Messages', 'Profile', 'Circle', 'Settings', 'Sign out', 'Crud']
  expect(await inView()).toEqual(all)
  await rail.last().focus()
  expect(await tab.page.evaluate(() => scrollY)).toBe(0)
  await tab.page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  expect(await inView()).toEqual(all)

  // With its labels the rail scrolls by itself, below the button.
  await tab.page.setViewportSize({ width: DESKTOP.width, height: 390 })
  expect(await inView()).toContain('Crud')
  expect(await inView()).not.toContain('Sign out')
  const y = await tab.page.evaluate(() => scrollY)
  await rail.filter({ hasText: 'Sign out' }).focus()
  await expect.poll(inView).toEqual(expect.arrayContaining(['Sign out', 'Crud']))
  expect(await tab.page.evaluate(() => scrollY)).toBe(y)
})

test('an expired crud opens within the app, without a document', async () => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const expiredText = `Burning still in Anna’s tab: ${ben.handle}`
  const crud = await ben.posts(expiredText)
  await ben.posts(`What ${ben.handle} has besides`)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const documents = recordDocuments(tab)
  tab.expects(410)
  await site.db.sql('update activities set expires_at = now() where uuid = $1', [crud.uuid])

  await tab.crud(expiredText).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Burnt out'))
  await tab.sees(tab.crud(`What ${ben.handle} has besides`))
  await tab.goesTo('Home')
  await tab.sees(tab.field('Your crud'))
  expect(documents).toEqual([])
})

test('Back restores the scroll position of the list', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 0; i < 20; i += 1) await anna.posts(`Place ${i} of ${anna.handle}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const middle = tab.crud(`Place 9 of ${anna.handle}`)
  await middle.getByRole('link', { name: 'Open,' }).scrollIntoViewIfNeeded()
  const before = await scrollTop(tab)
  expect(before).toBeGreaterThan(400)

  await opensCrud(tab, `Place 9 of ${anna.handle}`)
  expect(await scrollTop(tab)).toBe(0)
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  await expect.poll(() => scrollTop(tab)).toBe(before)
})

test('a navigation moves the focus and announces the title', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  await ben.posts(`First of ${ben.handle}`)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  await tab.page.locator('dialog').waitFor({ state: 'attached' })

  // A new page: the heading gets the focus.
  const open = tab.crud(`First of ${ben.handle}`).getByRole('link', { name: 'Open,' })
  await open.click()
  await seesFocus(tab.heading('Crud'))
  await expect.poll(() => lastAnnouncement(tab)).toBe('A crud by Ben · Cruddur')
  await tab.goesTo('Notifications')
  await seesFocus(tab.heading('Notifications'))
  await expect.poll(() => lastAnnouncement(tab)).toBe('')

  // Back: the focus returns to the link.
  await tab.page.goBack()
  await tab.page.goBack()
  await seesFocus(open)
  await expect.poll(() => lastAnnouncement(tab)).toBe('Everyone · Cruddur')

  // A tab of the same page: the focus stays, the name is announced.
  await tab.follows('Last light')
  await expect.poll(() => lastAnnouncement(tab)).toBe('Last light · Cruddur')
  expect(await focusedName(tab)).toBe('Last light')

  // A link to a part of a page: that part gets the focus.
  await tab.goesTo('Settings')
  await seesFocus(tab.heading('Settings'))
  await tab.page.goBack()
  await tab.page.goBack()
  await expect.poll(() => lastAnnouncement(tab)).toBe('Everyone · Cruddur')
  await tab.crud(`First of ${ben.handle}`).getByRole('link', { name: 'Reply' }).click()
  await seesFocus(tab.field('Your reply'))

  // The form over the page gets it as well.
  await tab.goesTo('Crud')
  await seesFocus(tab.page.getByRole('dialog', { name: 'New crud' }).getByRole('textbox', { name: 'Your crud' }))
})

const numbers = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => `Number ${from - i}.`)
const shownNumbers = (tab: Tab) => tab.main.getByText(/^Number \d+\.$/).allTextContents()

test('with script, scrolling down loads older cruds', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 1; i <= 45; i += 1) await anna.posts(`Number ${i}.`)
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  expect((await shownNumbers(tab)).slice(0, 20)).toEqual(numbers(45, 26))
  await tab.crud('Number 26.').scrollIntoViewIfNeeded()
  await expect.poll(async () => (await shownNumbers(tab)).slice(0, 40)).toEqual(numbers(45, 6))
  await tab.crud('Number 6.').scrollIntoViewIfNeeded()
  await expect.poll(() => shownNumbers(tab)).toEqual(numbers(45, 1))
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Older cruds' }))
})

test('without script, older cruds are on further pages, and Back leads to the newer ones', async () => {
  const anna = await site.actors.join('anna')
  for (let i = 1; i <= 45; i += 1) await anna.posts(`Number ${i}.`)
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  await tab.visits(`/@${anna.handle}`)
  expect(await shownNumbers(tab)).toEqual(numbers(45, 26))
  await tab.follows('Older cruds')
  await expect.poll(() => shownNumbers(tab)).toEqual(numbers(25, 6))
  await tab.follows('Older cruds')
  await expect.poll(() => shownNumbers(tab)).toEqual(numbers(5, 1))
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Older cruds' }))
  await tab.page.goBack()
  await expect.poll(() => shownNumbers(tab)).toEqual(numbers(25, 6))
})

const scrollTop = (tab: Tab) => tab.page.evaluate(() => Math.round(window.scrollY))
