import { createPublicKey } from 'node:crypto'
import { jwtVerify } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { generateVapidKeys } from '../../../local/vapid-keys.ts'
import type { PushSubscription } from '../../../worker/contract/push.ts'
import { PUSH_PATH } from '../../../worker/contract/push-path.ts'
import { Db } from '../../../worker/db/client.ts'
import { sendPushes } from '../../../worker/live/push.ts'
import { CONTACT_EMAIL } from '../../harness/bindings.ts'
import { openPushService } from '../../harness/push-service.ts'
import { openSite } from '../../harness/site.ts'
import { makeJobEnv } from '../../harness/worker-env.ts'
import {
  blocks,
  follows,
  likes,
  mutes,
  posts,
  postsTo,
  replies,
  reposts,
  sendsMessage,
  unlikes,
} from '../../support/actors/actions.ts'
import { type ApiUser, acquaintances, moderators, users } from '../../support/actors/many-users.ts'
import { pushedTo, subscribes } from '../../support/actors/push.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const service = await openPushService()
const site = await openSite({ settings: { PUSH_ENDPOINT: service.origin } })
const { db } = site
beforeEach(() => {
  service.answers = 201
})

const kindsTo = (subscription: PushSubscription) => pushedTo(service, subscription).map(({ payload }) => payload.kind)

/** Waits for the first push to a browser. */
async function firstPushTo(subscription: PushSubscription) {
  await expect.poll(() => pushedTo(service, subscription).length).toBe(1)
  const [first] = pushedTo(service, subscription)
  if (!first) throw new Error('Nothing was pushed.')
  return first
}

/** A request that pushes, and the work that it leaves pending. */
function requestWith(pending: Promise<unknown>[]): Parameters<typeof sendPushes>[0] {
  const settings = makeJobEnv(db, {}, generateVapidKeys())
  return { requestId: 'one', settings, db: new Db(settings), waitUntil: (work) => pending.push(work) }
}

/** Has a stranger follow a user, and waits until that was pushed; returns what else was. */
async function kindsBeforeFollow(who: ApiUser, subscription: PushSubscription): Promise<string[]> {
  const [stranger] = await users(site, 'stranger')
  await follows(stranger, who)
  await expect.poll(() => kindsTo(subscription)).toContain('follow')
  return kindsTo(subscription).filter((kind) => kind !== 'follow')
}

const secondsUntil = (time: string) => (Date.parse(time) - Date.now()) / 1000
const THIRTY_DAYS = 30 * 86_400
/** The longest TTL that Google's push service takes. */
const FOUR_WEEKS = 28 * 86_400

