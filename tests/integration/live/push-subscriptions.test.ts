import { describe, expect, test } from 'vitest'
import type { PushSubscription } from '../../../worker/contract/push.ts'
import { PUSH_PATH } from '../../../worker/contract/push-path.ts'
import { openPushService } from '../../harness/push-service.ts'
import { openSite } from '../../harness/site.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { subscribes, unsubscribes } from '../../support/actors/push.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const service = await openPushService()
const site = await openSite({ settings: { PUSH_ENDPOINT: service.origin } })
const { actors, db } = site

/** The handles of the users whom a browser's subscription belongs to: one, or none. */
const ownersOf = async ({ endpoint }: PushSubscription) =>
  (
    await db.sql<{ handle: string }>(
      'select handle from push_subscriptions join users on users.uuid = user_uuid where endpoint = $1',
      [endpoint],
    )
  ).map(({ handle }) => handle)

const countOf = async ({ uuid }: ApiUser) =>
  (await db.sql('select from push_subscriptions where user_uuid = $1', [uuid])).length

describe('happy', () => {
  test('returns the site’s public key', async () => {
    const [anna] = await users(site, 'anna')
    const { body } = expectStatus(await anna.get(PUSH_PATH), 200)
    expect(body).toEqual({ data: { public_key: expect.stringMatching(/^B[\w-]{86}$/) } })
  })

  test('stores a browser once, with its newest keys, and deletes it', async () => {
    const [anna] = await users(site, 'anna')
    const first = await subscribes(anna, service)
    const again = { endpoint: first.endpoint, keys: service.subscribe().keys }
    expectStatus(await anna.put(PUSH_PATH, again), 204)
    expectStatus(await anna.put(PUSH_PATH, again), 204)
    const stored = await db.sql('select endpoint, p256dh, auth from push_subscriptions where user_uuid = $1', [
      anna.uuid,
    ])
    expect(stored).toEqual([{ endpoint: first.endpoint, ...again.keys }])
    expectStatus(await unsubscribes(anna, first), 204)
    expectStatus(await unsubscribes(anna, first), 204)
    expect(await countOf(anna)).toBe(0)
  })

  test('gives a browser to the user who signs in after another', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const subscription = await subscribes(anna, service)
    expectStatus(await ben.put(PUSH_PATH, subscription), 204)
    expect(await ownersOf(subscription)).toEqual([ben.handle])
    expectStatus(await unsubscribes(anna, subscription), 204)
    expect(await ownersOf(subscription)).toEqual([ben.handle])
  })

  test('gives it to nobody who knows the endpoint alone', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { endpoint } = await subscribes(anna, service)
    const stolen = { ...service.subscribe(), endpoint }
    expectStatus(await ben.put(PUSH_PATH, stolen), 204)
    expectStatus(await unsubscribes(ben, stolen), 204)
    expect(await ownersOf(stolen)).toEqual([anna.handle])
  })

  test('keeps the ten newest browsers of a user, also of many at once', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const other = await subscribes(ben, service)
    const oldest = await subscribes(anna, service)
    for (let i = 0; i < 10; i += 1) await subscribes(anna, service)
    expect(await countOf(anna)).toBe(10)
    expect(await ownersOf(oldest)).toEqual([])
    const answers = await Promise.all(Array.from({ length: 12 }, () => anna.put(PUSH_PATH, service.subscribe())))
    expect(answers.filter(({ status }) => status !== 204)).toEqual([])
    expect(await countOf(anna)).toBe(10)
    expect(await ownersOf(other)).toEqual([ben.handle])
  })

  test('exports the push service, never the endpoint', async () => {
    const [anna] = await users(site, 'anna')
    const { endpoint, keys } = await subscribes(anna, service)
    const { body, text } = expectStatus(await anna.get('/api/profile/export'), 200)
    const created_at = expect.stringMatching(/Z$/)
    expect(body.push_subscriptions).toEqual([{ push_service: new URL(service.origin).host, created_at }])
    for (const secret of [new URL(endpoint).pathname, keys.auth, keys.p256dh]) expect(text).not.toContain(secret)
  })
})

