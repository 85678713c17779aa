import { decodeJwt } from 'jose'
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Tokens } from '../../../worker/auth/cognito/cognito.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite, type Site } from '../../harness/site.ts'
import { sessionCookiesFor, signAccessToken } from '../../harness/tokens.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const rotating = await openSite({ pool: { overrides: { rotation: { graceSeconds: 60 } } } })
const strict = await openSite({ pool: { overrides: { rotation: { graceSeconds: 0 } } } })
/** One whose Worker has never seen the keys. */
const cold = await openSite({ pool: { overrides: { rotation: { graceSeconds: 0 } } } })
const confidential = await openSite({ pool: { clientSecret: 'a-client-secret' } })

const now = () => Math.floor(Date.now() / 1000)

/** Lets the access token in a person's browser run out, as 15 minutes do. */
async function tire(person: Actor, { cognito }: Site): Promise<void> {
  const { sub = '', auth_time } = decodeJwt(person.accessToken)
  const pool = { ...cognito, keys: inject('pool').keys }
  const expired = await signAccessToken(pool, sub, { auth_time, exp: now() - 60 })
  person.cookies.set('__Host-access', expired)
}

async function tired(on: Site = site): Promise<Actor> {
  const anna = await on.actors.join()
  await tire(anna, on)
  return anna
}

/** Twenty requests, of which all are there before Cognito answers the first. */
async function twentyAtOnce(person: Actor, { identity, actors }: Site): Promise<Answer[]> {
  const goOn = identity.holdRequests()
  const asked = Array.from({ length: 20 }, (_, i) => (i % 4 ? person.get('/api/activities/home') : person.visits('/')))
  // Whoever is behind them in the queue has been answered.
  for (let i = 0; i < 5; i += 1) await actors.visitor().get('/api/health-check')
  goOn()
  return Promise.all(asked)
}

