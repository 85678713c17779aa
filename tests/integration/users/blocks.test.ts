import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  blocks,
  follows,
  handlesIn,
  likes,
  lists,
  posts,
  reads,
  replies,
  reposts,
  sendsMessage,
  unblocks,
  uuidsIn,
} from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { activityOf, makeBlockFixture, pathsShowing } from '../../support/fixtures/block-fixture.ts'

const site = await openSite()
const { db, actors } = site

describe.each([
  ['the blocker', true],
  ['the blocked user', false],
])('%s', (_, isBlocker) => {
  async function makeFixture() {
    const fixture = await makeBlockFixture(site)
    const { anna, ben } = fixture
    const [viewer, other] = isBlocker ? [anna, ben] : [ben, anna]
    return { ...fixture, viewer, other, fixture, block: () => blocks(anna, ben) }
  }

  test('sees the other in no list, and in all lists before the block', async () => {
    const { fixture, viewer, other, block } = await makeFixture()
    expect(await pathsShowing(fixture, viewer, other)).toHaveLength(21)
    await block()
    expect(await pathsShowing(fixture, viewer, other)).toEqual([])
    expect((await reads(viewer, '/api/notifications/unread')).count).toBe(
      (await lists(viewer, '/api/notifications?limit=100')).filter(({ read_at }) => read_at === null).length,
    )
    expect(await reads(viewer, '/api/message_groups/unread')).toEqual({ count: 0 })
  })

  test('cannot open anything of the other by its URL', async () => {
    const { fixture, viewer, other, block } = await makeFixture()
    const [group] = await lists(viewer, '/api/message_groups')
    await block()
    const { uuid } = activityOf(fixture, other)
    for (const path of ['', '/replies', '/likes', '/reposts']) {
      expectErrors(await viewer.get(`/api/activities/${uuid}${path}`), 410, ['gone'])
    }
    expectErrors(await viewer.get(`/api/message_groups/${group.uuid}`), 404, ['not_found'])
    expectErrors(await viewer.get(`/api/message_groups/${group.uuid}/messages`), 404, ['not_found'])
    expectErrors(await viewer.get(`/api/message_groups/with/@${other.handle}`), 404, ['not_found'])
    for (const tab of ['cruds', 'replies', 'likes']) {
      const answer = await viewer.get(`/api/users/@${other.handle}/activities?tab=${tab}`)
      if (isBlocker) expect(expectStatus(answer, 200).body.data, tab).toEqual([])
      else expectErrors(answer, 404, ['not_found'])
    }
    if (isBlocker) {
      const profile = await reads(viewer, `/api/users/@${other.handle}`)
      expect(profile).toMatchObject({
        cruds_count: 0,
        viewer: { blocking: true, following: 'no', followed_by: false },
      })
    } else {
      for (const path of ['', '/short', '/followers', '/following']) {
        expectErrors(await viewer.get(`/api/users/@${other.handle}${path}`), 404, ['not_found'])
      }
    }
  })

  test('cannot act on the other, and nothing is stored', async () => {
    const { fixture, viewer, other, block } = await makeFixture()
    const [group] = await lists(viewer, '/api/message_groups')
    await block()
    const { uuid } = activityOf(fixture, other)
    const [before] = await db.sql('select likes_count, reposts_count from activities where uuid = $1', [uuid])
    for (const action of ['like', 'repost']) {
      expectErrors(await viewer.put(`/api/activities/${uuid}/${action}`), 410, ['gone'])
      expectErrors(await viewer.delete(`/api/activities/${uuid}/${action}`), 410, ['gone'])
    }
    expectErrors(await viewer.post(`/api/activities/${uuid}/replies`, { message: 'ho' }), 410, ['gone'])
    expectErrors(await viewer.put(`/api/users/@${other.handle}/follow`), 404, ['not_found'])
    expectErrors(await viewer.post('/api/messages', { handle: other.handle, message: 'hey' }), 422, [
      { code: 'recipient_unreachable', field: 'handle' },
    ])
    const answer = await viewer.post('/api/messages', { message_group_uuid: group.uuid, message: 'hey' })
    expectErrors(answer, 404, ['not_found'])
    const mention = await posts(viewer, `@${other.handle} hey`)
    expect(await db.sql('select likes_count, reposts_count from activities where uuid = $1', [uuid])).toEqual([before])
    expect(await db.sql('select from activities where reply_to_activity_uuid = $1', [uuid])).toHaveLength(0)
    expect(
      await db.sql('select from follows where follower_uuid = $1 and followed_uuid = $2', [viewer.uuid, other.uuid]),
    ).toHaveLength(0)
    expect(await db.sql('select from mentions where activity_uuid = $1', [mention.uuid])).toHaveLength(0)
    expect(await db.sql('select from notifications where activity_uuid = $1', [mention.uuid])).toHaveLength(0)
    expect(await db.sql('select from messages where message_group_uuid = $1', [group.uuid])).toHaveLength(2)
  })

  test('does not see the other’s activity as an ancestor', async () => {
    const { fixture, viewer, other, cleo, block } = await makeFixture()
    const reply = await replies(cleo, activityOf(fixture, other), 'below')
    await block()
    const shown = await reads(viewer, `/api/activities/${reply.uuid}`)
    expect(shown).toMatchObject({
      reply_to_activity_uuid: activityOf(fixture, other).uuid,
      reply_to_handle: null,
      ancestors: [],
    })
  })
})

