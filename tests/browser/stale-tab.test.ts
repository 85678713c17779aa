import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

// A tab that stayed open during a deploy: chunks that it has not loaded yet are gone from the edge.

const site = await openSite()
const browser = await openBrowser(site)
const anna = await site.actors.join('anna')
const ben = await site.actors.join('ben')

/** Opens a page, and waits for the chunks that it loads by itself. */
async function opensFully(tab: Tab, path: string): Promise<void> {
  await tab.opens(path)
  await waitsForChunks(tab)
}

async function waitsForChunks(tab: Tab): Promise<void> {
  const chunks = ['prefetch', 'document-fallback', 'page-error', 'root-error', 'error-messages']
  await tab.page.waitForFunction((names) => {
    const loaded = performance.getEntriesByType('resource')
    return names.every((name) => loaded.some((entry) => entry.name.includes(`/assets/${name}-`)))
  }, chunks)
}

/**
 * Answers 404 for a chunk until a document is requested, or `always`. Returns the list of requested documents, which
 * grows.
 */
async function removeChunk(tab: Tab, module: string, { always = false } = {}): Promise<string[]> {
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

test('a link to a page whose chunk is gone loads one document, and script works on', async () => {
  const tab = await browser.tab({ as: anna })
  await opensFully(tab, '/')
  const documents = await removeChunk(tab, 'profile')
  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.waitsForHydration()
  expect(documents).toEqual([`GET /@${anna.handle}`])
  await navLink(tab, 'Home').click()
  await tab.sees(tab.field('Your crud'))
  expect(documents).toHaveLength(1)
})

test('a chunk that stays missing leaves a page that works without script', async () => {
  const tab = await browser.tab({ as: anna })
  await opensFully(tab, '/')
  const documents = await removeChunk(tab, 'about', { always: true })
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

test('Back to a page whose chunk is gone loads its document', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.opens('/privacy-policy')
  await tab.page.getByRole('link', { name: 'About', exact: true }).click()
  await tab.sees(tab.heading('About'))
  await tab.page.reload()
  await tab.waitsForHydration()
  await waitsForChunks(tab)
  const documents = await removeChunk(tab, 'privacy-policy')
  await tab.page.goBack()
  await tab.sees(tab.heading('Privacy policy'))
  await tab.waitsForHydration()
  expect(documents).toEqual(['GET /privacy-policy'])
})

test('a form whose chunk is gone is sent as a document with all its fields', async () => {
  const tab = await browser.tab({ as: anna })
  await opensFully(tab, `/@${ben.handle}`)
  const documents = await removeChunk(tab, 'mute')
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

test('a missing chunk of an optional part leaves the page and the typed text', async () => {
  const tab = await browser.tab({ as: anna })
  await opensFully(tab, '/')
  const documents = await removeChunk(tab, 'Completion')
  const message = `Still here, @${ben.handle}`
  const missing = tab.page.waitForResponse(/\/assets\/Completion-/)
  await tab.field('Your crud').focus()
  await missing
  await tab.page.keyboard.type(message)
  await tab.presses('Crud')
  await tab.sees(tab.crud(message))
  expect(documents).toEqual([])
})

test('when the site cannot be reached at all, the app stays and shows an error', async () => {
  const tab = await browser.tab({ as: anna })
  await opensFully(tab, '/')
  await tab.page.route(/\/assets\/settings-|\/api\//, (route) => route.abort('connectionaborted'))
  tab.expectsError(/ERR_CONNECTION_ABORTED/)
  await navLink(tab, 'Settings').click()
  await tab.sees(tab.heading('Out of reach'))
  await tab.page.unroute(/\/assets\/settings-|\/api\//)
  await navLink(tab, 'Home').click()
  await tab.sees(tab.field('Your crud'))
})
