import { describe, expect, test } from 'vitest'
import { TTL_SECONDS, TTLS } from '../../../worker/contract/ttl.ts'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()

const OLDER_THAN_LAUNCH = '01890000-0000-7000-8000-000000000000'
const VERSION_4 = '6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11'
const GONE = '01a20dc2-7aaa-7389-b334-d306f5b17a26'

describe('happy', () => {
  test('a created activity is returned, and can be read back', async () => {
    const anna = await actors.join()
    const me = (await anna.get('/api/session')).body.viewer
    const activity = await anna.posts('  Hello\r\nthere 👩‍🚀 ', '1-day')
    expect(activity).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      message: 'Hello\nthere 👩‍🚀',
      warning: null,
      audience: 'everyone',
      who_can_reply: 'everyone',
      images: [],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      reply_to_activity_uuid: null,
      reply_to_handle: null,
      likes_count: 0,
      reposts_count: 0,
      replies_count: 0,
      mentions: [],
      user: me,
      viewer: { liked: false, reposted: false, can_reply: true },
      report_token: expect.stringMatching(/^[\w-]{51}$/),
    })
    expect((await anna.get(`/api/activities/${activity.uuid}`)).body).toEqual({ ...activity, ancestors: [] })
  })

  test.each(TTLS)('the TTL %s sets expires_at', async (ttl) => {
    const anna = await actors.join()
    const activity = await anna.posts('hi', ttl)
    expect(Date.parse(activity.expires_at) - Date.parse(activity.created_at)).toBe(TTL_SECONDS[ttl] * 1000)
  })

  test('signed out, viewer is null', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const shown = expectStatus(await actors.visitor().get(`/api/activities/${activity.uuid}`), 200).body
    expect(shown).toEqual({ ...activity, viewer: null, ancestors: [] })
  })

  test('a new activity is first on home, on everyone and on its author’s profile', async () => {
    const anna = await actors.join()
    const older = await anna.posts('older')
    const newer = await anna.posts('newer')
    for (const path of ['/api/activities/home', '/api/activities/everyone', `/api/users/@${anna.handle}/activities`]) {
      const { data } = expectStatus(await anna.get(path), 200).body
      expect(data.slice(0, 2), path).toEqual([newer, older])
    }
  })

  test('home lists activities of followed users and own ones', async () => {
    const [anna, ben, cleo] = await Promise.all([actors.join('anna'), actors.join('ben'), actors.join('cleo')])
    await db.sql(
      `insert into follows (follower_uuid, followed_uuid)
       select a.uuid, b.uuid from users a, users b where a.handle = $1 and b.handle = $2`,
      [anna.handle, ben.handle],
    )
    const own = await anna.posts('mine')
    const followed = await ben.posts('of ben')
    await cleo.posts('of cleo')
    const { body } = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(body.data.map(({ uuid }: { uuid: string }) => uuid)).toEqual([followed.uuid, own.uuid])
    expect(body.next_cursor).toBeNull()
  })

  test('home of a user who follows nobody is everyone’s', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await ben.posts('hi')
    const { data } = expectStatus(await anna.get('/api/activities/home'), 200).body
    expect(data[0].uuid).toBe(activity.uuid)
  })

  test('deleting an own activity removes it and its replies from every list at once', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const reply = await ben.replies(activity, 'ho')
    await anna.deletes(activity)
    expectErrors(await ben.get(`/api/activities/${activity.uuid}`), 410, ['gone'])
    expectErrors(await ben.get(`/api/activities/${reply.uuid}`), 410, ['gone'])
    expect((await anna.get(`/api/users/@${anna.handle}/activities`)).body.data).toEqual([])
    expect((await ben.get(`/api/users/@${ben.handle}/activities?tab=replies`)).body.data).toEqual([])
    const rows = 'select from activities where uuid = any($1::uuid[])'
    expect(await db.sql(rows, [[activity.uuid, reply.uuid]])).toHaveLength(0)
    expect(await db.sql('select from feed_items where activity_uuid = $1', [activity.uuid])).toHaveLength(0)
  })
})

