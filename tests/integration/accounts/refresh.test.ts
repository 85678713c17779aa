import { decodeJwt } from 'jose'
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Tokens } from '../../../worker/auth/cognito/cognito.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite, type Site } from '../../harness/site.ts'
import { sessionCookiesFor, signAccessToken } from '../../harness/tokens.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const rotatingSite = await openSite({ pool: { overrides: { rotation: { graceSeconds: 60 } } } })
const rotatingWithoutGrace = await openSite({ pool: { overrides: { rotation: { graceSeconds: 0 } } } })
/** A site whose Worker has not loaded the JWKS. */
const siteWithoutKeys = await openSite({ pool: { overrides: { rotation: { graceSeconds: 0 } } } })
const siteWithClientSecret = await openSite({ pool: { clientSecret: 'a-client-secret' } })

const nowSeconds = () => Math.floor(Date.now() / 1000)

/** Replaces the access token in an actor's cookies by an expired one. */
async function expireAccessToken(actor: Actor, { cognito }: Site): Promise<void> {
  const { sub = '', auth_time } = decodeJwt(actor.accessToken)
  const pool = { ...cognito, keys: inject('pool').keys }
  const expired = await signAccessToken(pool, sub, { auth_time, exp: nowSeconds() - 60 })
  actor.cookies.set('__Host-access', expired)
}

async function makeExpiredActor(on: Site = site): Promise<Actor> {
  const anna = await on.actors.join()
  await expireAccessToken(anna, on)
  return anna
}

/** Sends twenty requests, and lets Cognito answer the first when all are under way. */
async function twentyAtOnce(actor: Actor, { identity, actors }: Site): Promise<Answer[]> {
  const releaseRequests = identity.holdRequests()
  const requests = Array.from({ length: 20 }, (_, i) => (i % 4 ? actor.get('/api/activities/home') : actor.visits('/')))
  // Requests that were sent after them have been answered.
  for (let i = 0; i < 5; i += 1) await actors.visitor().get('/api/health-check')
  releaseRequests()
  return Promise.all(requests)
}

