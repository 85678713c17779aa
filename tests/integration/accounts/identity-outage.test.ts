import { decodeJwt } from 'jose'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const cold = await openSite()

let anna: Actor
let expiredActor: Actor
beforeAll(async () => {
  anna = await site.actors.join()
  expiredActor = await site.actors.join('tara')
  const { sub = '', auth_time } = decodeJwt(expiredActor.accessToken)
  const exp = Math.floor(Date.now() / 1000) - 60
  expiredActor.cookies.set(
    '__Host-access',
    await signAccessToken({ ...site.cognito, keys: inject('pool').keys }, sub, { auth_time, exp }),
  )
})
afterEach(() => {
  site.identity.setOutage(false)
  cold.identity.setOutage(false)
  site.cognito.setDown(false)
})

const OUTAGES: [string, () => void][] = [
  ['is unreachable', () => site.identity.setOutage(true)],
  ['answers 500', () => site.cognito.setDown('error')],
  ['cuts the connection', () => site.cognito.setDown('close')],
]

describe.each(OUTAGES)('while Cognito %s', (_, goDown) => {
  test('a valid token works', async () => {
    goDown()
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect((await anna.visits('/')).text).toContain(`@${anna.handle}`)
    await anna.posts('meanwhile')
  })

  test('every route that calls Cognito answers 503', async () => {
    goDown()
    const visitor = site.actors.visitor()
    const { details, email } = site.actors.unregistered()
    const answers = [
      await visitor.post('/api/session', { email, password: PASSWORD }),
      await visitor.post('/api/session/sign-up', details),
      await visitor.post('/api/session/confirm', { email, code: '123456' }),
      await visitor.post('/api/session/resend', { email }),
      await visitor.post('/api/session/recover', { email }),
      await visitor.post('/api/session/recover/confirm', { email, code: '123456', password: PASSWORD }),
      await anna.put('/api/session/password', { current: PASSWORD, new: 'Another-2027?' }),
    ]
    for (const answer of answers) {
      expectErrors(answer, 503, ['identity_unavailable'])
      expect(answer.headers.get('retry-after')).toBe('5')
    }
  })

  test('an expired session keeps its cookies: 503 on protected routes, signed out on public ones', async () => {
    const before = new Map(expiredActor.cookies)
    goDown()
    expectErrors(await expiredActor.get('/api/activities/home'), 503, ['identity_unavailable'])
    expectErrors(await expiredActor.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 503, [
      'identity_unavailable',
    ])
    expectStatus(await expiredActor.get('/api/activities/everyone'), 200)
    const page = expectStatus(await expiredActor.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(expiredActor.cookies).toEqual(before)
  })

  test('a protected page answers 503 instead of a redirect to sign-in', async () => {
    goDown()
    const page = expectStatus(await expiredActor.visits('/welcome'), 503)
    expect(page.headers.get('retry-after')).toBe('5')
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  test('signing out works', async () => {
    const ben = await site.actors.join('ben')
    goDown()
    expectStatus(await ben.delete('/api/session'), 204)
    expect(ben.hasSession).toBe(false)
  })

  test('ending all sessions ends them here', async () => {
    const ben = await site.actors.join('ben')
    const apiClient = ben.asApiClient()
    goDown()
    expectStatus(await ben.delete('/api/session/all'), 204)
    expectErrors(await apiClient.get('/api/activities/home'), 401, ['session_ended'])
  })
})

test('the session works again once Cognito is back', async () => {
  site.identity.setOutage(true)
  await expiredActor.visits('/')
  site.identity.setOutage(false)
  expectStatus(await expiredActor.get('/api/activities/home'), 200)
})

test('a Worker that could not load the JWKS yet answers 503 and keeps the cookies', async () => {
  const stranger = cold.actors.visitor()
  const pool = { ...cold.cognito, keys: inject('pool').keys }
  stranger.cookies.set('__Host-access', await signAccessToken(pool, crypto.randomUUID()))
  cold.identity.setOutage(true)
  expectErrors(await stranger.get('/api/activities/home'), 503, ['identity_unavailable'])
  expectStatus(await stranger.get('/api/activities/everyone'), 200)
  expectStatus(await stranger.visits('/'), 200)
  expect(stranger.cookies.size).toBe(1)
})
