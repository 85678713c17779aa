import { beforeAll, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  addsToCircle,
  blocks,
  deletes,
  follows,
  likes,
  lists,
  posts,
  postsTo,
  reads,
  removesFollower,
  removesFromCircle,
  replies,
  rewrites,
  unblocks,
  unfollows,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const HOME = '/api/activities/home?limit=100'

const sees = async (who: ApiUser, { uuid }: { uuid: string }) => {
  const { status } = await who.get(`/api/activities/${uuid}`)
  expect([200, 410]).toContain(status)
  return status === 200
}

describe('who sees what', () => {
  let anna: ApiUser
  let ben: ApiUser
  let cleo: ApiUser
  beforeAll(async () => {
    ;[anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  })

  test('followers: those who follow, until they unfollow or are removed', async () => {
    await follows(ben, anna)
    const crud = await postsTo(anna, { audience: 'followers' }, 'to those who follow')
    expect(crud).toMatchObject({ audience: 'followers', who_can_reply: 'everyone' })
    expect([await sees(ben, crud), await sees(cleo, crud)]).toEqual([true, false])
    expect(await uuidsIn(ben, HOME)).toContain(crud.uuid)
    expect(await uuidsIn(ben, `/api/users/@${anna.handle}/activities`)).toContain(crud.uuid)

    await unfollows(ben, anna)
    expect(await sees(ben, crud)).toBe(false)
    expect(await uuidsIn(ben, `/api/users/@${anna.handle}/activities`)).not.toContain(crud.uuid)
    await follows(ben, anna)
    expect(await sees(ben, crud)).toBe(true)
    await removesFollower(anna, ben)
    expect(await sees(ben, crud)).toBe(false)
    expect(await uuidsIn(ben, HOME)).not.toContain(crud.uuid)
  })

  test('circle: members, until they are taken out; whether they follow says only whether it comes home', async () => {
    await addsToCircle(anna, ben)
    await follows(cleo, anna)
    const crud = await postsTo(anna, { audience: 'circle' }, 'to the circle')
    expect([await sees(ben, crud), await sees(cleo, crud)]).toEqual([true, false])
    expect(await uuidsIn(cleo, HOME)).not.toContain(crud.uuid)
    await follows(ben, anna)
    expect(await uuidsIn(ben, HOME)).toContain(crud.uuid)
    await removesFromCircle(anna, ben)
    expect(await sees(ben, crud)).toBe(false)
  })

  test('mentioned: those whom the crud itself names, and nobody whom a reply names', async () => {
    const crud = await postsTo(anna, { audience: 'mentioned' }, `to @${ben.handle}`)
    await replies(ben, crud, `@${cleo.handle} should hear this`)
    expect([await sees(ben, crud), await sees(cleo, crud)]).toEqual([true, false])
  })

  test('a block ends it either way, and taking it back brings only mentions back', async () => {
    const [dora, emil] = await users(site, 'dora', 'emil')
    await follows(emil, dora)
    await addsToCircle(dora, emil)
    const cruds = [
      await postsTo(dora, { audience: 'followers' }, 'one'),
      await postsTo(dora, { audience: 'circle' }, 'two'),
      await postsTo(dora, { audience: 'mentioned' }, `three @${emil.handle}`),
    ]
    for (const crud of cruds) expect(await sees(emil, crud)).toBe(true)
    await blocks(dora, emil)
    for (const crud of cruds) expect(await sees(emil, crud)).toBe(false)
    await unblocks(dora, emil)
    expect(await Promise.all(cruds.map((crud) => sees(emil, crud)))).toEqual([false, false, true])
    expect(await lists(dora, '/api/circle')).toEqual([])
  })

  test('a reply has the audience of its root, at any depth, also for its own followers', async () => {
    const [dora, emil] = await users(site, 'dora', 'emil')
    await follows(dora, anna)
    await follows(emil, dora)
    const root = await postsTo(anna, { audience: 'followers' }, 'root')
    const reply = await replies(dora, root, 'a reply')
    const deep = await replies(anna, reply, 'a reply to it')
    expect([reply.audience, deep.audience]).toEqual(['followers', 'followers'])
    expect([await sees(emil, reply), await sees(emil, deep)]).toEqual([false, false])
    expect(await uuidsIn(emil, `/api/users/@${dora.handle}/activities?tab=replies`)).toEqual([])
  })

  test('one’s own words stay one’s own to see, and show nothing of the thread', async () => {
    const [dora, emil] = await users(site, 'dora', 'emil')
    await follows(emil, dora)
    const root = await postsTo(dora, { audience: 'followers' }, 'root')
    const reply = await replies(emil, root, 'mine')
    await replies(dora, reply, 'theirs')
    expect((await reads(emil, `/api/activities/${reply.uuid}`)).replies_count).toBe(1)
    await unfollows(emil, dora)
    expect(await reads(emil, `/api/activities/${reply.uuid}`)).toMatchObject({
      message: 'mine',
      reply_to_handle: null,
      replies_count: 0,
      ancestors: [],
      viewer: { can_reply: false },
    })
    expect(await lists(emil, `/api/activities/${reply.uuid}/replies`)).toEqual([])
    expect(await reads(emil, `/api/activities/${reply.uuid}/weight`)).toEqual({ replies_count: 0, people_count: 0 })
    expectErrors(await emil.post(`/api/activities/${reply.uuid}/replies`, { message: 'again' }), 403, [
      'reply_not_allowed',
    ])
    await deletes(emil, reply)
  })

  test('a newcomer, whose home is everybody’s, sees their own there', async () => {
    const [dora] = await users(site, 'dora')
    const own = await postsTo(dora, { audience: 'circle' }, 'hello?')
    const after = await postsTo(dora, {}, 'hello, everybody')
    expect((await uuidsIn(dora, HOME)).slice(0, 2)).toEqual([after.uuid, own.uuid])
    expect(await uuidsIn(dora, '/api/activities/everyone?limit=100')).not.toContain(own.uuid)
  })
})

describe('only what is for everyone', () => {
  test.each(['followers', 'circle', 'mentioned'] as const)(
    '%s: is in no search, tag, feed of everybody nor last light of others, and counts for its author alone',
    async (audience) => {
      const [anna, ben] = await users(site, 'anna', 'ben')
      await follows(ben, anna)
      await addsToCircle(anna, ben)
      const word = `w${crypto.randomUUID().slice(0, 8)}`
      const crud = await postsTo(anna, { audience }, `${word} #${word} @${ben.handle}`)
      const reply = await replies(ben, crud, `${word} #${word} too`)
      expect(await sees(ben, crud)).toBe(true)
      for (const who of [anna, ben, actors.visitor()]) {
        expect(await lists(who, `/api/activities/search?term=${word}`)).toEqual([])
        expect(await lists(who, `/api/tags/${word}`)).toEqual([])
        const everyone = await uuidsIn(who, '/api/activities/everyone?limit=100')
        expect(everyone).not.toContain(crud.uuid)
      }
      const lastLight = '/api/activities/last-light?limit=100'
      const ofBen = await uuidsIn(ben, lastLight)
      expect([ofBen.includes(crud.uuid), ofBen.includes(reply.uuid)]).toEqual([false, true])
      expect(await uuidsIn(anna, lastLight)).toContain(crud.uuid)
      const counts = [anna, ben, actors.visitor()].map((who) => reads(who, `/api/users/@${anna.handle}`))
      expect((await Promise.all(counts)).map(({ cruds_count }) => cruds_count)).toEqual([1, 0, 0])
    },
  )

  test.each(['followers', 'circle', 'mentioned'] as const)(
    '%s: a repost is 422 and leaves nothing',
    async (audience) => {
      const [anna, ben] = await users(site, 'anna', 'ben')
      await follows(ben, anna)
      await addsToCircle(anna, ben)
      const crud = await postsTo(anna, { audience }, `for @${ben.handle}`)
      for (const who of [anna, ben]) {
        expectErrors(await who.put(`/api/activities/${crud.uuid}/repost`), 422, ['not_repostable'])
      }
      expectStatus(await ben.delete(`/api/activities/${crud.uuid}/repost`), 200)
      expect(await db.sql('select from reposts where activity_uuid = $1', [crud.uuid])).toHaveLength(0)
      expect(
        await db.sql(`select from feed_items where activity_uuid = $1 and kind = 'repost'`, [crud.uuid]),
      ).toHaveLength(0)
    },
  )

  test('who writes to some is not suggested for it', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await postsTo(anna, { audience: 'followers' }, 'psst')
    await postsTo(cleo, {}, 'hey')
    const suggested = (await lists(ben, '/api/users/suggested?limit=100')).map(({ handle }) => handle)
    expect([suggested.includes(anna.handle), suggested.includes(cleo.handle)]).toEqual([false, true])
  })
})

describe('what is kept and told', () => {
  test('a rewrite keeps audience and who may reply, of a top-level crud and of a reply', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    const crud = await postsTo(anna, { audience: 'followers', who_can_reply: 'followers' }, 'first')
    const reply = await replies(ben, crud, 'a reply')
    expect(await rewrites(ben, reply, 'a better reply')).toMatchObject({ audience: 'followers' })
    const anew = await rewrites(anna, crud, 'first, again')
    expect(anew).toMatchObject({ audience: 'followers', who_can_reply: 'followers' })
    expect(await sees(ben, anew)).toBe(true)
    expect(await uuidsIn(actors.visitor() as ApiUser, '/api/activities/everyone?limit=100')).not.toContain(anew.uuid)
    expect(await uuidsIn(ben, HOME)).toContain(anew.uuid)
  })

  test('the usual audience is that of whoever says nothing else', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await changesProfile(anna, { default_audience: 'circle' })
    const crud = await postsTo(anna, {}, 'for the circle')
    expect(crud.audience).toBe('circle')
    expect(await sees(ben, crud)).toBe(false)
    expect((await postsTo(anna, { audience: 'everyone' }, 'for all')).audience).toBe('everyone')
  })

  test('nobody is notified of what they may not see', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(ben, anna)
    const crud = await postsTo(anna, { audience: 'followers' }, `@${ben.handle} @${cleo.handle} look`)
    const reply = await replies(ben, crud, `@${cleo.handle} look`)
    expect((await lists(ben, '/api/notifications')).map(({ kind }) => kind)).toEqual(['mention'])
    expect(await db.sql('select from notifications where recipient_uuid = $1', [cleo.uuid])).toHaveLength(0)
    // Ben, who does not see the thread any more, has no part in what goes on there.
    await unfollows(ben, anna)
    await replies(anna, reply, `@${ben.handle} still there?`)
    expect(await db.sql('select from notifications where recipient_uuid = $1', [ben.uuid])).toHaveLength(1)
    expect(await lists(ben, '/api/notifications')).toEqual([])
    expect((await reads(ben, '/api/notifications/unread')).count).toBe(0)
  })

  test('likes are counted and named for those who see it', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await follows(ben, anna)
    await follows(cleo, anna)
    const crud = await postsTo(anna, { audience: 'followers' }, 'hi')
    expect((await likes(ben, crud)).likes_count).toBe(1)
    expect((await lists(cleo, `/api/activities/${crud.uuid}/likes`)).map(({ handle }) => handle)).toEqual([ben.handle])
    await unfollows(cleo, anna)
    expect(await lists(cleo, `/api/users/@${ben.handle}/activities?tab=likes`)).toEqual([])
  })

  test('the export has one’s own with their audience, and circle and requests', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await addsToCircle(anna, ben)
    await postsTo(anna, { audience: 'circle', who_can_reply: 'nobody' }, 'mine')
    await changesProfile(anna, { approves_followers: true })
    await changesProfile(cleo, { approves_followers: true })
    await follows(ben, anna)
    await follows(anna, cleo)
    expect((await anna.get('/api/profile/export')).body).toMatchObject({
      profile: { default_audience: 'everyone', approves_followers: true },
      cruds: [{ message: 'mine', audience: 'circle', who_can_reply: 'nobody' }],
      circle: [{ handle: ben.handle }],
      requested: [{ handle: cleo.handle }],
      follow_requests: [{ handle: ben.handle }],
      following: [],
      followers: [],
    })
    // Nobody's file says whose circle they are in.
    expect((await ben.get('/api/profile/export')).body).toMatchObject({ cruds: [], circle: [] })
  })
})

