import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()
const HOUR = 3_600_000

const expire = (uuid: string) =>
  db.sql('update activities set created_at = now() - interval $$1 day$$, expires_at = now() where uuid = $1', [uuid])
const countReplies = async (uuid: string) =>
  (await db.sql('select from activities where reply_to_activity_uuid = $1', [uuid])).length

describe('happy', () => {
  test('a reply names its parent and is counted there', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const reply = await ben.replies(activity, 'ho')
    expect(reply).toMatchObject({
      message: 'ho',
      reply_to_activity_uuid: activity.uuid,
      reply_to_handle: anna.handle,
      user: { handle: ben.handle },
    })
    const parent = (await anna.get(`/api/activities/${activity.uuid}`)).body
    expect(parent.replies_count).toBe(1)
    expect((await anna.get(`/api/activities/${activity.uuid}/replies`)).body).toEqual({
      data: [reply],
      next_cursor: null,
    })
  })

  test('lists replies oldest first', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const replies = []
    for (const message of ['one', 'two', 'three']) replies.push((await anna.replies(activity, message)).uuid)
    const { data } = (await actors.visitor().get(`/api/activities/${activity.uuid}/replies`)).body
    expect(data.map(({ uuid }: { uuid: string }) => uuid)).toEqual(replies)
  })

  test('an activity is returned with its ancestors, root first', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const root = await anna.posts('root')
    const middle = await ben.replies(root, 'middle')
    const leaf = await anna.replies(middle, 'leaf')
    const { ancestors, ...parent } = (await ben.get(`/api/activities/${leaf.uuid}`)).body
    expect(parent).toEqual(leaf)
    expect(ancestors.map(({ uuid }: { uuid: string }) => uuid)).toEqual([root.uuid, middle.uuid])
    expect(ancestors.map((one: { replies_count: number }) => one.replies_count)).toEqual([1, 1])
  })

  test('by default a reply expires with its parent', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi', '3-days')
    expect((await anna.replies(activity, 'ho')).expires_at).toBe(activity.expires_at)
  })

  test('a shorter TTL can be set; a longer one is cut to the parent’s expiry', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi', '3-hours')
    const short = await anna.replies(activity, 'short', '1-hour')
    expect(Date.parse(short.expires_at) - Date.parse(short.created_at)).toBe(HOUR)
    expect((await anna.replies(activity, 'long', '30-days')).expires_at).toBe(activity.expires_at)
    const nested = await anna.replies(short, 'below', '3-hours')
    expect(nested.expires_at).toBe(short.expires_at)
  })

  test('replies are in no feed, but in the replies tab of their author', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const reply = await ben.replies(activity, 'ho')
    const uuidsOf = async (path: string) => (await ben.get(path)).body.data.map(({ uuid }: { uuid: string }) => uuid)
    expect(await uuidsOf('/api/activities/everyone')).not.toContain(reply.uuid)
    expect(await uuidsOf('/api/activities/home')).not.toContain(reply.uuid)
    expect(await uuidsOf(`/api/users/@${ben.handle}/activities`)).toEqual([])
    expect(await uuidsOf(`/api/users/@${ben.handle}/activities?tab=replies`)).toEqual([reply.uuid])
    expect((await ben.get(`/api/users/@${ben.handle}`)).body.cruds_count).toBe(0)
  })

  test('fifty concurrent replies are all stored and counted', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        anna.post(`/api/activities/${activity.uuid}/replies`, { message: `${index}` }),
      ),
    )
    for (const answer of answers) expectStatus(answer, 201)
    expect((await anna.get(`/api/activities/${activity.uuid}`)).body.replies_count).toBe(50)
  })
})

describe('error: stores nothing', () => {
  test('below an expired activity', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    await expire(activity.uuid)
    expectErrors(await anna.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho' }), 410, ['gone'])
    expect(await countReplies(activity.uuid)).toBe(0)
  })

  test('below a deleted activity', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    await anna.deletes(activity)
    expectErrors(await ben.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho' }), 410, ['gone'])
    expect(await countReplies(activity.uuid)).toBe(0)
  })

  test('with an unknown TTL', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    for (const ttl of ['', null, 'for-ever']) {
      expectErrors(await anna.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho', ttl }), 422, [
        { code: 'ttl_blank', field: 'ttl' },
      ])
    }
    expect(await countReplies(activity.uuid)).toBe(0)
  })
})
