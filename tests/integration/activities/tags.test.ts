import { describe, expect, test } from 'vitest'
import { rank } from '../../../worker/models/search.ts'
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
const wordLike = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
const path = (tag: string) => `/api/tags/${encodeURIComponent(tag)}`
const TRENDING = '/api/tags/trending?limit=100'

describe('a tag', () => {
  test('gathers its live cruds and replies, newest first, once each', async () => {
    const [anna] = await users(site, 'anna')
    const tag = wordLike('t')
    const crud = await posts(anna, `#${tag} and #${tag}`)
    const reply = await replies(anna, crud, `(#${tag})`)
    const ended = await posts(anna, `#${tag}`)
    const deleted = await posts(anna, `#${tag}`)
    await expireActivities(db, ended.uuid)
    await deletes(anna, deleted)
    expect(await uuidsIn(actors.visitor(), path(tag))).toEqual([reply.uuid, crud.uuid])
  })

  test('is the same in any case and any composition, in any script', async () => {
    const [anna] = await users(site, 'anna')
    const tag = wordLike('Žluťoučký_Кот_猫')
    const crud = await posts(anna, `#${tag}`)
    const apart = await posts(anna, `#${tag.normalize('NFD').toUpperCase()}`)
    for (const written of [tag, tag.toLowerCase(), tag.toUpperCase(), tag.normalize('NFD')]) {
      expect(await uuidsIn(anna, path(written)), written).toEqual([apart.uuid, crud.uuid])
    }
  })

  test('may be called like the list of what is talked about', async () => {
    const [anna] = await users(site, 'anna')
    const crud = await posts(anna, '#trending')
    expect(await uuidsIn(anna, path('Trending'))).toEqual([crud.uuid])
    await runCron(site)
    for (const who of [anna, actors.visitor()]) {
      const page = await who.visits('/tags/trending')
      expect(page.status).toBe(200)
      expect(page.text).toContain(`/status/${crud.uuid}`)
    }
    await deletes(anna, crud)
    expect((await actors.visitor().visits('/tags/trending')).text).not.toContain(crud.uuid)
  })

  test('follows what is said: a rewritten crud has its new ones', async () => {
    const [anna] = await users(site, 'anna')
    const [one, other] = [wordLike('one'), wordLike('other')]
    const crud = await rewrites(anna, await posts(anna, `#${one}`), `#${other}`)
    expect(await uuidsIn(anna, path(one))).toEqual([])
    expect(await uuidsIn(anna, path(other))).toEqual([crud.uuid])
  })

  test('stops at what is no letter, and is none inside a word or an address', async () => {
    const [anna] = await users(site, 'anna')
    const tag = wordLike('t')
    const crud = await posts(anna, `#${tag}-x, x#${tag}2 https://example.com/#${tag}3 #123 ##${tag}4`)
    expect(await uuidsIn(anna, path(tag))).toEqual([crud.uuid])
    for (const other of [`${tag}2`, `${tag}3`, `${tag}4`]) expect(await uuidsIn(anna, path(other)), other).toEqual([])
  })

  test.each(['ž', '猫', '𐐀', 'İ'])('may have a hundred %s; with more it is text', async (letter) => {
    const [anna] = await users(site, 'anna')
    const most = letter === 'İ' ? 50 : 100
    const crud = await posts(anna, `#${letter.repeat(most)}`)
    expect(await uuidsIn(anna, path(letter.repeat(most)))).toContain(crud.uuid)
    await posts(anna, `#${letter.repeat(280 - 1)}`)
    await replies(anna, crud, `#${letter.repeat(1_023)}`)
    expectErrors(await anna.get(path(letter.repeat(most + 1))), 404, ['not_found'])
  })

  test.each(['%00', '123', '%20', 'a%20b', '%23a', "a'b", '%F0%9F%94%A5', '%FF'])(
    '/api/tags/%s is none',
    async (written) => {
      const [anna] = await users(site, 'anna')
      expectErrors(await anna.get(`/api/tags/${written}`), 404, ['not_found'])
    },
  )
})

