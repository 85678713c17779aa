import { expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, reposts } from '../../support/actors/actions.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { expandPaths, PAGES, READS } from '../../support/fixtures/request-paths.ts'

// The cron does not run here: nothing removes objects.

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' }, liftLimits: true })
const { actors, db } = site

test('at the expiry every address of an image answers 410, before any sweep', { timeout: 180_000 }, async () => {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  await follows(ben, anna)
  const tag = `tag${crypto.randomUUID().slice(0, 8)}`
  const root = await postsWithImages(anna, 4, { message: `about #${tag}` })
  const path = `/api/activities/${root.uuid}/replies`
  const reply = await postsWithImages(ben, 1, { message: `below #${tag}` }, { path })
  await likes(ben, root)
  await reposts(ben, root)
  const params = { handles: [anna.handle], uuids: [root.uuid], groups: [], tag, term: 'harbour' }
  const routes = [...PAGES, ...READS].filter((route) => route !== '/signout')
  const paths = routes.flatMap((route) => expandPaths(route, params))

  /** Collects the addresses of all images in all answers. */
  async function crawl(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>()
    const viewers: Client[] = [actors.visitor(), anna, ben]
    for (const each of paths) {
      for (const { text } of await Promise.all(viewers.map((who) => who.visits(each)))) {
        for (const [url] of text.matchAll(/\/media\/images\/[\w-]+\/\d+\/[\w-]+/g))
          found.set(url, [...(found.get(url) ?? []), each])
      }
    }
    return found
  }

  const startedAt = Date.now()
  for (let i = 0; i < 10; i += 1) await actors.visitor().visits(`/search?term=${crypto.randomUUID()}`)
  const perRequest = (Date.now() - startedAt) / 10
  // Enough time for a crawl on this machine. Postgres runs on it too, so its clock is ours.
  const expiresAt = Date.now() + 5_000 + Math.ceil(3 * paths.length * perRequest)
  await db.sql('update activities set expires_at = $2 where uuid = any($1::uuid[])', [
    [root.uuid, reply.uuid],
    new Date(expiresAt).toISOString(),
  ])
  const addresses = await crawl()
  const urls = [...addresses.keys()].filter((url) => url.split('/')[4] === String(expiresAt))
  expect(urls).toHaveLength(5)
  expect(new Set(urls.flatMap((url) => addresses.get(url) ?? [])).size).toBeGreaterThan(10)
  const visitor = actors.visitor()
  const etags = await Promise.all(urls.map(async (url) => (await visitor.get(url)).headers.get('etag') ?? ''))
  for (const etag of etags) expect(etag).toMatch(/"/)

  await expect.poll(() => Date.now(), { timeout: 120_000, interval: 1 }).toBeGreaterThanOrEqual(expiresAt)
  const conditions = [{}, { range: 'bytes=0-9' }, { 'if-none-match': etags[0] ?? '' }, { 'if-none-match': '*' }]
  for (const url of urls) {
    for (const headers of conditions) expect((await visitor.get(url, headers)).status, url).toBe(410)
    expect((await visitor.send('HEAD', url)).status).toBe(410)
  }
  for (const [url, shownOn] of await crawl()) expect.fail(`${url} on ${shownOn}`)
  expect((await site.workerd.listKeys('AVATARS')).filter((key) => key.startsWith('images/'))).toHaveLength(5)
})
