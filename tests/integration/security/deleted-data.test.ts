import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, lists, posts, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { expireActivities, runCron } from '../../support/actors/many-users.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite()
const { db, actors } = site

/** `secret` must not remain; the others find it. */
type Words = { secret: string; other: string; tag: string }

/** Makes activities with the secret that every kind of list, page and table contains. */
async function makeSecretFixture() {
  const [anna, ben, cleo, dora] = await Promise.all(['anna', 'ben', 'cleo', 'dora'].map((name) => actors.join(name)))
  if (!anna || !ben || !cleo || !dora) throw new Error('missing actor')
  const [secret, other, tag] = ['secret', 'other', 'tag'].map((word) => `${word}${crypto.randomUUID().slice(0, 8)}`)
  const words: Words = { secret: secret ?? '', other: other ?? '', tag: tag ?? '' }
  await Promise.all([follows(ben, anna), follows(cleo, ben), follows(anna, ben)])
  const message = `${secret} ${other} #${tag} @${cleo.handle}`
  const activity = await postsWithImages(anna, 1, { message }, { alt: `${secret} in a picture` })
  const reply = await replies(ben, activity, `${secret} ${other} #${tag} @${dora.handle}`)
  const nested = await replies(cleo, reply, `${secret} ${other} #${tag} @${anna.handle}`)
  for (const who of [ben, cleo]) {
    await likes(who, activity)
    await reposts(who, activity)
    await likes(who, reply)
  }
  const key = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  const body = JSON.stringify({ message: `${secret} once more #${tag}`, ttl: '1-hour' })
  const withKey = (await anna.send('POST', '/api/activities', key, body)).body
  const lasting = await posts(anna, 'stays')
  const { message_group_uuid: group } = await sendsMessage(anna, ben, 'psst')
  await runCron(site)
  const uuids = [activity.uuid, reply.uuid, nested.uuid, withKey.uuid, lasting.uuid]
  const handles = [anna, ben, cleo].map(({ handle }) => handle)
  const params: RouteParams = { handles, uuids, groups: [group], tag: words.tag, term: words.other }
  // Pages are slower than API answers, so they get fewer paths.
  const pageParams: RouteParams = { ...params, uuids: uuids.slice(0, 2), handles: handles.slice(0, 2) }
  const viewers: Client[] = [anna, ben, cleo, dora, actors.visitor()]
  return {
    anna,
    activity,
    withKey,
    uuids: uuids.slice(0, 4),
    words,
    params,
    pageParams,
    viewers,
  }
}

type SecretFixture = Awaited<ReturnType<typeof makeSecretFixture>>

/** The routes whose answers to one of the viewers contain the secret. */
async function routesWithSecret(
  patterns: string[],
  { words, params, viewers, pageParams }: SecretFixture,
  page: boolean,
): Promise<string[]> {
  const found = new Set<string>()
  for (const pattern of patterns) {
    for (const path of expandPaths(pattern, page ? pageParams : params)) {
      const answers = await Promise.all(viewers.map((viewer) => (page ? viewer.visits(path) : viewer.get(path))))
      for (const { status, text } of answers) {
        // Neither an error of ours nor the rate limit, which would hide everything.
        expect(status, `${path}\n${text}`).toBeLessThan(429)
        if (text.includes(words.secret) || (text.includes(words.tag) && !path.includes(words.tag))) found.add(pattern)
      }
    }
  }
  return [...found].sort()
}

describe('an expired activity', () => {
  test('is in no answer or page before the sweep, and in no table after it', { timeout: 240_000 }, async () => {
    const fixture = await makeSecretFixture()
    const needles = [fixture.words.secret, fixture.words.tag, ...fixture.uuids]
    const notifications = await db.sql<{ uuid: string }>(
      'select uuid from notifications where activity_uuid = any($1::uuid[])',
      [fixture.uuids],
    )
    // Checked before, since otherwise its absence would prove nothing.
    expect(await routesWithSecret(READS, fixture, false)).toEqual([
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
    const pages = await routesWithSecret(PAGES, fixture, true)
    expect(pages).toEqual(
      expect.arrayContaining([
        '/',
        '/:at_handle',
        '/:at_handle/status/:uuid',
        '/:at_handle/status/:uuid/photo/:n',
        '/search',
        '/tags/:tag',
        '/notifications',
      ]),
    )
    expect(Object.keys(await findTextInTables(db, needles))).toEqual([
      'activities',
      'activity_images',
      'activity_tags',
      'feed_items',
      'idempotency_keys',
      'likes',
      'mentions',
      'notifications',
      'reposts',
      'trending_tags',
    ])

    await expireActivities(db, fixture.activity.uuid, fixture.withKey.uuid)
    expect(await routesWithSecret(READS, fixture, false)).toEqual([])
    expect(await routesWithSecret(PAGES, fixture, true)).toEqual([])
    for (const viewer of fixture.viewers) {
      expect(await lists(viewer, `/api/users/search?term=${fixture.anna.handle}`)).toHaveLength(1)
    }

    await runCron(site)
    expect(await findTextInTables(db, [...needles, ...notifications.map(({ uuid }) => uuid)])).toEqual({})
  })
})