describe('a push says who did what, and never a text', () => {
  type Act = (anna: ApiUser, ben: ApiUser) => Promise<{ uuid: string | null; lives?: number }>
  const HOUR = 3_600
  test.each<[kind: string, urgency: string, act: Act]>([
    [
      'reply',
      'normal',
      async (anna, ben) => ({ ...(await replies(ben, await posts(anna, 'hi'), 'a secret')), lives: HOUR }),
    ],
    ['mention', 'normal', async (anna, ben) => ({ ...(await posts(ben, `a secret @${anna.handle}`)), lives: HOUR })],
    ['like', 'low', async (anna, ben) => ({ ...(await likes(ben, await posts(anna, 'a secret'))), lives: HOUR })],
    ['repost', 'low', async (anna, ben) => ({ ...(await reposts(ben, await posts(anna, 'a secret'))), lives: HOUR })],
    ['follow', 'low', (anna, ben) => follows(ben, anna).then(() => ({ uuid: null }))],
    [
      'message',
      'high',
      async (anna, ben) => ({ uuid: (await sendsMessage(ben, anna, 'a secret')).message_group_uuid }),
    ],
  ])('%s', async (kind, urgency, act) => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    const { uuid, lives = THIRTY_DAYS } = await act(anna, ben)
    const { payload, headers, body } = await firstPushTo(subscription)
    expect(payload).toEqual({ kind, actor: ben.handle, uuid, expires_at: expect.stringMatching(/Z$/) })
    expect(secondsUntil(payload.expires_at)).toBeGreaterThan(lives - 60)
    expect(secondsUntil(payload.expires_at)).toBeLessThanOrEqual(lives)
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency })
    expect(Math.abs(Number(headers.ttl) - Math.min(secondsUntil(payload.expires_at), FOUR_WEEKS))).toBeLessThan(10)
    // All have the same size, so that it tells nothing.
    expect(body.length).toBe(4_096)
  })

  test('of a decision: its author and the reporter', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [moderator] = await moderators(site, 'moderator')
    const [hers, his] = [await subscribes(anna, service), await subscribes(ben, service)]
    const report = await reports(ben, await posts(anna, 'a secret'))
    await decides(moderator, report, { action: 'delete' })
    const anonymous = { actor: null, expires_at: expect.stringMatching(/Z$/) }
    expect((await firstPushTo(hers)).payload).toEqual({
      ...anonymous,
      kind: 'statement',
      uuid: await statementOf(anna),
    })
    expect((await firstPushTo(his)).payload).toEqual({ ...anonymous, kind: 'report', uuid: report.reference })
  })

  test('signed with the site’s key, for this push service', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { public_key } = (await anna.get(PUSH_PATH)).body.data
    const subscription = await subscribes(anna, service)
    await follows(ben, anna)
    const { headers } = await firstPushTo(subscription)
    const [, token = '', key] = /^vapid t=(.+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
    expect(key).toBe(public_key)
    const point = Buffer.from(public_key, 'base64url')
    const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)]
    const siteKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    const { payload } = await jwtVerify(token, siteKey, {
      audience: service.origin,
      subject: `mailto:${CONTACT_EMAIL}`,
    })
    expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(86_400)
  })

  test('to each browser of its recipient, and nobody else’s', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const [first, second] = [await subscribes(anna, service), await subscribes(anna, service)]
    const others = [await subscribes(ben, service), await subscribes(cleo, service)]
    await likes(ben, await posts(anna, 'hi'))
    await firstPushTo(first)
    await firstPushTo(second)
    expect(others.flatMap(kindsTo)).toEqual([])
  })

  test('a later message replaces one that waits, without telling the push service which conversation it is', async () => {
    const [anna, ben, cleo] = await acquaintances(site, 'anna', 'ben', 'cleo')
    const browsers = [await subscribes(anna, service), await subscribes(anna, service)] as const
    const { message_group_uuid } = await sendsMessage(ben, anna, 'one')
    await sendsMessage(ben, anna, 'two')
    await sendsMessage(cleo, anna, 'three')
    await expect.poll(() => browsers.map((one) => kindsTo(one).length)).toEqual([3, 3])
    const topics = browsers.map((browser) => pushedTo(service, browser).map(({ headers }) => String(headers.topic)))
    expect(topics.map((each) => new Set(each).size)).toEqual([2, 2])
    expect(new Set(topics.flat()).size).toBe(4)
    for (const topic of topics.flat()) expect(topic).toMatch(/^[\w-]{32}$/)
    expect(topics.flat().join()).not.toContain(message_group_uuid.replaceAll('-', ''))
  })
})

describe('nothing is pushed', () => {
  test('once it has expired', async () => {
    const pending: Promise<unknown>[] = []
    const [expired, live] = [service.subscribe(), service.subscribe()]
    const pushIn = (seconds: number, subscription: PushSubscription) => ({
      payload: {
        kind: 'like' as const,
        actor: 'ben',
        uuid: null,
        expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
      },
      subscriptions: [{ uuid: crypto.randomUUID(), ...subscription }],
    })
    sendPushes(requestWith(pending), [pushIn(0, expired), pushIn(60, live)])
    await Promise.all(pending)
    expect(kindsTo(live)).toEqual(['like'])
    expect(kindsTo(expired)).toEqual([])
  })

  test.each<[string, (anna: ApiUser, ben: ApiUser) => Promise<unknown>]>([
    [
      'by someone whom the recipient has muted',
      async (anna, ben) => {
        await mutes(anna, ben)
        await replies(ben, await posts(anna, 'hi'), 'ho')
        await sendsMessage(ben, anna, 'psst')
      },
    ],
    [
      'by someone whom the recipient has blocked',
      async (anna, ben) => {
        await blocks(anna, ben)
        await posts(ben, `hi @${anna.handle}`)
      },
    ],
    ['of what the recipient may not see', (anna, ben) => postsTo(ben, { audience: 'circle' }, `hi @${anna.handle}`)],
    ['of one’s own doing', async (anna) => likes(anna, await posts(anna, `hi @${anna.handle}`))],
    [
      'to a browser whose session has ended',
      async (anna, ben) => {
        // By its age alone: every other end deletes the subscription.
        await db.sql(`update sessions set created_at = now() - interval '32 days' where user_uuid = $1`, [anna.uuid])
        await likes(ben, await posts(anna, 'hi'))
        await db.sql('update sessions set created_at = now() where user_uuid = $1', [anna.uuid])
      },
    ],
  ])('%s', async (_, act) => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    await act(anna, ben)
    expect(await kindsBeforeFollow(anna, subscription)).toEqual([])
  })

  test('of a message request, but of the conversation once it is accepted', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    const { message_group_uuid } = await sendsMessage(ben, anna, 'hi')
    expect(await kindsBeforeFollow(anna, subscription)).toEqual([])
    expectStatus(await anna.post(`/api/message_groups/${message_group_uuid}/accept`), 204)
    await sendsMessage(ben, anna, 'hi')
    await expect.poll(() => kindsTo(subscription)).toContain('message')
  })

  test('twice: of a like that was taken back and given again, or a message that was sent again', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    const activity = await posts(anna, 'hi')
    await likes(ben, activity)
    await unlikes(ben, activity)
    await likes(ben, activity)
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const body = JSON.stringify({ handle: anna.handle, message: 'hi' })
    for (const _ of [1, 2]) expectStatus(await ben.send('POST', '/api/messages', headers, body), 201)
    expect((await kindsBeforeFollow(anna, subscription)).sort()).toEqual(['like', 'message'])
  })
})

