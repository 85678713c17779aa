import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import {
  addsToCircle,
  approvesFollowers,
  blocks,
  follows,
  handlesIn,
  likes,
  mutes,
  posts,
  reads,
  replies,
  reposts,
  sendsMessage,
} from '../../support/actors/actions.ts'
import { type Actor, apiClient } from '../../support/actors/actors.ts'
import { keyOfUrl, setsAvatar, storedKeys } from '../../support/actors/avatars.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'
import { expandPaths, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite()
const { db, actors } = site
afterEach(() => {
  site.database.setOutage(false)
  site.identity.setOutage(false)
})

/** Database round trips of a deletion until the account is hidden; Cognito and the removal of rows come after. */
const TRIPS_UNTIL_HIDDEN = 4

/** Makes Anna, Ben and Cleo, who interact in every way, and Dora, who has blocked and muted Anna. */
async function makeDeletionFixture() {
  const [anna, ben, cleo, dora] = await Promise.all(['anna', 'ben', 'cleo', 'dora'].map((name) => actors.join(name)))
  if (!anna || !ben || !cleo || !dora) throw new Error('missing actor')
  const secret = `secret${crypto.randomUUID().slice(0, 8)}`
  const avatar = await setsAvatar(anna)
  await Promise.all([follows(ben, anna), follows(cleo, ben)])
  await Promise.all([follows(anna, ben), follows(cleo, anna)])
  const own = await posts(anna, `${secret} #${secret} @${ben.handle}`)
  const other = await posts(ben, 'of ben')
  const reply = await replies(anna, other, `${secret} too`)
  await replies(cleo, other, 'of cleo')
  await replies(ben, own, 'under it')
  for (const who of [anna, cleo]) {
    await likes(who, other)
    await reposts(who, other)
  }
  await likes(ben, own)
  await reposts(ben, own)
  const { message_group_uuid: group } = await sendsMessage(anna, ben, `${secret} psst`)
  await sendsMessage(ben, anna, 'psst')
  await mutes(dora, anna)
  await mutes(anna, dora)
  await blocks(dora, anna)
  await runCron(site)
  const { uuid } = await reads(ben, `/api/users/@${anna.handle}/short`)
  const needles = [anna.handle, uuid, secret, await subOf(anna)]
  const params: RouteParams = {
    handles: [anna, ben].map(({ handle }) => handle),
    uuids: [own.uuid, other.uuid],
    groups: [group],
    tag: secret,
    term: anna.handle,
  }
  return { anna, ben, cleo, dora, own, other, reply, group, avatar, uuid, needles, params: params }
}

type DeletionFixture = Awaited<ReturnType<typeof makeDeletionFixture>>

/** The routes whose answers mention Anna to one of the viewers. */
async function routesMentioning(viewers: Client[], { params, needles }: DeletionFixture): Promise<string[]> {
  const found = new Set<string>()
  for (const pattern of READS) {
    for (const path of expandPaths(pattern, params)) {
      if (found.has(pattern)) break
      const answers = await Promise.all(viewers.map((viewer) => viewer.get(path)))
      const words = needles.filter((word) => word && !path.includes(word))
      for (const { status, text } of answers) {
        // Neither an error of ours nor the rate limit, which would hide everything.
        expect(status, `${path}\n${text}`).toBeLessThan(429)
        if (words.some((word) => text.includes(word))) found.add(pattern)
      }
    }
  }
  return [...found].sort()
}

const counts = async (who: Client, { other, ben }: DeletionFixture) => {
  const activity = await reads(who, `/api/activities/${other.uuid}`)
  const profile = await reads(who, `/api/users/@${ben.handle}`)
  return {
    likes: activity.likes_count,
    reposts: activity.reposts_count,
    replies: activity.replies_count,
    followers: profile.followers_count,
    following: profile.following_count,
  }
}

/** The Cognito sub of a user. */
const subOf = async ({ handle }: Actor): Promise<string> => {
  const [row] = await db.sql<{ cognito_sub: string }>('select cognito_sub from users where handle = $1', [handle])
  return row?.cognito_sub ?? ''
}

/** The error codes of an answer. */
const codesOf = async (answers: Promise<Answer>): Promise<string[]> =>
  (await answers).body.errors.map(({ code }: { code: string }) => code)

/** Deletes the account, with a database outage as soon as it is hidden. It waits for the `trips` that fail: one that
 * records Cognito's answer, if Cognito is up, and the first of the removal of rows.
 */
async function deletesUntilHidden(actor: Actor, trips = 2) {
  const before = site.database.count()
  site.database.outageAfter(TRIPS_UNTIL_HIDDEN)
  expectStatus(await actor.deletesAccount(), 204)
  await expect.poll(() => site.database.count() - before).toBeGreaterThanOrEqual(TRIPS_UNTIL_HIDDEN + trips)
  site.database.setOutage(false)
  expect(await db.sql('select from deleted_accounts')).toHaveLength(1)
}

describe('happy', () => {
  test('deletes its rows, avatar and Cognito user, and corrects the counts of others', async () => {
    const fixture = await makeDeletionFixture()
    const { anna, ben, other, needles, avatar } = fixture
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const script = anna.asApiClient()
    expect(await counts(ben, fixture)).toEqual({ likes: 2, reposts: 2, replies: 2, followers: 2, following: 1 })

    expectStatus(await anna.deletesAccount(), 204)
    expect(anna.hasSession).toBe(false)
    for (const client of [phone, script]) {
      expectErrors(await client.get('/api/activities/home'), 401, ['session_ended'])
    }
    expect((await phone.get('/api/session')).body).toEqual({ viewer: null })
    expectErrors(await anna.post('/api/session', { email: anna.email, password: anna.details.password }), 401, [
      'credentials_wrong',
    ])
    await runCron(site)
    expect(await findTextInTables(db, needles)).toEqual({})
    expect(await db.sql('select from deleted_accounts')).toEqual([])
    expect(await storedKeys(site)).not.toContain(keyOfUrl(avatar))
    expect(await counts(ben, fixture)).toEqual({ likes: 1, reposts: 1, replies: 1, followers: 1, following: 0 })
    const [stored] = await db.sql(
      `select likes_count, reposts_count, stored_replies_count,
         (select count(*)::integer from feed_items where activity_uuid = $1) as items
       from activities where uuid = $1`,
      [other.uuid],
    )
    expect(stored).toEqual({ likes_count: 1, reposts_count: 1, stored_replies_count: 1, items: 2 })
  })

  test('deletes circle members and follow requests either way, which others see no more at once', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    const { uuid } = await reads(ben, `/api/users/@${anna.handle}/short`)
    for (const [one, other] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      await addsToCircle(one, other)
      await approvesFollowers(other)
      await follows(one, other)
    }
    const listsOfBen = ['/api/circle', '/api/follow-requests']
    for (const path of listsOfBen) expect(await handlesIn(ben, path)).toEqual([anna.handle])
    await deletesUntilHidden(anna)
    for (const path of listsOfBen) expect(await handlesIn(ben, path)).toEqual([])
    expect((await ben.get('/api/profile/export')).body).toMatchObject({
      circle: [],
      requested: [],
      follow_requests: [],
    })
    await runCron(site)
    expect(await findTextInTables(db, [uuid])).toEqual({})
  })

  test('an API client can delete the account with a Bearer token', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    const type = { 'content-type': 'application/json' }
    const json = JSON.stringify({ password: anna.details.password })
    expectStatus(await script.send('DELETE', '/api/profile', type, json), 204)
    expectErrors(await script.get('/api/profile'), 401, ['session_ended'])
  })

  test('the same email can sign up again with another handle', async () => {
    const anna = await actors.join()
    expectStatus(await anna.deletesAccount(), 204)
    await runCron(site)
    expect(await codesOf(anna.post('/api/session/sign-up', anna.details))).toEqual(['handle_taken'])
    const again = { ...anna.details, handle: actors.unregistered('again').handle }
    expectStatus(await anna.post('/api/session/sign-up', again), 201)
    const { body } = await anna.confirms()
    expect(body.viewer.handle).toBe(again.handle)
  })
})

