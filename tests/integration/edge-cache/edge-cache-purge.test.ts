import { describe, expect, test } from 'vitest'
import { CACHEABLE_ROUTES } from '../../../worker/edge-cache/cacheable-routes.ts'
import { urlsShowing } from '../../../worker/edge-cache/purge.ts'
import { openSite } from '../../harness/site.ts'
import { likes, posts, reposts } from '../../support/actors/actions.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { moderators } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { expandPaths, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' }, liftLimits: true })
const { actors } = site
const [judge] = await moderators(site, 'judge')

const visit = (paths: string[]) =>
  Promise.all(paths.map(async (path) => ({ path, ...(await actors.visitor().visits(path)) })))

/** Requests a path until the answer is a cache hit; an older entry may just have expired. */
async function warmUp(path: string): Promise<void> {
  const serverTiming = async () => expectStatus(await actors.visitor().visits(path), 200).headers.get('server-timing')
  await expect.poll(serverTiming, { message: path }).toContain('desc="0"')
}

const below = ({ uuid }: { uuid: string }) => ({ path: `/api/activities/${uuid}/replies` })

/** Makes a thread of three, whose middle activity is to be deleted, and caches every path that shows it. */
async function makePurgeFixture() {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const [word, tag, tagBelow] = ['word', 'tag', 'Étiquette'].map((name) => `${name}${crypto.randomUUID().slice(0, 8)}`)
  const root = await posts(ben, 'the root, which stays')
  const activity = await postsWithImages(anna, 4, { message: `${word} #${tag}` }, below(root))
  const reply = await postsWithImages(ben, 4, { message: `${word} below #${tagBelow}` }, below(activity))
  await likes(ben, activity)
  await reposts(ben, activity)
  const urls = urlsShowing([
    { uuid: activity.uuid, handle: anna.handle, is_deleted: true, tags: [tag ?? ''], images_count: 4 },
    { uuid: reply.uuid, handle: ben.handle, is_deleted: true, tags: [tagBelow?.toLowerCase() ?? ''], images_count: 4 },
    { uuid: root.uuid, handle: ben.handle, is_deleted: false, tags: [], images_count: 0 },
  ])
  const page = `/@${anna.handle}/status/${activity.uuid}`
  const paths = [...urls, page.toUpperCase().replace('/STATUS/', '/status/')]
  await Promise.all(paths.map(warmUp))
  const params: RouteParams = {
    handles: [anna.handle, ben.handle],
    uuids: [root.uuid, activity.uuid, reply.uuid],
    groups: [],
    tag: tag ?? '',
    term: '',
  }
  return { anna, word: word ?? '', root, activity, page, paths, params }
}

/** Visits every path that the edge caches, except searches, which are never purged. Returns the paths whose page contains a word. */
async function cacheablePathsWith(word: string, params: RouteParams): Promise<string[]> {
  const routes = Object.keys(CACHEABLE_ROUTES).filter((route) => !route.includes('search'))
  const visited = await visit(routes.flatMap((route) => expandPaths(route, params)))
  return visited.flatMap(({ path, text }) => (withoutSidebar(text).includes(word) ? [path] : []))
}

/** The text of an answer but the sidebar, which may be as old as its page. */
const withoutSidebar = (text: string) => text.replace(/<aside class="sidebar".*?<\/aside>/s, '')

/** Expects that none of the paths shows a word any more, nor fails. */
async function expectPurged(paths: string[], word: string): Promise<void> {
  for (const { path, status, text } of await visit(paths)) {
    expect([200, 410], path).toContain(status)
    expect(text, path).not.toContain(word)
  }
}

test('a deletion purges every cached path that showed the activity', async () => {
  const { anna, word, root, activity, paths, params } = await makePurgeFixture()
  const shown = await cacheablePathsWith(word, params)
  expect(shown.length).toBeGreaterThan(20)
  await anna.deletes(activity)
  expect(await cacheablePathsWith(word, params)).toEqual([])
  await expectPurged(paths, word)
  expect((await actors.visitor().get(`/api/activities/${root.uuid}`)).body.replies_count).toBe(0)
})

test('the tag named "trending" has its own cache entries', async () => {
  const anna = await actors.join()
  const activity = await posts(anna, 'a moment on #trending')
  const read = async () => (await actors.visitor().get('/api/tags/Trending')).body.data
  for (const path of ['/tags/trending', '/api/tags/Trending', '/api/tags/trending']) await warmUp(path)
  expect(await read()).toMatchObject([{ uuid: activity.uuid }])
  await anna.deletes(activity)
  expect(await read()).toEqual([])
  expect(expectStatus(await actors.visitor().visits('/tags/trending'), 200).text).not.toContain('a moment on')
})

