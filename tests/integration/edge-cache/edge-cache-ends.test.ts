import { expect, test } from 'vitest'
import { CACHEABLE_ROUTES } from '../../../worker/edge-cache/cacheable-routes.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, posts, replies, reposts } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'
import { maxLifetimeOf } from '../../support/assertions/cached-response.ts'
import { expandPaths } from '../../support/fixtures/request-paths.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { db, actors } = site

/** How long the crawl goes on, in seconds: past the end of all that burns down in it. */
const ENDS = { below: 3, reply: 4.5, crud: 6 }
const CRAWL = 8_000

/** The seconds that the page's own fuses say are left, by crud. */
function fusesOf(html: string): Map<string, number> {
  const age = Number(/--age:(\d+)/.exec(html)?.[1])
  const cruds = html.matchAll(/<article class="crud[^"]*" id="([^"]+)" style="--life:([\d.]+);--elapsed:([-\d.]+)/g)
  return new Map([...cruds].map(([, uuid = '', life, elapsed]) => [uuid, Number(life) - Number(elapsed) - age]))
}

test('no answer outlives anything that it shows, however it was come by, and its fuses are right to the second', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const tag = `tag${crypto.randomUUID().slice(0, 8)}`
  const term = `term${crypto.randomUUID().slice(0, 8)}`
  await follows(ben, anna)
  const stays = await posts(anna, 'stays')
  const crud = await posts(anna, `${term} #${tag}`)
  const reply = await replies(ben, crud, `${term} #${tag}`)
  const below = await replies(anna, reply, `${term} #${tag}`)
  for (const { uuid } of [crud, reply]) {
    await likes(ben, { uuid })
    await reposts(ben, { uuid })
  }
  const start = Date.now()
  // Postgres runs on this machine, so its clock is ours.
  const ends = new Map([[stays.uuid, Date.parse(stays.expires_at)]])
  for (const [{ uuid }, seconds] of [
    [below, ENDS.below],
    [reply, ENDS.reply],
    [crud, ENDS.crud],
  ] as const) {
    ends.set(uuid, start + seconds * 1_000)
    const [created, ended] = [start - 3_600_000, start + seconds * 1_000].map((ms) => new Date(ms).toISOString())
    await db.sql('update activities set created_at = $2, expires_at = $3 where uuid = $1', [uuid, created, ended])
  }
  const uuids = [...ends.keys()]
  const places = {
    handles: [anna.handle],
    uuids: [crud.uuid, reply.uuid, below.uuid],
    groups: [],
    tag,
    term,
  }
  const paths = Object.keys(CACHEABLE_ROUTES).flatMap((route) => expandPaths(route, places))

  /** Held against what was true when the request set out: whatever it shows had no more time than that. */
  function check(path: string, { text, ...answer }: Answer, sent: number, received: number): string[] {
    const shown = uuids.filter((uuid) => text.includes(uuid) && !path.includes(uuid))
    const [, own] = answer.status === 200 ? (/\/(?:status|activities)\/([0-9a-f-]{36})/.exec(path) ?? []) : []
    for (const uuid of own ? [...shown, own] : shown) {
      const left = ((ends.get(uuid) ?? 0) - sent) / 1_000
      expect(left, `${path} shows what has ended`).toBeGreaterThan(0)
      // Never in its last second.
      if (maxLifetimeOf(answer) > 0) expect(maxLifetimeOf(answer) + 1, path).toBeLessThanOrEqual(left)
    }
    for (const [uuid, left] of fusesOf(text)) {
      expect(left, `${path} burns too long`).toBeLessThanOrEqual(((ends.get(uuid) ?? 0) - sent) / 1_000 + 0.002)
      expect(left, `${path} burns too short`).toBeGreaterThan(((ends.get(uuid) ?? 0) - received) / 1_000 - 1.5)
    }
    if (text.includes(term) && !path.includes(term)) expect(sent, path).toBeLessThan(ends.get(crud.uuid) ?? 0)
    return shown
  }

  const seen = new Set<string>()
  let copies = 0
  while (Date.now() < start + CRAWL) {
    // Each twice, the second time right after the first: that is a copy, where there may be one.
    for (const path of paths.flatMap((path) => [path, path])) {
      const sent = Date.now()
      const answer = await actors.visitor().visits(path)
      for (const uuid of check(path, answer, sent, Date.now())) seen.add(uuid)
      if (answer.status === 200 && answer.headers.get('server-timing')?.includes('desc="0"')) copies += 1
    }
  }
  // It was there, and much of it came from copies: else the above would say nothing.
  expect(seen.size).toBe(4)
  expect(copies).toBeGreaterThan(paths.length / 2)
})