describe('unblocking', () => {
  test('shows both to each other again, without their former follows and follow notifications', async () => {
    const fixture = await makeBlockFixture(site)
    const { anna, ben } = fixture
    await blocks(anna, ben)
    expect(await handlesIn(anna, '/api/profile/blocks')).toEqual([ben.handle])
    expect((await unblocks(anna, ben)).viewer).toMatchObject({ blocking: false, following: 'no', followed_by: false })
    expect(await handlesIn(anna, '/api/profile/blocks')).toEqual([])
    expect((await reads(ben, `/api/activities/${activityOf(fixture, anna).uuid}`)).uuid).toBe(
      activityOf(fixture, anna).uuid,
    )
    expect(await uuidsIn(anna, '/api/activities/everyone?limit=100')).toContain(activityOf(fixture, ben).uuid)
    const ofBen = (await lists(anna, '/api/notifications?limit=100')).filter(({ actor }) => actor.handle === ben.handle)
    const kinds = ofBen.map(({ kind }) => kind)
    expect(kinds).not.toContain('follow')
    expect(kinds).toContain('mention')
    await sendsMessage(ben, anna, 'hello again')
  })

  test('and blocking are idempotent', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    expect(await blocks(anna, ben)).toEqual(await blocks(anna, ben))
    expect(await unblocks(anna, ben)).toEqual(await unblocks(anna, ben))
  })

  test('keeps the block by the other', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(anna, ben)
    await ben.put(`/api/users/@${anna.handle}/block`)
    await anna.delete(`/api/users/@${ben.handle}/block`)
    const activity = await posts(anna, 'hi')
    expectErrors(await ben.get(`/api/activities/${activity.uuid}`), 410, ['gone'])
    expect(await handlesIn(ben, '/api/profile/blocks')).toEqual([anna.handle])
  })
})

describe('mutual blocks', () => {
  async function makeMutualBlock() {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    for (const who of [anna, ben]) await posts(who, `words of ${who.handle}`)
    await blocks(anna, ben)
    await blocks(ben, anna)
    return { anna, ben }
  }

  test('each sees only the other’s name and can unblock', async () => {
    const { anna, ben } = await makeMutualBlock()
    for (const [one, other] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      const path = `/api/users/@${other.handle}`
      expect(await reads(one, path)).toMatchObject({ cruds_count: 0, viewer: { blocking: true } })
      expect(await reads(one, `${path}/short`)).toMatchObject({ handle: other.handle })
      for (const rest of ['activities', 'activities?tab=replies', 'activities?tab=likes', 'followers', 'following']) {
        expect(await lists(one, `${path}/${rest}`), rest).toEqual([])
      }
      const page = expectStatus(await one.visits(`/@${other.handle}`), 200)
      expect(page.text).toContain(`Unblock @${other.handle}`)
      expect(page.text).not.toContain('words of')
    }
  })

  test('unblocking answers the profile, which is 404 from then on while the other block remains', async () => {
    const { anna, ben } = await makeMutualBlock()
    const path = `/api/users/@${ben.handle}`
    expect(await unblocks(anna, ben)).toMatchObject({ handle: ben.handle, cruds_count: 0, viewer: { blocking: false } })
    expectErrors(await anna.get(path), 404, ['not_found'])
    expectErrors(await anna.delete(`${path}/block`), 404, ['not_found'])
    expect(await handlesIn(anna, '/api/profile/blocks')).toEqual([])
    expect((await reads(ben, `/api/users/@${anna.handle}`)).viewer.blocking).toBe(true)
    await unblocks(ben, anna)
    expect(await reads(anna, path)).toMatchObject({ cruds_count: 1, viewer: { blocking: false } })
  })

  test('each can unblock by the form of the page', async () => {
    const { anna, ben } = await makeMutualBlock()
    expectStatus(await anna.submits(`/@${ben.handle}/block`, { on: 'false' }), 303)
    expectStatus(await anna.visits(`/@${ben.handle}`), 404)
    expectStatus(await ben.submits(`/@${anna.handle}/block`, { on: 'false' }), 303)
    expectStatus(await anna.visits(`/@${ben.handle}`), 200)
  })
})