describe('error', () => {
  test.each([
    [{ audience: 'friends' }, 'audience', 'audience_invalid'],
    [{ audience: '' }, 'audience', 'audience_invalid'],
    [{ audience: null }, 'audience', 'audience_invalid'],
    [{ audience: ['everyone'] }, 'audience', 'audience_invalid'],
    [{ who_can_reply: 'circle' }, 'who_can_reply', 'who_can_reply_invalid'],
    [{ who_can_reply: 1 }, 'who_can_reply', 'who_can_reply_invalid'],
  ] as const)('%j is refused, and nothing is stored', async (reach, field, code) => {
    const [anna] = await users(site, 'anna')
    const answer = await anna.post('/api/activities', { message: 'hi', ttl: '1-hour', ...reach })
    expectErrors(answer, 422, [{ code, field }])
    expect(await db.sql('select from activities where user_uuid = $1', [anna.uuid])).toHaveLength(0)
  })

  test('one for the people mentioned that mentions nobody is refused, and nothing is stored', async () => {
    const [anna] = await users(site, 'anna')
    for (const message of ['hi', 'mail me at anna@example.com']) {
      const answer = await anna.post('/api/activities', { message, ttl: '1-hour', audience: 'mentioned' })
      expectErrors(answer, 422, [{ code: 'mention_missing', field: 'message' }])
    }
    expect(await db.sql('select from activities where user_uuid = $1', [anna.uuid])).toHaveLength(0)
  })

  test('so is one without an audience, if that is the author’s default', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await changesProfile(anna, { default_audience: 'mentioned' })
    const answer = await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' })
    expectErrors(answer, 422, [{ code: 'mention_missing', field: 'message' }])
    expect(await db.sql('select from activities where user_uuid = $1', [anna.uuid])).toHaveLength(0)
    expect((await posts(anna, `hi @${ben.handle}`)).audience).toBe('mentioned')
    expect((await postsTo(anna, { audience: 'everyone' }, 'hi')).audience).toBe('everyone')
  })

  test('all that is wrong is said at once', async () => {
    const [anna] = await users(site, 'anna')
    const json = { message: '', ttl: 'x', audience: 'x', who_can_reply: 'x' }
    expectErrors(await anna.post('/api/activities', json), 422, [
      { code: 'message_blank', field: 'message' },
      { code: 'ttl_blank', field: 'ttl' },
      { code: 'audience_invalid', field: 'audience' },
      { code: 'who_can_reply_invalid', field: 'who_can_reply' },
    ])
  })
})