describe('a subscription ends with its session', () => {
  test('by signing out', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const [here, there] = [await subscribes(anna, service), await subscribes(phone, service)]
    expectStatus(await anna.delete('/api/session'), 204)
    expect(await ownersOf(here)).toEqual([])
    expect(await ownersOf(there)).toEqual([anna.handle])
  })

  test('when all others, all, or the account end', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const there = await subscribes(phone, service)
    const here = await subscribes(anna, service)
    expectStatus(await anna.delete('/api/session/others'), 204)
    expect([await ownersOf(here), await ownersOf(there)]).toEqual([[anna.handle], []])
    expectStatus(await anna.delete('/api/session/all'), 204)
    expect(await ownersOf(here)).toEqual([])

    const ben = await actors.join('ben')
    const his = await subscribes(ben, service)
    expectStatus(await ben.deletesAccount(), 204)
    await expect.poll(() => ownersOf(his)).toEqual([])
  })
})

describe('error', () => {
  const FOREIGN = [
    'https://push.example/1',
    'http://fcm.googleapis.com/fcm/send/1',
    'http://127.0.0.1:1/',
    'https://169.254.169.254/',
  ]
  test.each(FOREIGN)('refuses the endpoint %s', async (endpoint) => {
    const [anna] = await users(site, 'anna')
    const answer = await anna.put(PUSH_PATH, { ...service.subscribe(), endpoint })
    expectErrors(answer, 422, [{ code: 'push_service_unknown', field: 'endpoint' }])
    expect(await countOf(anna)).toBe(0)
  })

  test('accepts the endpoints of browsers', async () => {
    const [anna] = await users(site, 'anna')
    const endpoint = 'https://updates.push.services.mozilla.com/wpush/v2/gAAAA'
    expectStatus(await anna.put(PUSH_PATH, { ...service.subscribe(), endpoint }), 204)
    expect(await ownersOf({ ...service.subscribe(), endpoint })).toEqual([anna.handle])
  })

  test('refuses keys that nothing can be encrypted for', async () => {
    const [anna] = await users(site, 'anna')
    const { endpoint, keys } = service.subscribe()
    const bad = { code: 'push_keys_invalid' } as const
    const put = (changes: object) => anna.put(PUSH_PATH, { endpoint, keys: { ...keys, ...changes } })
    expectErrors(await put({ auth: 'short' }), 422, [{ ...bad, field: 'keys.auth' }])
    expectErrors(await put({ p256dh: 1 }), 422, [{ ...bad, field: 'keys.p256dh' }])
    // Not on the curve.
    expectErrors(await put({ p256dh: `BA${'A'.repeat(85)}` }), 422, [{ ...bad, field: 'keys.p256dh' }])
    expectErrors(await anna.put(PUSH_PATH, {}), 422, [
      { code: 'push_endpoint_invalid', field: 'endpoint' },
      { ...bad, field: 'keys' },
    ])
    // Characters that Postgres counts otherwise, or refuses.
    for (const more of ['x'.repeat(1024), 'é'.repeat(600), '\u0000', '\n'])
      expectErrors(await anna.put(PUSH_PATH, { endpoint: `${endpoint}${more}`, keys }), 422, [
        { code: 'push_endpoint_invalid', field: 'endpoint' },
      ])
    expect(await countOf(anna)).toBe(0)
  })

  test('offers nothing where push is not configured', async () => {
    const quiet = await openSite({ settings: { VAPID_PUBLIC_KEY: '', VAPID_PRIVATE_KEY: '' } })
    const [anna] = await users(quiet, 'anna')
    expect(expectStatus(await anna.get(PUSH_PATH), 200).body).toEqual({ data: { public_key: null } })
    expectErrors(await anna.put(PUSH_PATH, service.subscribe()), 404, ['not_found'])
  })
})
