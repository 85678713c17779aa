import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, lists, posts, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import { expireActivities, runCron } from '../../support/actors/many-users.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite()
const { db, actors } = site

/** `secret` is what must not remain; the others lead to it. */
type Words = { secret: string; other: string; tag: string }

async function scene() {
  const [anna, ben, cleo, dora] = await Promise.all(['anna', 'ben', 'cleo', 'dora'].map((name) => actors.join(name)))
  if (!anna || !ben || !cleo || !dora) throw new Error('nobody came')
  const [secret, other, tag] = ['secret', 'other', 'tag'].map((word) => `${word}${crypto.randomUUID().slice(0, 8)}`)
  const words: Words = { secret: secret ?? '', other: other ?? '', tag: tag ?? '' }
  await Promise.all([follows(ben, anna), follows(cleo, ben), follows(anna, ben)])
  const crud = await posts(anna, `${secret} ${other} #${tag} @${cleo.handle}`)
  const reply = await replies(ben, crud, `${secret} ${other} #${tag} @${dora.handle}`)
  const below = await replies(cleo, reply, `${secret} ${other} #${tag} @${anna.handle}`)
  for (const who of [ben, cleo]) {
    await likes(who, crud)
    await reposts(who, crud)
    await likes(who, reply)
  }
  const key = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  const body = JSON.stringify({ message: `${secret} once more #${tag}`, ttl: '1-hour' })
  const keyed = (await anna.send('POST', '/api/activities', key, body)).body
  const stays = await posts(anna, 'stays')
  const { message_group_uuid: group } = await sendsMessage(anna, ben, 'psst')
  await runCron(site)
  const uuids = [crud.uuid, reply.uuid, below.uuid, keyed.uuid, stays.uuid]
  const handles = [anna, ben, cleo].map(({ handle }) => handle)
  const places: RouteParams = { handles, uuids, groups: [group], tag: words.tag, term: words.other }
  // A page takes longer than an answer.
  const fewer: RouteParams = { ...places, uuids: uuids.slice(0, 2), handles: handles.slice(0, 2) }
  const viewers: Client[] = [anna, ben, cleo, dora, actors.visitor()]
  return { anna, crud, keyed, uuids: uuids.slice(0, 4), words, places, fewer, viewers }
}

type Scene = Awaited<ReturnType<typeof scene>>

/** The patterns of those addresses whose answer has the secret, as any of the viewers. */
async function showing(patterns: string[], { words, places, viewers, fewer }: Scene, page: boolean): Promise<string[]> {
  const found = new Set<string>()
  for (const pattern of patterns) {
    for (const path of expandPaths(pattern, page ? fewer : places)) {
      const asked = await Promise.all(viewers.map((viewer) => (page ? viewer.visits(path) : viewer.get(path))))
      for (const { status, text } of asked) {
        expect(status, `${path}\n${text}`).toBeLessThan(500)
        if (text.includes(words.secret) || (text.includes(words.tag) && !path.includes(words.tag))) found.add(pattern)
      }
    }
  }
  return [...found].sort()
}

describe('a crud whose end has passed', () => {
  test('is in no answer and on no page before it is swept, and in no table after', { timeout: 240_000 }, async () => {
    const made = await scene()
    const needles = [made.words.secret, made.words.tag, ...made.uuids]
    const notifications = await db.sql<{ uuid: string }>(
      'select uuid from notifications where activity_uuid = any($1::uuid[])',
      [made.uuids],
    )
    // It was everywhere: else its absence would say nothing.
    expect(await showing(READS, made, false)).toEqual([
      '/api/activities/:uuid',
      '/api/activities/:uuid/replies',
      '/api/activities/everyone',
      '/api/activities/home',
      '/api/activities/last-light',
      '/api/activities/search',
      '/api/notifications',
      '/api/profile/export',
      '/api/tags/:tag',
      '/api/tags/trending',
      '/api/users/:at_handle/activities',
    ])
    const pages = await showing(PAGES, made, true)
    expect(pages).toEqual(
      expect.arrayContaining([
        '/',
        '/:at_handle',
        '/:at_handle/status/:uuid',
        '/search',
        '/tags/:tag',
        '/notifications',
      ]),
    )
    expect(Object.keys(await findTextInTables(db, needles))).toEqual([
      'activities',
      'activity_tags',
      'feed_items',
      'idempotency_keys',
      'likes',
      'mentions',
      'notifications',
      'reposts',
      'trending_tags',
    ])

    await expireActivities(db, made.crud.uuid, made.keyed.uuid)
    expect(await showing(READS, made, false)).toEqual([])
    expect(await showing(PAGES, made, true)).toEqual([])
    for (const viewer of made.viewers) {
      expect(await lists(viewer, `/api/users/search?term=${made.anna.handle}`)).toHaveLength(1)
    }

    await runCron(site)
    expect(await findTextInTables(db, [...needles, ...notifications.map(({ uuid }) => uuid)])).toEqual({})
  })
})
