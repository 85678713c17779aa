import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { countTrips } from '../../support/assertions/cached-response.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { actors } = site

const SAVE_DATA = { 'save-data': 'on' }
const hasImages = (html: string) => /<img [^>]*src="\/media\/images\//.test(html)

test('under Save-Data a page loads no image, and links to the page of each, which does', async () => {
  const anna = await actors.join('anna')
  const activity = await postsWithImages(anna, 2, { message: 'look' })
  const page = `/@${anna.handle}/status/${activity.uuid}`
  for (const who of [actors.visitor(), anna]) {
    for (const path of [page, '/?feed=everyone', `/@${anna.handle}`]) {
      const { text, headers } = expectStatus(await who.visits(path, SAVE_DATA), 200)
      expect(hasImages(text), path).toBe(false)
      expect(text).not.toMatch(/<link rel="preload" as="image"/)
      for (const n of [1, 2]) expect(text, path).toContain(`href="${page}/photo/${n}"`)
      expect(headers.get('vary'), path).toContain('Save-Data')
      expect(hasImages((await who.visits(path)).text), path).toBe(true)
    }
    expect(hasImages((await who.visits(`${page}/photo/2`, SAVE_DATA)).text)).toBe(true)
  }
})

test('the edge caches both versions of a page apart, and a deletion purges both', async () => {
  const anna = await actors.join('anna')
  const activity = await postsWithImages(anna, 1, { message: 'look' })
  const page = `/@${anna.handle}/status/${activity.uuid}`
  const visits = async (headers: Record<string, string> = {}) => {
    const { text, trips, headers: answered } = await countTrips(site, actors.visitor(), page, headers)
    expect(answered.get('vary')).toContain('Save-Data')
    return { trips, hasImages: hasImages(text) }
  }
  expect(await visits()).toEqual({ trips: 1, hasImages: true })
  expect(await visits(SAVE_DATA)).toEqual({ trips: 1, hasImages: false })
  expect(await visits()).toEqual({ trips: 0, hasImages: true })
  expect(await visits(SAVE_DATA)).toEqual({ trips: 0, hasImages: false })
  // Any other value asks for nothing.
  expect(await visits({ 'save-data': 'off' })).toEqual({ trips: 0, hasImages: true })
  await anna.deletes(activity)
  for (const headers of [{}, SAVE_DATA]) expectStatus(await actors.visitor().visits(page, headers), 410)
})
