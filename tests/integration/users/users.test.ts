import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()
const expire = (uuid: string) =>
  db.sql('update activities set created_at = now() - interval $$1 day$$, expires_at = now() where uuid = $1', [uuid])
const follow = (who: string, whom: string) =>
  db.sql(
    `insert into follows (follower_uuid, followed_uuid)
     select a.uuid, b.uuid from users a, users b where a.handle = $1 and b.handle = $2`,
    [who, whom],
  )

describe('happy', () => {
  test('a profile has exactly the public fields', async () => {
    const anna = await actors.join()
    const { body } = expectStatus(await actors.visitor().get(`/api/users/@${anna.handle}`), 200)
    expect(body).toEqual({
      uuid: expect.any(String),
      handle: anna.handle,
      display_name: 'Anna',
      avatar_url: null,
      banner_color: 'star',
      bio: '',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      cruds_count: 0,
      followers_count: 0,
      following_count: 0,
      approves_followers: false,
      viewer: null,
    })
  })

  test('a profile has the relation to the viewer', async () => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    await follow(anna.handle, ben.handle)
    const readProfile = async (who: typeof anna, whom: typeof anna) =>
      (await who.get(`/api/users/@${whom.handle}`)).body
    expect(await readProfile(anna, ben)).toMatchObject({
      followers_count: 1,
      viewer: { following: 'yes', followed_by: false },
    })
    expect(await readProfile(ben, anna)).toMatchObject({
      following_count: 1,
      viewer: { following: 'no', followed_by: true },
    })
  })

  test('a profile counts live top-level activities only', async () => {
    const anna = await actors.join()
    const activities = []
    for (const message of ['one', 'two', 'three']) activities.push(await anna.posts(message))
    await anna.replies(activities[0] ?? { uuid: '' }, 'a reply is not counted')
    const count = async () => (await anna.get(`/api/users/@${anna.handle}`)).body.cruds_count
    expect(await count()).toBe(3)
    await expire(activities[1]?.uuid ?? '')
    expect(await count()).toBe(2)
    await anna.deletes(activities[2] ?? { uuid: '' })
    expect(await count()).toBe(1)
  })

  test('the short form has name and handle', async () => {
    const anna = await actors.join()
    const { body } = expectStatus(await actors.visitor().get(`/api/users/@${anna.handle}/short`), 200)
    expect(body).toEqual({ uuid: expect.any(String), handle: anna.handle, display_name: 'Anna' })
  })

  test('the handle is case-insensitive', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const path = `/api/users/@${anna.handle.toUpperCase()}`
    expect((await anna.get(path)).body.handle).toBe(anna.handle)
    expect((await anna.get(`${path}/short`)).body.handle).toBe(anna.handle)
    expect((await anna.get(`${path}/activities`)).body.data).toEqual([activity])
  })

  test('the at sign can be encoded', async () => {
    const anna = await actors.join()
    expectStatus(await actors.visitor().get(`/api/users/%40${anna.handle}`), 200)
  })

  test('the default tab is cruds', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const reply = await anna.replies(activity, 'ho')
    const path = `/api/users/@${anna.handle}/activities`
    const tab = async (query: string) =>
      (await anna.get(path + query)).body.data.map((one: { uuid: string }) => one.uuid)
    expect(await tab('')).toEqual([activity.uuid])
    expect(await tab('?tab=cruds')).toEqual([activity.uuid])
    expect(await tab('?tab=replies')).toEqual([reply.uuid])
  })
})

describe('error', () => {
  const paths = ['', '/short', '/activities', '/activities?tab=replies']

  test.each(paths)('/@unknown%s answers 404', async (rest) => {
    expectErrors(await actors.visitor().get(`/api/users/@${actors.unregistered().handle}${rest}`), 404, ['not_found'])
  })

  test.each([
    ['no at sign', (handle: string) => handle],
    ['an at sign alone', () => '@'],
    ['two at signs', (handle: string) => `@@${handle}`],
    ['a dash', () => '@an-na'],
    ['a space', (handle: string) => `@${handle}%20`],
    ['a quote', (handle: string) => `@${handle}'`],
    ['NUL', (handle: string) => `@${handle}%00`],
    ['a newline', (handle: string) => `@${handle}%0A`],
    ['a letter with a mark', () => '@%C3%A4nna'],
    ['bytes that are not UTF-8', () => '@%FF'],
    ['a percent sign', () => '@%'],
    ['31 characters', () => `@${'x'.repeat(31)}`],
    ['a thousand characters', () => `@${'x'.repeat(1_000)}`],
    ['a wild card', () => '@%25'],
  ])('%s answers 404', async (_, segment) => {
    const anna = await actors.join()
    for (const rest of paths) {
      expectErrors(await anna.get(`/api/users/${segment(anna.handle)}${rest}`), 404, ['not_found'])
    }
  })

  test('an unknown tab answers 400', async () => {
    const anna = await actors.join()
    const answer = await anna.get(`/api/users/@${anna.handle}/activities?tab=secrets`)
    expectErrors(answer, 400, [{ code: 'bad_request', field: 'tab' }])
  })
})

describe('security', () => {
  test('no answer about a user contains their email or sub', async () => {
    const anna = await actors.join()
    await anna.posts('hi')
    const [row] = await db.sql<{ cognito_sub: string }>('select cognito_sub from users where handle = $1', [
      anna.handle,
    ])
    for (const rest of ['', '/short', '/activities']) {
      const { text } = expectStatus(await actors.visitor().get(`/api/users/@${anna.handle}${rest}`), 200)
      expect(text).toContain(anna.handle)
      expect(text).not.toContain(anna.email)
      expect(text).not.toContain(row?.cognito_sub)
    }
  })
})