describe('a push service that fails', () => {
  const isStored = async ({ endpoint }: PushSubscription) =>
    (await db.sql('select from push_subscriptions where endpoint = $1', [endpoint])).length === 1

  test.each([404, 410])('ends the subscription by %i', async (status) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    service.answers = status
    await follows(ben, anna)
    await expect.poll(() => isStored(subscription)).toBe(false)
  })

  test('is asked for nothing more of a browser that it limits by 429, and for all of others', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const limited = await subscribes(anna, service)
    service.answers = 429
    await follows(ben, anna)
    await firstPushTo(limited)
    service.answers = 201
    const other = await subscribes(anna, service)
    const activity = await posts(anna, 'hi')
    await likes(ben, activity)
    await likes(cleo, activity)
    await expect.poll(() => kindsTo(other)).toEqual(['like', 'like'])
    expect(kindsTo(limited)).toEqual(['follow'])
    expect(await isStored(limited)).toBe(true)
  })

  test.each([500, 503, 'elsewhere'] as const)('costs nothing else: %s', async (answer) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    service.answers = answer
    await follows(ben, anna)
    await firstPushTo(subscription)
    service.answers = 201
    await likes(ben, await posts(anna, 'hi'))
    await expect.poll(() => kindsTo(subscription)).toEqual(['follow', 'like'])
    expect(await isStored(subscription)).toBe(true)
    // A redirect is not followed.
    expect(service.strays).toEqual([])
  })

  test('is logged once a minute by its name, without endpoint and keys', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    service.answers = 429
    await follows(ben, anna)
    await firstPushTo(subscription)
    const failures = () =>
      site.log.filter((line) => line.includes('push_failed')).map((line): unknown => JSON.parse(line))
    // Of this failure, or of an earlier test's within the minute.
    await expect
      .poll(failures)
      .toEqual([
        { event: 'push_failed', request_id: expect.any(String), push_service: '127.0.0.1', status: expect.any(Number) },
      ])
    const { p256dh, auth } = subscription.keys
    const secrets = [p256dh, auth, ...service.received.map(({ endpoint }) => new URL(endpoint).pathname)]
    expect(site.log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([])
  })

  test('does not slow the write while it never answers', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    const activity = await posts(anna, 'hi')
    service.answers = 'never'
    const startedAt = performance.now()
    await likes(ben, activity)
    // A write that waited would take until the timeout, 5 s.
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    await firstPushTo(subscription)
  })

  test('does not let the many browsers of one user keep another waiting', async () => {
    const expires_at = new Date(Date.now() + 60_000).toISOString()
    const pushTo = (...subscriptions: PushSubscription[]) => ({
      payload: { kind: 'like' as const, actor: 'ben', uuid: null, expires_at },
      subscriptions: subscriptions.map((subscription) => ({ uuid: crypto.randomUUID(), ...subscription })),
    })
    const [many, one] = [Array.from({ length: 8 }, service.subscribe), service.subscribe()]
    const pending: Promise<unknown>[] = []
    service.answers = 'never'
    sendPushes(requestWith(pending), [pushTo(...many), pushTo(one)])
    await firstPushTo(one)
    // Four at a time.
    expect(many.flatMap(kindsTo).length).toBeLessThan(4)
    service.recover()
    await Promise.all(pending)
    expect(many.flatMap(kindsTo)).toHaveLength(8)
  })
})