describe('error', () => {
  const requests: [string, (uuid: string) => string, 'GET' | 'POST' | 'DELETE'][] = [
    ['showing', (uuid) => `/api/activities/${uuid}`, 'GET'],
    ['deleting', (uuid) => `/api/activities/${uuid}`, 'DELETE'],
    ['listing replies of', (uuid) => `/api/activities/${uuid}/replies`, 'GET'],
    ['replying to', (uuid) => `/api/activities/${uuid}/replies`, 'POST'],
  ]

  describe.each(requests)('%s', (_, path, method) => {
    test.each([
      ['a uuid from since the launch', GONE, 410],
      ['the same in capitals', GONE.toUpperCase(), 410],
      ['a uuid from before the launch', OLDER_THAN_LAUNCH, 404],
      ['a uuid from the future', 'ffffffff-ffff-7fff-8fff-ffffffffffff', 404],
      ['a uuid of version 4', VERSION_4, 404],
      ['no uuid', 'latest', 404],
      ['a uuid and more', `${GONE}x`, 404],
      ['a quote', `${GONE}'`, 404],
      ['a uuid in braces', `%7B${GONE}%7D`, 404],
      ['NUL', '%00', 404],
    ])('%s', async (__, uuid, status) => {
      const anna = await actors.join()
      const json = { 'content-type': 'application/json' }
      const answer =
        method === 'POST'
          ? await anna.send(method, path(uuid), json, '{"message":"hi"}')
          : await anna.send(method, path(uuid))
      expectErrors(answer, status, [status === 410 ? 'gone' : 'not_found'])
    })
  })

  test('deleting twice answers 410', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    await anna.deletes(activity)
    expectErrors(await anna.delete(`/api/activities/${activity.uuid}`), 410, ['gone'])
  })

  test('of ten deletions at once one answers 204, the others 410', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const answers = await Promise.all(Array.from({ length: 10 }, () => anna.delete(`/api/activities/${activity.uuid}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(410)])
  })

  test('each of twenty replies during a deletion is deleted with it, or answers 410', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const reply = () => ben.post(`/api/activities/${activity.uuid}/replies`, { message: 'ho' })
    const [deleted, ...replies] = await Promise.all([
      anna.delete(`/api/activities/${activity.uuid}`),
      ...Array.from({ length: 20 }, reply),
    ])
    expectStatus(deleted, 204)
    for (const answer of replies) expect([201, 410], answer.text).toContain(answer.status)
    expect(await db.sql('select from activities where root_uuid = $1', [activity.uuid])).toHaveLength(0)
  })
})

describe('security', () => {
  test('an activity of another user cannot be deleted', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const reply = await ben.replies(activity, 'ho')
    expectErrors(await ben.delete(`/api/activities/${activity.uuid}`), 403, ['not_yours'])
    expectErrors(await anna.delete(`/api/activities/${reply.uuid}`), 403, ['not_yours'])
    expectStatus(await ben.get(`/api/activities/${activity.uuid}`), 200)
  })

  test('signed out, home and all writes answer 401', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const visitor = actors.visitor()
    const answers = [
      await visitor.get('/api/activities/home'),
      await visitor.post('/api/activities', { message: 'hi', ttl: '1-hour' }),
      await visitor.post(`/api/activities/${activity.uuid}/replies`, { message: 'hi' }),
      await visitor.delete(`/api/activities/${activity.uuid}`),
    ]
    for (const answer of answers) {
      expectErrors(answer, 401, ['unauthorized'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test('the author is the viewer, whatever the body says', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const { uuid } = (await ben.get('/api/session')).body.viewer
    const body = { message: 'hi', ttl: '1-hour', user_uuid: uuid, user: { uuid }, uuid, expires_at: '2099-01-01' }
    const activity = expectStatus(await anna.post('/api/activities', body), 201).body
    expect(activity.user.handle).toBe(anna.handle)
    expect(activity.uuid).not.toBe(uuid)
    expect(Date.parse(activity.expires_at) - Date.parse(activity.created_at)).toBe(3_600_000)
  })

  test('rejects cross-site posts', async () => {
    const anna = await actors.join()
    const body = JSON.stringify({ message: 'hi', ttl: '1-hour' })
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': type }
      expectErrors(await anna.send('POST', '/api/activities', headers, body), 403, ['cross_origin'])
    }
    expect((await anna.get(`/api/users/@${anna.handle}/activities`)).body.data).toEqual([])
  })

  test.each([`'); drop table activities; --`, '$1', '%s', '\\', '{"a":1}', '<script>alert(1)</script>', '\u0024{1+1}'])(
    'the text %j is stored as it is',
    async (message) => {
      const anna = await actors.join()
      expect((await anna.posts(message)).message).toBe(message)
    },
  )
})
