import { expect, test } from 'vitest'
import { CACHEABLE_ROUTES } from '../../../worker/edge-cache/cacheable-routes.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, posts, replies, reposts } from '../../support/actors/actions.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { users } from '../../support/actors/many-users.ts'
import { maxLifetimeOf } from '../../support/assertions/cached-response.ts'
import { expandPaths } from '../../support/fixtures/request-paths.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { db, actors } = site

/** The seconds left according to the fuses of a page, by activity. */
function fuseSecondsOf(html: string): Map<string, number> {
  const age = Number(/--age:(\d+)/.exec(html)?.[1])
  const activities = html.matchAll(
    /<article class="activity[^"]*" id="([^"]+)" style="--ttl:([\d.]+);--elapsed:([-\d.]+)/g,
  )
  return new Map([...activities].map(([, uuid = '', life, elapsed]) => [uuid, Number(life) - Number(elapsed) - age]))
}

/** Duration of an uncached request on this machine, in ms. */
async function msPerRequest(): Promise<number> {
  const start = Date.now()
  for (let i = 0; i < 10; i += 1) await actors.visitor().visits(`/search?term=${crypto.randomUUID()}`)
  return (Date.now() - start) / 10
}

test('no cached answer outlives what it shows, and its fuses are right to the second', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const tag = `tag${crypto.randomUUID().slice(0, 8)}`
  const term = `term${crypto.randomUUID().slice(0, 8)}`
  await follows(ben, anna)
  const lasting = await posts(anna, 'stays')
  const activity = await postsWithImages(anna, 1, { message: `${term} #${tag}` })
  const reply = await replies(ben, activity, `${term} #${tag}`)
  const nested = await replies(anna, reply, `${term} #${tag}`)
  for (const { uuid } of [activity, reply]) {
    await likes(ben, { uuid })
    await reposts(ben, { uuid })
  }
  const params = { handles: [anna.handle], uuids: [activity.uuid, reply.uuid, nested.uuid], groups: [], tag, term }
  const paths = Object.keys(CACHEABLE_ROUTES).flatMap((route) => expandPaths(route, params))
  // Seconds between two expiries: this machine requests each path twice in that time.
  const step = Math.min(8, Math.max(1.5, (2 * paths.length * (await msPerRequest())) / 1_000))
  const start = Date.now()
  // Postgres runs on this machine, so its clock is ours.
  const ends = new Map([[lasting.uuid, Date.parse(lasting.expires_at)]])
  for (const [{ uuid }, seconds] of [
    [nested, 2 * step],
    [reply, 3 * step],
    [activity, 4 * step],
  ] as const) {
    ends.set(uuid, start + seconds * 1_000)
    const [created, ended] = [start - 3_600_000, start + seconds * 1_000].map((ms) => new Date(ms).toISOString())
    await db.sql('update activities set created_at = $2, expires_at = $3 where uuid = $1', [uuid, created, ended])
  }
  const uuids = [...ends.keys()]
  let fusesChecked = 0
  /** Checks an answer against the expiries at the time of its request; returns the uuids that it shows. */
  function check(path: string, { text, ...answer }: Answer, sent: number, received: number): string[] {
    const shown = uuids.filter((uuid) => text.includes(uuid) && !path.includes(uuid))
    const [, ownUuid] = answer.status === 200 ? (/\/(?:status|activities)\/([0-9a-f-]{36})/.exec(path) ?? []) : []
    for (const uuid of ownUuid ? [...shown, ownUuid] : shown) {
      const left = ((ends.get(uuid) ?? 0) - sent) / 1_000
      expect(left, `${path} shows an expired activity`).toBeGreaterThan(0)
      // Not cacheable in the last second.
      if (maxLifetimeOf(answer) > 0) expect(maxLifetimeOf(answer) + 1, path).toBeLessThanOrEqual(left)
    }
    const fuses = fuseSecondsOf(text)
    fusesChecked += fuses.size
    for (const [uuid, left] of fuses) {
      expect(left, `the fuse on ${path} is too long`).toBeLessThanOrEqual(
        ((ends.get(uuid) ?? 0) - sent) / 1_000 + 0.002,
      )
      expect(left, `the fuse on ${path} is too short`).toBeGreaterThan(((ends.get(uuid) ?? 0) - received) / 1_000 - 1.5)
    }
    if (text.includes(term) && !path.includes(term)) expect(sent, path).toBeLessThan(ends.get(activity.uuid) ?? 0)
    return shown
  }

  const seen = new Set<string>()
  let hits = 0
  while (Date.now() < start + 5.5 * step * 1_000) {
    // Each path twice in a row: the second request is a hit, if the path is cacheable.
    for (const path of paths.flatMap((path) => [path, path])) {
      const sent = Date.now()
      const answer = await actors.visitor().visits(path)
      for (const uuid of check(path, answer, sent, Date.now())) seen.add(uuid)
      if (answer.status === 200 && answer.headers.get('server-timing')?.includes('desc="0"')) hits += 1
    }
  }
  // Otherwise the checks above would prove nothing.
  expect(seen.size).toBe(4)
  expect(fusesChecked).toBeGreaterThan(paths.length)
  expect(hits).toBeGreaterThan(paths.length / 2)
})