describe('an expired access token is refreshed', () => {
  test('on the API', async () => {
    const anna = await makeExpiredActor()
    const before = anna.accessToken
    const answer = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access'])
    expect(anna.accessToken).not.toBe(before)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(nowSeconds())
    const next = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(next.headers.getSetCookie()).toEqual([])
  })

  test('on a page', async () => {
    const anna = await makeExpiredActor()
    const answer = expectStatus(await anna.visits('/'), 200)
    expect(answer.text).toContain(`@${anna.handle}`)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(nowSeconds())
  })

  test('while a form is posted', async () => {
    const anna = await makeExpiredActor()
    expectStatus(await anna.submits('/', { message: 'still here', ttl: '1-hour' }), 303)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(nowSeconds())
  })

  test('when its cookie is missing', async () => {
    const anna = await makeExpiredActor()
    anna.cookies.delete('__Host-access')
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('once for a page, all of whose reads need the viewer', async () => {
    const anna = await makeExpiredActor()
    const before = site.identity.count()
    expectStatus(await anna.visits('/'), 200)
    expect(site.identity.count() - before).toBe(1)
  })

  test('once for twenty API and page requests at once', async () => {
    const anna = await makeExpiredActor()
    const before = site.identity.count()
    for (const answer of await twentyAtOnce(anna, site)) expectStatus(answer, 200)
    expect(site.identity.count() - before).toBe(1)
  })

  test('with a confidential client, which sends its secret', async () => {
    const anna = await makeExpiredActor(siteWithClientSecret)
    expectStatus(await anna.get('/api/activities/home'), 200)
    await anna.onAnotherDevice().signsIn()
    expectStatus(await anna.delete('/api/session'), 204)
  })

  test('with a pool that rotates refresh tokens, whose new one is stored', async () => {
    const anna = await makeExpiredActor(rotatingSite)
    const before = anna.cookies.get('__Host-refresh')
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(anna.cookies.get('__Host-refresh')).not.toBe(before)
    await expireAccessToken(anna, rotatingSite)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test.each([
    ['with', rotatingSite],
    ['without', rotatingWithoutGrace],
  ])('with such a pool %s a grace period, for tabs that refresh at once', async (_, pool) => {
    const anna = await makeExpiredActor(pool)
    for (const answer of await twentyAtOnce(anna, pool)) expectStatus(answer, 200)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('and the new refresh token is stored even if the access token cannot be verified', async () => {
    const anna = siteWithoutKeys.actors.unregistered()
    await siteWithoutKeys.cognito.addUser(anna.details)
    const signedIn = await fetch(siteWithoutKeys.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: siteWithoutKeys.cognito.clientId,
        AuthParameters: { USERNAME: anna.email, PASSWORD },
      }),
    })
    const { AuthenticationResult } = (await signedIn.json()) as {
      AuthenticationResult: Tokens & { RefreshToken: string }
    }
    for (const [name, value] of await sessionCookiesFor(AuthenticationResult)) anna.cookies.set(name, value)
    anna.cookies.delete('__Host-access')
    // The refresh gets through, the JWKS does not.
    siteWithoutKeys.identity.outageAfter(1)
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    siteWithoutKeys.identity.setOutage(false)
    expect(anna.cookies.get('__Host-refresh')).not.toBe(AuthenticationResult.RefreshToken)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('for other requests when the client of the first disconnects', async () => {
    const anna = await makeExpiredActor()
    const cookie = [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const controller = new AbortController()
    const aborted = fetch(`${site.origin}/api/activities/home`, { headers: { cookie }, signal: controller.signal })
    const others = Promise.all(Array.from({ length: 5 }, () => anna.get('/api/activities/home')))
    controller.abort()
    await expect(aborted).rejects.toThrow('aborted')
    for (const answer of await others) expectStatus(answer, 200)
  })
})

describe('at an endpoint that does not support GetTokensFromRefreshToken', () => {
  afterEach(() => {
    siteWithClientSecret.cognito.configure({ unknownOperations: {} })
    rotatingWithoutGrace.cognito.configure({ unknownOperations: {} })
  })
  const withoutOperation = (status: number, type?: string) => ({
    GetTokensFromRefreshToken: { status, ...(type !== undefined && { type }) },
  })

  test.each([
    [400, 'UnknownOperationException'],
    [400, 'InvalidParameterException'],
    [400, undefined],
    [404, undefined],
    [400, 'CognitoLocal#Unsupported'],
    [500, 'CognitoLocal#Unsupported'],
    [500, 'InternalErrorException'],
    [500, undefined],
    [501, undefined],
  ])('which answers %d %s, refreshes by InitiateAuth with the secret hash that AWS expects', async (status, type) => {
    const anna = await makeExpiredActor(siteWithClientSecret)
    siteWithClientSecret.cognito.configure({ unknownOperations: withoutOperation(status, type) })
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(nowSeconds())
  })

  test('a token that InitiateAuth rejects signs out', async () => {
    const anna = await makeExpiredActor(siteWithClientSecret)
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    siteWithClientSecret.cognito.configure({ unknownOperations: withoutOperation(500) })
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('InvalidParameterException from both calls signs out instead of counting as an outage', async () => {
    const anna = await makeExpiredActor(rotatingWithoutGrace)
    rotatingWithoutGrace.cognito.configure({ unknownOperations: withoutOperation(400, 'InvalidParameterException') })
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })

  test.each([
    ['both calls fail', siteWithClientSecret, { ...withoutOperation(500), InitiateAuth: { status: 500 } }],
    [
      'the flow is disabled, as in pools that rotate tokens',
      rotatingWithoutGrace,
      withoutOperation(500, 'InternalErrorException'),
    ],
    ['a gateway answers 503', siteWithClientSecret, withoutOperation(503)],
  ])('an outage answers 503 and keeps the cookies: %s', async (_, on, unknownOperations) => {
    const anna = await makeExpiredActor(on)
    const before = new Map(anna.cookies)
    on.cognito.configure({ unknownOperations })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    expect(anna.cookies).toEqual(before)
    on.cognito.configure({ unknownOperations: {} })
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('a wrong client secret signs nobody out', async () => {
    const anna = await makeExpiredActor(siteWithClientSecret)
    siteWithClientSecret.cognito.configure({ clientSecret: 'another' })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    siteWithClientSecret.cognito.configure({ unknownOperations: withoutOperation(500) })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    siteWithClientSecret.cognito.configure({ clientSecret: 'a-client-secret', unknownOperations: {} })
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('session cookies of a version without signatures', () => {
  test.each([
    ['without __Host-session', (actor: Actor) => actor.cookies.delete('__Host-session')],
    [
      'with a __Host-session of another token',
      (actor: Actor) => {
        actor.cookies.set('__Host-session', `${'0'.repeat(64)}.${'0'.repeat(64)}`)
      },
    ],
  ])('%s: are signed while their access token is valid, and can be refreshed later', async (_, change) => {
    const anna = await site.actors.join()
    change(anna)
    const answer = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['__Host-session'])
    expect(expectStatus(await anna.get('/api/activities/home'), 200).headers.getSetCookie()).toEqual([])
    await expireAccessToken(anna, site)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('are signed out when their access token has expired', async () => {
    const anna = await makeExpiredActor()
    anna.cookies.delete('__Host-session')
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('a refresh keeps the session', () => {
  test('and does not revive an ended one', async () => {
    const anna = await site.actors.join()
    await site.db.sql('update users set signed_out_at = now() where handle = $1', [anna.handle])
    await expireAccessToken(anna, site)
    expectErrors(await anna.get('/api/activities/home'), 401, ['session_ended'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('a refresh that Cognito rejects signs out', () => {
  test('a revoked token', async () => {
    const anna = await makeExpiredActor()
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('a revoked token, on a page', async () => {
    const anna = await makeExpiredActor()
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    const page = expectStatus(await copy.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(copy.hasSession).toBe(false)
  })

  test('a token that rotation has replaced', async () => {
    const anna = await makeExpiredActor(rotatingWithoutGrace)
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('a malformed token', async () => {
    const visitor = site.actors.visitor()
    visitor.cookies.set('__Host-refresh', 'nonsense')
    expect(expectStatus(await visitor.get('/api/session'), 200).body).toEqual({ viewer: null })
    expect(visitor.hasSession).toBe(false)
  })

  test('an expired access token without a refresh token', async () => {
    const anna = await makeExpiredActor()
    anna.cookies.delete('__Host-refresh')
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('a Bearer token is never refreshed', () => {
  test('an expired one answers 401 and ignores the cookies', async () => {
    const anna = await makeExpiredActor()
    const headers = { authorization: `Bearer ${anna.accessToken}` }
    const answer = await anna.get('/api/activities/home', headers)
    expectErrors(answer, 401, ['unauthorized'])
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})