test('once hidden, the account shows in no list, count or page', { timeout: 60_000 }, async () => {
  const fixture = await makeDeletionFixture()
  const { anna, ben, cleo, dora, group, needles } = fixture
  // Emil follows nobody, so Anna is suggested to him.
  const viewers: Client[] = [ben, dora, await actors.join('emil'), actors.visitor()]
  // Checked before, since otherwise her absence would prove nothing.
  expect(await routesMentioning(viewers, fixture)).toEqual([
    '/api/activities/:uuid',
    '/api/activities/:uuid/likes',
    '/api/activities/:uuid/replies',
    '/api/activities/:uuid/reposts',
    '/api/activities/everyone',
    '/api/activities/home',
    '/api/activities/last-light',
    '/api/arrival',
    '/api/message_groups',
    '/api/message_groups/:uuid',
    '/api/message_groups/:uuid/messages',
    '/api/message_groups/with/:at_handle',
    '/api/notifications',
    '/api/profile/blocks',
    '/api/profile/export',
    '/api/profile/mutes',
    '/api/tags/:tag',
    '/api/tags/trending',
    '/api/users',
    '/api/users/:at_handle',
    '/api/users/:at_handle/activities',
    '/api/users/:at_handle/followers',
    '/api/users/:at_handle/following',
    '/api/users/:at_handle/short',
    '/api/users/search',
    '/api/users/suggested',
  ])
  expect(await reads(ben, '/api/message_groups/unread')).toEqual({ count: 1 })
  const pagesMentioning = async () => {
    const pages = [
      '/',
      `/@${ben.handle}`,
      `/@${ben.handle}/status/${fixture.other.uuid}`,
      '/notifications',
      '/messages',
    ]
    const texts = await Promise.all(pages.map(async (page) => expectStatus(await ben.visits(page), 200).text))
    return pages.filter((_, index) => needles.some((word) => texts[index]?.includes(word)))
  }
  expect(await pagesMentioning()).toHaveLength(5)
  const completion = `/api/users?prefix=${anna.handle.slice(0, -1)}`
  expect((await reads(ben, completion)).data).toHaveLength(1)

  await deletesUntilHidden(anna)
  expect((await findTextInTables(db, needles)).activities).toBe(2)
  expect(await routesMentioning(viewers, fixture)).toEqual([])
  expect(await pagesMentioning()).toEqual([])
  expectStatus(await ben.visits(`/@${anna.handle}`), 404)
  expectStatus(await ben.visits(`/@${anna.handle}/status/${fixture.own.uuid}`), 410)
  expect(await counts(ben, fixture)).toEqual({ likes: 1, reposts: 1, replies: 1, followers: 1, following: 0 })
  expect(await reads(ben, '/api/message_groups/unread')).toEqual({ count: 0 })
  expect((await reads(ben, completion)).data).toEqual([])
  for (const action of ['follow', 'block', 'mute']) {
    expectErrors(await cleo.put(`/api/users/@${anna.handle}/${action}`, { seconds: null }), 404, ['not_found'])
  }
  const byHandle = await ben.post('/api/messages', { handle: anna.handle, message: 'hello?' })
  expectErrors(byHandle, 422, [{ code: 'recipient_unreachable', field: 'handle' }])
  expectErrors(await ben.post('/api/messages', { message_group_uuid: group, message: 'hello?' }), 404, ['not_found'])
  for (const action of ['like', 'repost']) {
    expectErrors(await cleo.put(`/api/activities/${fixture.own.uuid}/${action}`), 410, ['gone'])
  }
  expect(await codesOf(anna.onAnotherDevice().post('/api/session/sign-up', anna.details))).toEqual(['handle_taken'])
  await posts(ben, `@${anna.handle}?`)
  expect(await db.sql('select from mentions where user_uuid = $1', [fixture.uuid])).toEqual([])

  await runCron(site)
  expect(await findTextInTables(db, [fixture.uuid])).toEqual({})
})

