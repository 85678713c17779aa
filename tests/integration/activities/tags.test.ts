import { describe, expect, test } from 'vitest'
import { rankTagsFunction } from '../../../worker/models/search.ts'
import { openSite } from '../../harness/site.ts'
import {
  blocks,
  deletes,
  follows,
  handlesIn,
  lists,
  mutes,
  posts,
  replies,
  rewrites,
  unfollows,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { expireActivities, manyUsers, runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const uniqueTag = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
const tagPath = (tag: string) => `/api/tags/${encodeURIComponent(tag)}`
const TRENDING = '/api/tags/trending?limit=100'

describe('a tag', () => {
  test('lists its live activities and replies, newest first, without repeats', async () => {
    const [anna] = await users(site, 'anna')
    const tag = uniqueTag('t')
    const activity = await posts(anna, `#${tag} and #${tag}`)
    const reply = await replies(anna, activity, `(#${tag})`)
    const expired = await posts(anna, `#${tag}`)
    const deleted = await posts(anna, `#${tag}`)
    await expireActivities(db, expired.uuid)
    await deletes(anna, deleted)
    expect(await uuidsIn(actors.visitor(), tagPath(tag))).toEqual([reply.uuid, activity.uuid])
  })

  test('ignores case and Unicode composition, in any alphabet', async () => {
    const [anna] = await users(site, 'anna')
    const tag = uniqueTag('Žluťoučký_Кот_猫')
    const activity = await posts(anna, `#${tag}`)
    const decomposed = await posts(anna, `#${tag.normalize('NFD').toUpperCase()}`)
    for (const written of [tag, tag.toLowerCase(), tag.toUpperCase(), tag.normalize('NFD')]) {
      expect(await uuidsIn(anna, tagPath(written)), written).toEqual([decomposed.uuid, activity.uuid])
    }
  })

  test('can be named "trending" like the list of trending tags', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, '#trending')
    expect(await uuidsIn(anna, tagPath('Trending'))).toEqual([activity.uuid])
    await runCron(site)
    for (const who of [anna, actors.visitor()]) {
      const page = await who.visits('/tags/trending')
      expect(page.status).toBe(200)
      expect(page.text).toContain(`/status/${activity.uuid}`)
    }
    await deletes(anna, activity)
    expect((await actors.visitor().visits('/tags/trending')).text).not.toContain(activity.uuid)
  })

  test('a rewritten activity has the tags of its new text', async () => {
    const [anna] = await users(site, 'anna')
    const [one, other] = [uniqueTag('one'), uniqueTag('other')]
    const activity = await rewrites(anna, await posts(anna, `#${one}`), `#${other}`)
    expect(await uuidsIn(anna, tagPath(one))).toEqual([])
    expect(await uuidsIn(anna, tagPath(other))).toEqual([activity.uuid])
  })

  test('ends at a non-letter, and does not begin inside a word or URL', async () => {
    const [anna] = await users(site, 'anna')
    const tag = uniqueTag('t')
    const activity = await posts(anna, `#${tag}-x, x#${tag}2 https://example.com/#${tag}3 #123 ##${tag}4`)
    expect(await uuidsIn(anna, tagPath(tag))).toEqual([activity.uuid])
    for (const other of [`${tag}2`, `${tag}3`, `${tag}4`])
      expect(await uuidsIn(anna, tagPath(other)), other).toEqual([])
  })

  test.each(['ž', '猫', '𐐀', 'İ'])(
    'can have up to 100 bytes or letters of %s; longer ones are text',
    async (letter) => {
      const [anna] = await users(site, 'anna')
      const maximum = letter === 'İ' ? 50 : 100
      const activity = await posts(anna, `#${letter.repeat(maximum)}`)
      expect(await uuidsIn(anna, tagPath(letter.repeat(maximum)))).toContain(activity.uuid)
      await posts(anna, `#${letter.repeat(280 - 1)}`)
      await replies(anna, activity, `#${letter.repeat(1_023)}`)
      expectErrors(await anna.get(tagPath(letter.repeat(maximum + 1))), 404, ['not_found'])
    },
  )

  test.each(['%00', '123', '%20', 'a%20b', '%23a', "a'b", '%F0%9F%94%A5', '%FF'])(
    '/api/tags/%s answers 404',
    async (written) => {
      const [anna] = await users(site, 'anna')
      expectErrors(await anna.get(`/api/tags/${written}`), 404, ['not_found'])
    },
  )
})

