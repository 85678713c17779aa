import { request } from 'node:http'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { forgeTokens } from '../../harness/tokens.ts'
import { type Actor, apiClient } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const activity = { message: 'by script', ttl: '1-hour' }

let anna: Actor
beforeAll(async () => {
  anna = await actors.join()
})

describe('happy', () => {
  test('an access token creates an activity without Origin', async () => {
    const answer = expectStatus(await anna.asApiClient().post('/api/activities', activity), 201)
    expect(answer.body.user.handle).toBe(anna.handle)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('the scheme is case-insensitive', async () => {
    const client = actors.visitor()
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${anna.accessToken}` }
      expectStatus(await client.get('/api/activities/home', headers), 200)
    }
  })

  test('a Bearer token takes precedence over cookies', async () => {
    const ben = await actors.join('ben')
    const answer = await ben.get('/api/session', { authorization: `Bearer ${anna.accessToken}` })
    expect(answer.body.viewer.handle).toBe(anna.handle)
  })
})

describe('security', () => {
  test('every forged token answers 401, on routes that need a viewer and on others', async () => {
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    for (const [name, token] of Object.entries(forged)) {
      const client = apiClient(site.origin, token)
      for (const path of ['/api/activities/home', '/api/activities/everyone', '/api/session']) {
        const answer = await client.get(path)
        expect(answer.status, `${name} on ${path}: ${answer.text}`).toBe(401)
        expectErrors(answer, 401, ['unauthorized'])
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
      expect((await client.post('/api/activities', activity)).status, name).toBe(401)
    }
  })

  test('a forged cookie is signed out on public routes and 401 on others', async () => {
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    for (const [name, token] of Object.entries(forged)) {
      const visitor = actors.visitor()
      visitor.cookies.set('__Host-access', token)
      const page = await visitor.visits('/')
      expect(page.status, `${name}: ${page.text}`).toBe(200)
      expect(page.text, name).not.toContain('<script')
      expect(visitor.cookies.size, `${name} is cleared`).toBe(0)
      visitor.cookies.set('__Host-access', token)
      expect((await visitor.get('/api/activities/home')).status, name).toBe(401)
    }
  })

  test.each([
    ['another scheme', (token: string) => `Basic ${token}`],
    ['no scheme', (token: string) => token],
    ['a scheme alone', () => 'Bearer'],
    ['two spaces between', (token: string) => `Bearer  ${token}`],
    ['two headers, as one', (token: string) => `Bearer ${token}, Bearer ${token}`],
    ['two tokens', (token: string) => `Bearer ${token} ${token}`],
    ['a tab between', (token: string) => `Bearer\t${token}`],
  ])('%s: 401', async (_, header) => {
    const answer = await actors.visitor().get('/api/activities/everyone', { authorization: header(anna.accessToken) })
    expectErrors(answer, 401, ['unauthorized'])
  })

  test('rejects two Authorization headers in either order', async () => {
    const { port, hostname } = new URL(site.origin)
    for (const tokens of [
      [anna.accessToken, 'nonsense'],
      ['nonsense', anna.accessToken],
    ]) {
      const headers = tokens.flatMap((token) => ['authorization', `Bearer ${token}`])
      const status = await new Promise((resolve, reject) => {
        const options = {
          hostname,
          port,
          path: '/api/activities/home',
          headers: ['host', site.origin.slice(7), ...headers],
        }
        request(options, (answer) => resolve(answer.resume().statusCode))
          .on('error', reject)
          .end()
      })
      expect([400, 401]).toContain(status)
    }
  })

  test('ignores a token in the query or the body', async () => {
    const token = anna.accessToken
    for (const name of ['access_token', 'token', 'authorization', 'Authorization', 'jwt', '__Host-access']) {
      const query = new URLSearchParams({ [name]: `Bearer ${token}` })
      const plain = new URLSearchParams({ [name]: token })
      for (const search of [query, plain]) {
        expectErrors(await actors.visitor().get(`/api/activities/home?${search}`), 401, ['unauthorized'])
        expect(expectStatus(await actors.visitor().visits(`/?${search}`), 200).text).not.toContain('<script')
      }
    }
    const body = { ...activity, access_token: token, authorization: `Bearer ${token}` }
    expectErrors(await actors.visitor().post('/api/activities', body), 401, ['unauthorized'])
  })

  test('a write with a token and cookies of another user belongs to the token’s user', async () => {
    const ben = await actors.join('ben')
    const headers = { authorization: `Bearer ${anna.accessToken}`, 'content-type': 'application/json' }
    const both = await ben.send('POST', '/api/activities', headers, JSON.stringify(activity))
    expect(expectStatus(both, 201).body.user.handle).toBe(anna.handle)
    expect((await ben.get(`/api/users/@${ben.handle}/activities`)).body.data).toEqual([])
    // Valid cookies do not make up for an invalid token.
    const bad = await ben.send(
      'POST',
      '/api/activities',
      { ...headers, authorization: 'Bearer x' },
      JSON.stringify(activity),
    )
    expectErrors(bad, 401, ['unauthorized'])
  })

  test('a write with an invalid token answers 401 before validation', async () => {
    const client = apiClient(site.origin, 'nonsense')
    expectErrors(await client.post('/api/activities', {}), 401, ['unauthorized'])
  })

  test('a cross-site request with an invalid Bearer token signs nobody in and does not reach Cognito', async () => {
    const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const { email, details } = anna
    const login = { email, password: details.password }
    const sessionRoutes: [path: string, body: object][] = [
      ['/api/session', login],
      ['/api/session/sign-up', actors.unregistered().details],
      ['/api/session/confirm', { email, code: '123456' }],
      ['/api/session/recover', { email }],
      ['/api/client-errors', {}],
    ]
    const before = [site.identity.count(), site.database.count()]
    for (const authorization of ['Bearer x', 'bearer x.y.z', 'Bearer', `Bearer ${anna.accessToken}x`]) {
      for (const [path, body] of sessionRoutes) {
        const headers = { ...EVIL, authorization, 'content-type': 'application/json' }
        const answer = await anna.send('POST', path, headers, JSON.stringify(body))
        // A scheme alone is no Bearer token, so the origin check applies.
        if (authorization === 'Bearer') expectErrors(answer, 403, ['cross_origin'])
        else expectErrors(answer, 401, ['unauthorized'])
        expect(answer.headers.getSetCookie()).toEqual([])
      }
      const form = { ...EVIL, authorization, 'content-type': 'application/x-www-form-urlencoded' }
      const page = await anna.send('POST', '/signin', form, new URLSearchParams(login).toString())
      expect([401, 403]).toContain(page.status)
      expect(page.headers.getSetCookie()).toEqual([])
    }
    expect([site.identity.count(), site.database.count()]).toEqual(before)
  })

  test('a valid Bearer token gets no cookies from routes that set them', async () => {
    const ben = await actors.join('ben')
    const script = ben.asApiClient()
    const login = { email: ben.email, password: ben.details.password }
    const signsIn = await script.post('/api/session', login)
    expectErrors(signsIn, 400, ['bad_request'])
    const page = await script.submits('/signin', login)
    const cleo = actors.unregistered('cleo')
    await cleo.signsUp()
    const { email, code, details } = cleo
    const confirms = await script.post('/api/session/confirm', { email, code, password: details.password })
    expect(expectStatus(confirms, 200).body).toEqual({ viewer: null })
    const [ends, after] = [await script.delete('/api/session/all'), await script.get('/api/session')]
    expectErrors(after, 401, ['session_ended'])
    const [, second] = [expectStatus(await script.delete('/api/session'), 204), await script.get('/about')]
    for (const { headers } of [signsIn, page, confirms, ends, after, second]) expect(headers.getSetCookie()).toEqual([])
  })

  test('unknown kids fetch the JWKS at most once in a while', async () => {
    const before = site.identity.count()
    const forged = await forgeTokens({ ...site.cognito, keys: inject('pool').keys }, anna.accessToken)
    const token = forged['another key under an unknown kid']
    if (!token) throw new Error('no such forged token')
    for (let times = 0; times < 10; times += 1) await apiClient(site.origin, token).get('/api/activities/home')
    expect(site.identity.count() - before).toBeLessThanOrEqual(1)
  })
})