test('a reply that an older release’s function inserts has the audience of its root', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const root = await postsTo(anna, { audience: 'circle' }, 'root')
  const [row] = await db.sql<{ audience: string }>(
    `insert into activities (root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
     values ($1, $1, $2, 'inserted', now() + interval '1 hour') returning audience`,
    [root.uuid, ben.uuid],
  )
  expect(row?.audience).toBe('circle')
})

describe('which mentioned users would not see it', () => {
  const unreached = async (who: ApiUser, audience: string, ...named: { handle: string }[]) => {
    const handles = named.map(({ handle }) => handle).join(',')
    return (await lists(who, `/api/users/unreached?audience=${audience}&handles=${handles}`)).map(
      ({ handle }) => handle,
    )
  }

  test('names those who do not follow, or are not in the circle', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const all = [anna, ben, cleo, { handle: 'nobody_has_this' }]
    await follows(ben, anna)
    await addsToCircle(anna, cleo)
    expect(await unreached(anna, 'followers', ...all)).toEqual([cleo.handle])
    expect(await unreached(anna, 'circle', ...all)).toEqual([ben.handle])
    expect(await unreached(anna, 'mentioned', ...all)).toEqual([])
    expect(await unreached(anna, 'everyone', ...all)).toEqual([])
    // One's own circle alone: nobody learns whom others picked.
    expect(await unreached(ben, 'circle', anna, cleo)).toEqual([anna.handle, cleo.handle].sort())
    await blocks(cleo, anna)
    expect(await unreached(anna, 'followers', ...all)).toEqual([])
  })

  test('refuses an unknown audience and malformed handles', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.get('/api/users/unreached?audience=world&handles=a'), 422, [
      { code: 'audience_invalid', field: 'audience' },
    ])
    for (const handles of ['', 'a b', 'a,,b', `${'a'.repeat(31)}`])
      expectErrors(await anna.get(`/api/users/unreached?audience=circle&handles=${encodeURIComponent(handles)}`), 400, [
        { code: 'bad_request', field: 'handles' },
      ])
  })
})