describe('trending', () => {
  test('ranks tags by users, weighted by age, and only tags of live activities', async () => {
    const [one, two, three] = await manyUsers(site, 3)
    if (!one || !two || !three) throw new Error('missing user')
    const [many, few, old, expired] = [uniqueTag('many'), uniqueTag('few'), uniqueTag('old'), uniqueTag('ended')]
    for (const who of [one, two, three]) await posts(who, `#${many}`)
    for (const _ of [1, 2, 3, 4]) await posts(one, `#${few}`)
    const aged = await posts(one, `#${old}`, '3-days')
    await db.sql(`update activities set created_at = created_at - interval '1 day' where uuid = $1`, [aged.uuid])
    const expiring = await posts(two, `#${expired}`)
    await runCron(site)
    const ownTags = async () => {
      const all = await lists(actors.visitor(), TRENDING)
      return all.filter(({ tag }) => [many, few, old, expired].includes(tag))
    }
    // The two tags of one user each, posted just now, rank equally.
    const [first, ...rest] = await ownTags()
    expect(first).toEqual({ tag: many, cruds_count: 3 })
    expect(rest.pop()).toEqual({ tag: old, cruds_count: 1 })
    expect(rest.sort((a, b) => b.cruds_count - a.cruds_count)).toEqual([
      { tag: few, cruds_count: 4 },
      { tag: expired, cruds_count: 1 },
    ])
    await expireActivities(db, expiring.uuid)
    expect((await ownTags()).map(({ tag }) => tag)).toEqual([many, few, old])
    await runCron(site)
    expect(await db.sql('select tag from trending_tags where tag = $1', [expired])).toEqual([])
  })

  test('counts only what the viewer can see', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = uniqueTag('t')
    await posts(ben, `#${tag}`)
    await runCron(site)
    const shown = async () => (await lists(anna, TRENDING)).some((item) => item.tag === tag)
    expect(await shown()).toBe(true)
    await mutes(anna, ben)
    expect(await shown()).toBe(false)
  })

  test('counts neither expired activities before the sweep nor those of accounts being deleted', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = uniqueTag('t')
    const activities = []
    // From twenty on the count is the one that the cron wrote.
    while (activities.length < 25)
      activities.push(await posts(activities.length < 24 ? anna : ben, `#${tag} and #${tag}x`))
    const counted = async () => {
      await db.sql(rankTagsFunction.text, [100])
      return (await lists(actors.visitor(), TRENDING)).find((item) => item.tag === tag)?.cruds_count
    }
    expect(await counted()).toBe(25)
    await expireActivities(db, ...activities.slice(0, 2).map(({ uuid }) => uuid))
    expect(await counted()).toBe(23)
    await db.sql('insert into deleted_accounts (user_uuid) values ($1)', [ben.uuid])
    expect(await counted()).toBe(22)
  })

  test('respects the limit', async () => {
    const [anna] = await users(site, 'anna')
    await posts(anna, `#${uniqueTag('a')} #${uniqueTag('b')} #${uniqueTag('c')}`)
    await runCron(site)
    expect(await lists(anna, '/api/tags/trending?limit=2')).toHaveLength(2)
  })
})

describe('suggested users', () => {
  const suggested = async (who: Parameters<typeof handlesIn>[0]) => handlesIn(who, '/api/users/suggested?limit=100')

  test('are first those followed by followed users, then recently active ones', async () => {
    const [anna, ben, cleo, near, far] = await users(site, 'anna', 'ben', 'cleo', 'near', 'far')
    await follows(anna, ben)
    await follows(anna, cleo)
    for (const [who, whom] of [
      [ben, near],
      [cleo, near],
      [ben, far],
      [ben, anna],
      [ben, cleo],
    ] as const) {
      await follows(who, whom)
    }
    const [active] = await users(site, 'active')
    await posts(active, 'hi')
    const found = await suggested(anna)
    expect(found.slice(0, 2)).toEqual([near.handle, far.handle])
    expect(found).toContain(active.handle)
    for (const excluded of [anna, ben, cleo]) expect(found).not.toContain(excluded.handle)
  })

  test('exclude muted users and blocks in both directions', async () => {
    const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
    for (const who of [ben, cleo, dora]) await posts(who, 'hi')
    expect(await suggested(anna)).toEqual(expect.arrayContaining([ben.handle, cleo.handle, dora.handle]))
    await mutes(anna, ben)
    await blocks(anna, cleo)
    await blocks(dora, anna)
    const found = await suggested(anna)
    for (const excluded of [ben, cleo, dora]) expect(found).not.toContain(excluded.handle)
    await unfollows(anna, ben)
  })

  test('need a viewer', async () => {
    expectErrors(await actors.visitor().get('/api/users/suggested'), 401, ['unauthorized'])
  })
})