describe('error', () => {
  test('a wrong password changes nothing; after five the next attempt answers 429', async () => {
    const anna = await actors.join()
    for (let attempts = 0; attempts < 5; attempts += 1) {
      expectErrors(await anna.deletesAccount('wrong'), 422, [{ code: 'password_wrong', field: 'password' }])
    }
    const sixth = await anna.deletesAccount()
    expectErrors(sixth, 429, ['too_many_requests'])
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(await db.sql('select from deleted_accounts')).toEqual([])
  })

  test('an empty or overlong password is rejected before it is tried', async () => {
    const anna = await actors.join()
    expectErrors(await anna.deletesAccount(''), 422, [{ code: 'password_blank', field: 'password' }])
    expectErrors(await anna.deletesAccount('x'.repeat(9_000)), 422, [{ code: 'password_weak', field: 'password' }])
    expectErrors(await anna.delete('/api/profile'), 422, [{ code: 'password_blank', field: 'password' }])
  })

  test('answers 503 and changes nothing while Cognito is down', async () => {
    const anna = await actors.join()
    site.identity.setOutage(true)
    expectErrors(await anna.deletesAccount(), 503, ['identity_unavailable'])
    site.identity.setOutage(false)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectStatus(await anna.deletesAccount(), 204)
  })

  test.each([0, 1, 2, 3])(
    'answers 503 and changes nothing when the database goes down after %i trips',
    async (trips) => {
      const anna = await actors.join()
      site.database.outageAfter(trips)
      expectErrors(await anna.deletesAccount(), 503, ['database_unavailable'])
      site.database.setOutage(false)
      expectStatus(await anna.get('/api/activities/home'), 200)
      expectStatus(await anna.deletesAccount(), 204)
    },
  )

  test('when Cognito goes down after the account is hidden, its user is deleted at the next sign-in', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    const sub = await subOf(anna)
    const pendingAtCognito = (cognitoSub: string) =>
      db.sql(
        `select until = 'infinity' as pending from deleted_subs where hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
        [cognitoSub],
      )
    // GetUser and the password check get through, DeleteUser does not.
    site.identity.outageAfter(2)
    expectStatus(await anna.deletesAccount(), 204)
    site.identity.setOutage(false)
    await runCron(site)
    expect(await findTextInTables(db, [anna.handle])).toEqual({})
    expect(await pendingAtCognito(sub)).toEqual([{ pending: true }])

    // The token still verifies and Cognito knows its user, but no account is created of it.
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.put('/api/profile/handle', { handle: 'anew' }), 401, ['session_ended'])
    const credentials = { email: anna.email, password: anna.details.password }
    expectErrors(await anna.post('/api/session', credentials), 401, ['credentials_wrong'])
    expect(anna.hasSession).toBe(false)
    expect(await pendingAtCognito(sub)).toEqual([{ pending: false }])
    expect(await findTextInTables(db, [anna.handle])).toEqual({})
    const again = { ...anna.details, handle: actors.unregistered('again').handle }
    expectStatus(await anna.post('/api/session/sign-up', again), 201)
  })

  test('the cron finishes an interrupted deletion', async () => {
    const anna = await actors.join()
    const avatar = await setsAvatar(anna)
    await posts(anna, 'hi')
    await deletesUntilHidden(anna)
    expect(await storedKeys(site)).toContain(keyOfUrl(avatar))
    await runCron(site)
    expect(await storedKeys(site)).not.toContain(keyOfUrl(avatar))
    expect(await findTextInTables(db, [anna.handle])).toEqual({})
    expect(await db.sql('select from deleted_accounts')).toEqual([])
  })
})

describe('security', () => {
  test('a password reset of a hidden account opens no session', async () => {
    const anna = await actors.join()
    const sub = await subOf(anna)
    // Both Cognito and the database are down once the account is hidden.
    site.identity.outageAfter(2)
    await deletesUntilHidden(anna, 1)
    site.identity.setOutage(false)
    expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
    const recovery = { email: anna.email, code: anna.code, password: 'Another-2027?' }
    expectStatus(await anna.post('/api/session/recover/confirm', recovery), 204)
    const { issuer, clientId } = site.cognito
    const later = { auth_time: Math.floor(Date.now() / 1000) + 60 }
    const token = await signAccessToken({ issuer, clientId, keys: inject('pool').keys }, sub, later)
    expectErrors(await apiClient(site.origin, token).get('/api/profile'), 401, ['session_ended'])
    await runCron(site)
    expectErrors(await apiClient(site.origin, token).get('/api/profile'), 401, ['session_ended'])
  })

  test('rejects cross-site and signed-out requests', async () => {
    const anna = await actors.join()
    const type = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const json = JSON.stringify({ password: anna.details.password })
    expectErrors(await anna.send('DELETE', '/api/profile', type, json), 403, ['cross_origin'])
    expectErrors(await anna.onAnotherDevice().deletesAccount(), 401, ['unauthorized'])
    expectStatus(await anna.get('/api/profile'), 200)
  })
})