describe('trending', () => {
  test('is what people say now: each counts once, newer weighs more, all have a live crud', async () => {
    const [one, two, three] = await manyUsers(site, 3)
    if (!one || !two || !three) throw new Error('nobody came')
    const [many, few, old, ended] = [wordLike('many'), wordLike('few'), wordLike('old'), wordLike('ended')]
    for (const who of [one, two, three]) await posts(who, `#${many}`)
    for (const _ of [1, 2, 3, 4]) await posts(one, `#${few}`)
    const aged = await posts(one, `#${old}`, '3-days')
    await db.sql(`update activities set created_at = created_at - interval '1 day' where uuid = $1`, [aged.uuid])
    const gone = await posts(two, `#${ended}`)
    await runCron(site)
    const ours = async () => {
      const all = await lists(actors.visitor(), TRENDING)
      return all.filter(({ tag }) => [many, few, old, ended].includes(tag))
    }
    // The two that one person each has said just now are as good as equal.
    const [first, ...rest] = await ours()
    expect(first).toEqual({ tag: many, cruds_count: 3 })
    expect(rest.pop()).toEqual({ tag: old, cruds_count: 1 })
    expect(rest.sort((a, b) => b.cruds_count - a.cruds_count)).toEqual([
      { tag: few, cruds_count: 4 },
      { tag: ended, cruds_count: 1 },
    ])
    await expireActivities(db, gone.uuid)
    expect((await ours()).map(({ tag }) => tag)).toEqual([many, few, old])
    await runCron(site)
    expect(await db.sql('select tag from trending_tags where tag = $1', [ended])).toEqual([])
  })

  test('counts what the viewer can see', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = wordLike('t')
    await posts(ben, `#${tag}`)
    await runCron(site)
    const shown = async () => (await lists(anna, TRENDING)).some((item) => item.tag === tag)
    expect(await shown()).toBe(true)
    await mutes(anna, ben)
    expect(await shown()).toBe(false)
  })

  test('counts neither what has ended and is not swept, nor what is of people who are leaving', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = wordLike('t')
    const cruds = []
    // From twenty on the count is the one that the cron has written.
    while (cruds.length < 25) cruds.push(await posts(cruds.length < 24 ? anna : ben, `#${tag} and #${tag}x`))
    const counted = async () => {
      await db.sql(rank.text, [100])
      return (await lists(actors.visitor(), TRENDING)).find((item) => item.tag === tag)?.cruds_count
    }
    expect(await counted()).toBe(25)
    await expireActivities(db, ...cruds.slice(0, 2).map(({ uuid }) => uuid))
    expect(await counted()).toBe(23)
    await db.sql('insert into deleted_accounts (user_uuid) values ($1)', [ben.uuid])
    expect(await counted()).toBe(22)
  })

  test('takes a limit', async () => {
    const [anna] = await users(site, 'anna')
    await posts(anna, `#${wordLike('a')} #${wordLike('b')} #${wordLike('c')}`)
    await runCron(site)
    expect(await lists(anna, '/api/tags/trending?limit=2')).toHaveLength(2)
  })
})

describe('suggested people', () => {
  const suggested = async (who: Parameters<typeof handlesIn>[0]) => handlesIn(who, '/api/users/suggested?limit=100')

  test('are first those whom the followed follow, then whoever has crudded lately', async () => {
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
    for (const not of [anna, ben, cleo]) expect(found).not.toContain(not.handle)
  })

  test('are none whom one has muted, or who is blocked either way', async () => {
    const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
    for (const who of [ben, cleo, dora]) await posts(who, 'hi')
    expect(await suggested(anna)).toEqual(expect.arrayContaining([ben.handle, cleo.handle, dora.handle]))
    await mutes(anna, ben)
    await blocks(anna, cleo)
    await blocks(dora, anna)
    const found = await suggested(anna)
    for (const not of [ben, cleo, dora]) expect(found).not.toContain(not.handle)
    await unfollows(anna, ben)
  })

  test('are for those who are signed in', async () => {
    expectErrors(await actors.visitor().get('/api/users/suggested'), 401, ['unauthorized'])
  })
})