describe('an access token that has run out is refreshed in passing', () => {
  test('on the API', async () => {
    const anna = await tired()
    const before = anna.accessToken
    const answer = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access'])
    expect(anna.accessToken).not.toBe(before)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(now())
    const next = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(next.headers.getSetCookie()).toEqual([])
  })

  test('on a page', async () => {
    const anna = await tired()
    const answer = expectStatus(await anna.visits('/'), 200)
    expect(answer.text).toContain(`@${anna.handle}`)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(now())
  })

  test('while a form is posted', async () => {
    const anna = await tired()
    expectStatus(await anna.submits('/', { message: 'still here', ttl: '1-hour' }), 303)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(now())
  })

  test('when the cookie is not there any more, too', async () => {
    const anna = await tired()
    anna.cookies.delete('__Host-access')
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('once for a page, whose parts all ask who it is', async () => {
    const anna = await tired()
    const before = site.identity.count()
    expectStatus(await anna.visits('/'), 200)
    expect(site.identity.count() - before).toBe(1)
  })

  test('once for twenty requests at once, pages among them', async () => {
    const anna = await tired()
    const before = site.identity.count()
    for (const answer of await twentyAtOnce(anna, site)) expectStatus(answer, 200)
    expect(site.identity.count() - before).toBe(1)
  })

  test('of a confidential client, which sends its secret', async () => {
    const anna = await tired(confidential)
    expectStatus(await anna.get('/api/activities/home'), 200)
    await anna.onAnotherDevice().signsIn()
    expectStatus(await anna.delete('/api/session'), 204)
  })

  test('of a pool that rotates refresh tokens: the new one is kept', async () => {
    const anna = await tired(rotating)
    const before = anna.cookies.get('__Host-refresh')
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(anna.cookies.get('__Host-refresh')).not.toBe(before)
    await tire(anna, rotating)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test.each([
    ['with', rotating],
    ['without', strict],
  ])('of such a pool %s a time of grace, for tabs that refresh at once', async (_, pool) => {
    const anna = await tired(pool)
    for (const answer of await twentyAtOnce(anna, pool)) expectStatus(answer, 200)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('and its new refresh token is kept when the access token cannot be told', async () => {
    const anna = cold.actors.unregistered()
    await cold.cognito.addUser(anna.details)
    const opened = await fetch(cold.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: cold.cognito.clientId,
        AuthParameters: { USERNAME: anna.email, PASSWORD },
      }),
    })
    const { AuthenticationResult } = (await opened.json()) as {
      AuthenticationResult: Tokens & { RefreshToken: string }
    }
    for (const [name, value] of await sessionCookiesFor(AuthenticationResult)) anna.cookies.set(name, value)
    anna.cookies.delete('__Host-access')
    // The refresh gets through; the keys do not.
    cold.identity.outageAfter(1)
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    cold.identity.setOutage(false)
    expect(anna.cookies.get('__Host-refresh')).not.toBe(AuthenticationResult.RefreshToken)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('for the others when the one that asked for it goes away', async () => {
    const anna = await tired()
    const cookie = [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const leaving = new AbortController()
    const left = fetch(`${site.origin}/api/activities/home`, { headers: { cookie }, signal: leaving.signal })
    const others = Promise.all(Array.from({ length: 5 }, () => anna.get('/api/activities/home')))
    leaving.abort()
    await expect(left).rejects.toThrow('aborted')
    for (const answer of await others) expectStatus(answer, 200)
  })
})

describe('at an endpoint that does not know GetTokensFromRefreshToken', () => {
  afterEach(() => {
    confidential.cognito.configure({ unknownOperations: {} })
    strict.cognito.configure({ unknownOperations: {} })
  })
  const lacking = (status: number, type?: string) => ({
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
  ])('which answers %d %s: by the flow, with the hash that AWS wants', async (status, type) => {
    const anna = await tired(confidential)
    confidential.cognito.configure({ unknownOperations: lacking(status, type) })
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(decodeJwt(anna.accessToken).exp).toBeGreaterThan(now())
  })

  test('a token that the flow refuses signs out', async () => {
    const anna = await tired(confidential)
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    confidential.cognito.configure({ unknownOperations: lacking(500) })
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('two refusals by InvalidParameter sign out, and are no outage for good', async () => {
    const anna = await tired(strict)
    strict.cognito.configure({ unknownOperations: lacking(400, 'InvalidParameterException') })
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })

  test.each([
    ['both calls fail', confidential, { ...lacking(500), InitiateAuth: { status: 500 } }],
    ['the flow is off, as where tokens rotate', strict, lacking(500, 'InternalErrorException')],
    ['there is nothing behind a gateway', confidential, lacking(503)],
  ])('an outage is still one, and keeps the cookies: %s', async (_, on, unknownOperations) => {
    const anna = await tired(on)
    const before = new Map(anna.cookies)
    on.cognito.configure({ unknownOperations })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    expect(anna.cookies).toEqual(before)
    on.cognito.configure({ unknownOperations: {} })
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('a secret of ours that is wrong signs nobody out', async () => {
    const anna = await tired(confidential)
    confidential.cognito.configure({ clientSecret: 'another' })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    confidential.cognito.configure({ unknownOperations: lacking(500) })
    expectErrors(await anna.get('/api/activities/home'), 503, ['identity_unavailable'])
    confidential.cognito.configure({ clientSecret: 'a-client-secret', unknownOperations: {} })
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('cookies of a version that vouched for nothing', () => {
  test.each([
    ['which had none that does', (person: Actor) => person.cookies.delete('__Host-session')],
    [
      'which has rotated the token since',
      (person: Actor) => {
        person.cookies.set('__Host-session', `${'0'.repeat(64)}.${'0'.repeat(64)}`)
      },
    ],
  ])('%s: are vouched for while their access token is good, and refreshed later', async (_, change) => {
    const anna = await site.actors.join()
    change(anna)
    const answer = expectStatus(await anna.get('/api/activities/home'), 200)
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['__Host-session'])
    expect(expectStatus(await anna.get('/api/activities/home'), 200).headers.getSetCookie()).toEqual([])
    await tire(anna, site)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('are signed out when their access token has expired', async () => {
    const anna = await tired()
    anna.cookies.delete('__Host-session')
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('the session stays the one that was begun', () => {
  test('one that was ended is not revived by a refresh', async () => {
    const anna = await site.actors.join()
    await site.db.sql('update users set signed_out_at = now() where handle = $1', [anna.handle])
    await tire(anna, site)
    expectErrors(await anna.get('/api/activities/home'), 401, ['session_ended'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('a refresh that Cognito refuses signs out', () => {
  test('a revoked token', async () => {
    const anna = await tired()
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('a revoked token, on a page: the signed-out page', async () => {
    const anna = await tired()
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    await anna.delete('/api/session')
    const page = expectStatus(await copy.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(copy.hasSession).toBe(false)
  })

  test('one that rotation has replaced', async () => {
    const anna = await tired(strict)
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectErrors(await copy.get('/api/activities/home'), 401, ['unauthorized'])
    expect(copy.hasSession).toBe(false)
  })

  test('nonsense', async () => {
    const visitor = site.actors.visitor()
    visitor.cookies.set('__Host-refresh', 'nonsense')
    expect(expectStatus(await visitor.get('/api/session'), 200).body).toEqual({ viewer: null })
    expect(visitor.hasSession).toBe(false)
  })

  test('an access token without one', async () => {
    const anna = await tired()
    anna.cookies.delete('__Host-refresh')
    expectErrors(await anna.get('/api/activities/home'), 401, ['unauthorized'])
    expect(anna.hasSession).toBe(false)
  })
})

describe('a Bearer token is never refreshed', () => {
  test('it has run out: 401, and the cookies beside it are not looked at', async () => {
    const anna = await tired()
    const headers = { authorization: `Bearer ${anna.accessToken}` }
    const answer = await anna.get('/api/activities/home', headers)
    expectErrors(answer, 401, ['unauthorized'])
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})