test('counts equal the lists', async () => {
  const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
  const activity = await posts(dora, 'hi')
  for (const other of [ben, cleo]) {
    await follows(other, dora)
    await follows(dora, other)
    await likes(other, activity)
    await reposts(other, activity)
  }
  await blocks(anna, ben)
  const card = await likes(anna, activity)
  for (const [count, list] of [
    ['likes_count', 'likes'],
    ['reposts_count', 'reposts'],
  ] as const) {
    expect(await lists(anna, `/api/activities/${activity.uuid}/${list}`)).toHaveLength(card[count])
  }
  const countListed = async (handle: string) => ({
    followers_count: (await lists(anna, `/api/users/@${handle}/followers`)).length,
    following_count: (await lists(anna, `/api/users/@${handle}/following`)).length,
  })
  expect(await countListed(dora.handle)).toEqual({ followers_count: 1, following_count: 1 })
  expect(await countListed(ben.handle)).toEqual({ followers_count: 0, following_count: 0 })
  for (const { handle } of [dora, ben]) {
    expect(await reads(anna, `/api/users/@${handle}`)).toMatchObject(await countListed(handle))
  }
  expect(await reads(cleo, `/api/users/@${dora.handle}`)).toMatchObject({ followers_count: 2, following_count: 2 })
})

test('other users see no difference', async () => {
  const fixture = await makeBlockFixture(site)
  const { anna, ben, cleo, shared, word } = fixture
  await blocks(anna, ben)
  for (const reader of [cleo, actors.visitor()]) {
    expect(await uuidsIn(reader, `/api/tags/${word}`)).toHaveLength(2)
    expect(await uuidsIn(reader, `/api/activities/${shared.uuid}/replies`)).toHaveLength(2)
    expect(await handlesIn(reader, `/api/activities/${shared.uuid}/likes`)).toEqual([ben.handle, anna.handle])
  }
})

test('blocking oneself answers 422, an unknown user 404, signed out 401', async () => {
  const [anna] = await users(site, 'anna')
  expectErrors(await anna.put(`/api/users/@${anna.handle}/block`), 422, ['block_self'])
  expectErrors(await anna.put('/api/users/@nobody_has_this/block'), 404, ['not_found'])
  expectErrors(await anna.delete('/api/users/@nobody_has_this/block'), 404, ['not_found'])
  expectErrors(await actors.visitor().put(`/api/users/@${anna.handle}/block`), 401, ['unauthorized'])
  expectErrors(await actors.visitor().get('/api/profile/blocks'), 401, ['unauthorized'])
})

test('the list of blocked users is private and paged by handle', async () => {
  const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
  for (const other of [dora, ben, cleo]) await blocks(anna, other)
  const first = await reads(anna, '/api/profile/blocks?limit=2')
  expect(first.data.map(({ handle }: ApiUser) => handle)).toEqual([ben.handle, cleo.handle])
  const second = await reads(anna, `/api/profile/blocks?limit=2&cursor=${first.next_cursor}`)
  expect(second).toMatchObject({ data: [{ handle: dora.handle }], next_cursor: null })
  expect(await handlesIn(ben, '/api/profile/blocks')).toEqual([])
  expectErrors(await anna.get('/api/profile/blocks?cursor=%00'), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
})
