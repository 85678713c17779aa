import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

// A tab that was left open over a deploy: the modules that it has not fetched yet are gone from the edge.

const site = await openSite()
const browser = await openBrowser(site)
const anna = await site.actors.join('anna')
const ben = await site.actors.join('ben')

/** Opens a page, and waits for what is fetched after it. */
async function opensLongAgo(tab: Tab, path: string): Promise<void> {
  await fetchedAfter(tab, () => tab.opens(path))
}

async function fetchedAfter(tab: Tab, opens: () => Promise<unknown>): Promise<void> {
  const kept = ['prefetch', 'leave-app', 'page-error', 'root-error', 'all-sentences'].map((name) =>
    tab.page.waitForResponse(new RegExp(`/assets/${name}-`)),
  )
  await Promise.all([...kept, opens()])
}

/** From now on the edge has no such file; `always`: not even for a document of now. Resolves to the documents asked for. */
async function deploysWithout(tab: Tab, module: string, { always = false } = {}): Promise<string[]> {
  const documents: string[] = []
  tab.expects(404)
  await tab.page.route(new RegExp(`/assets/${module}-`), async (route) => {
    if (documents.length > 0 && !always) await route.continue()
    else await route.fulfill({ status: 404, body: 'Not found\n' })
  })
  tab.page.on('request', (request) => {
    if (request.isNavigationRequest()) documents.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  return documents
}

test('a link leads on by a document, once, and the page goes on with script', async () => {
  const tab = await browser.tab({ as: anna })
  await opensLongAgo(tab, '/')
  const documents = await deploysWithout(tab, 'profile')
  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.waitsForHydration()
  expect(documents).toEqual([`GET /@${anna.handle}`])
  await navLink(tab, 'Home').click()
  await tab.sees(tab.field('Your crud'))
  expect(documents).toHaveLength(1)
})

test('a module that is gone for good leaves a page that works without script', async () => {
  const tab = await browser.tab({ as: anna })
  await opensLongAgo(tab, '/')
  const documents = await deploysWithout(tab, 'about', { always: true })
  tab.expectsError(/dynamically imported module/)
  await tab.page.getByRole('link', { name: 'About', exact: true }).click()
  await tab.sees(tab.heading('About'))
  await tab.page.waitForLoadState('networkidle')
  expect(documents).toEqual(['GET /about'])
  await navLink(tab, 'Home').click()
  await tab.sees(tab.field('Your crud'))
  await tab.waitsForHydration()
  expect(documents).toEqual(['GET /about', 'GET /'])
})

test('Back leads to a page whose module is gone', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.opens('/privacy-policy')
  await tab.page.getByRole('link', { name: 'About', exact: true }).click()
  await tab.sees(tab.heading('About'))
  await fetchedAfter(tab, () => tab.page.reload())
  await tab.waitsForHydration()
  const documents = await deploysWithout(tab, 'privacy-policy')
  await tab.page.goBack()
  await tab.sees(tab.heading('Privacy policy'))
  await tab.waitsForHydration()
  expect(documents).toEqual(['GET /privacy-policy'])
})

test('a form is sent as a document, with all that it holds', async () => {
  const tab = await browser.tab({ as: anna })
  await opensLongAgo(tab, `/@${ben.handle}`)
  const documents = await deploysWithout(tab, 'mute')
  await tab.main.getByLabel(`More about @${ben.handle}`).click()
  await tab.presses('For 1 day')
  await expect.poll(() => documents).toEqual([`POST /@${ben.handle}/mute`, `GET /@${ben.handle}`])
  await tab.waitsForHydration()
  const [muted] = await site.db.sql<{ ends: boolean }>(
    `select ends_at between now() + interval '23 hours' and now() + interval '24 hours' as ends
     from mutes where muted_uuid = (select uuid from users where handle = $1)`,
    [ben.handle],
  )
  expect(muted).toEqual({ ends: true })
})

test('a part of a page that is gone leaves the page, and what is typed there', async () => {
  const tab = await browser.tab({ as: anna })
  await opensLongAgo(tab, '/')
  const documents = await deploysWithout(tab, 'Completion')
  const message = `Still here, @${ben.handle}`
  const gone = tab.page.waitForResponse(/\/assets\/Completion-/)
  await tab.field('Your crud').focus()
  await gone
  await tab.page.keyboard.type(message)
  await tab.presses('Crud')
  await tab.sees(tab.crud(message))
  expect(documents).toEqual([])
})

test('where the site cannot be reached at all, the app stays and says so', async () => {
  const tab = await browser.tab({ as: anna })
  await opensLongAgo(tab, '/')
  await tab.page.route(/\/assets\/settings-|\/api\//, (route) => route.abort('connectionaborted'))
  tab.expectsError(/ERR_CONNECTION_ABORTED/)
  await navLink(tab, 'Settings').click()
  await tab.sees(tab.heading('Out of reach'))
  await tab.page.unroute(/\/assets\/settings-|\/api\//)
  await navLink(tab, 'Home').click()
  await tab.sees(tab.field('Your crud'))
})