test('a deletion by form purges them too', async () => {
  const { anna, word, page, paths } = await makePurgeFixture()
  expectStatus(await anna.submits(`${page}/put-out`, {}), 303)
  await expectPurged(paths, word)
})

test('a rewrite purges them too', async () => {
  const { anna, word, root, page, paths } = await makePurgeFixture()
  expectStatus(await anna.submits(`${page}/rewrite`, { message: 'said otherwise' }), 303)
  await expectPurged(
    paths.filter((path) => !path.toLowerCase().startsWith(page.toLowerCase())),
    word,
  )
  const { text } = await actors.visitor().visits(`/@${root.user.handle}/status/${root.uuid}`)
  expect(text).toContain('said otherwise')
})

describe('a moderator’s decision', () => {
  /** Cached pages of a reported activity, and how to decide about it. */
  async function makeDecisionFixture() {
    const made = await makePurgeFixture()
    const report = await reports(await actors.join('dora'), made.activity)
    return { ...made, report, path: `/api/moderation/reports/${report.uuid}` }
  }

  test('to delete purges every cached path that showed it', async () => {
    const { report, word, paths } = await makeDecisionFixture()
    await decides(judge, report, { action: 'delete' })
    await expectPurged(paths, word)
  })

  test('to warn puts the warning over it at once, and undoing it takes the warning away', async () => {
    const { report, activity, page, path } = await makeDecisionFixture()
    const shown = async () => (await actors.visitor().get(`/api/activities/${activity.uuid}`)).body.warning
    expect(await shown()).toBeNull()
    await decides(judge, report, { action: 'warn', warning: 'spiders' })
    expect(await shown()).toBe('spiders')
    for (const at of [page, `/@${activity.user.handle}?tab=replies`]) {
      expect((await actors.visitor().visits(at)).text, at).toContain('spiders')
    }
    expectStatus(await judge.post(`${path}/undo`, {}), 204)
    expect(await shown()).toBeNull()
    expect(expectStatus(await actors.visitor().visits(page), 200).text).not.toContain('spiders')
  })

  test('to suspend hides profile, cruds and reactions at once; a reversal on appeal shows them again', async () => {
    const { anna, report, word, root, page, path } = await makeDecisionFixture()
    const own = [`/@${anna.handle}`, `/@${anna.handle}/followers`, `/api/users/@${anna.handle}/short`]
    const feeds = ['/', '/?feed=everyone', '/?feed=last-light', '/api/activities/everyone']
    const lone = await anna.posts(`${word} alone`)
    await Promise.all([...own, ...feeds, page, `/@${anna.handle}/status/${lone.uuid}`].map(warmUp))
    await decides(judge, report, { action: 'suspend' })
    for (const { path: at, status } of await visit(own)) expect(status, at).toBe(404)
    await expectPurged(feeds, anna.handle)
    for (const at of [page, `/@${anna.handle}/status/${lone.uuid}`]) {
      expectStatus(await actors.visitor().visits(at), 410)
    }
    await expectPurged([`/@${root.user.handle}/status/${root.uuid}`], word)

    expectStatus(await anna.post(`/api/statements/${await statementOf(anna)}/appeal`, { text: 'why' }), 201)
    expectStatus(await judge.post(`${path}/appeal`, { decision: 'reversed', answer: 'Sorry.' }), 204)
    for (const { path: at, status } of await visit([...own, page])) expect(status, at).toBe(200)
  })
})

test('deleting the account purges the user’s pages and the feeds', async () => {
  const { anna, page, paths } = await makePurgeFixture()
  const own = [`/@${anna.handle}`, `/@${anna.handle}/followers`, `/api/users/@${anna.handle}/short`]
  await Promise.all(own.map(warmUp))
  expectStatus(await anna.deletesAccount(), 204)
  for (const { path, status } of await visit(own)) expect(status, path).toBe(404)
  expectStatus(await actors.visitor().visits(page), 410)
  const feeds = ['/', '/?feed=everyone', '/?feed=last-light', '/api/activities/everyone', '/api/activities/last-light']
  const lists = paths.filter((path) => feeds.includes(path) || path.startsWith('/tags/tag'))
  expect(lists).toHaveLength(feeds.length + 1)
  await expectPurged(lists, anna.handle)
})
