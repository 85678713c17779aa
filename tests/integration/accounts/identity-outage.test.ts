import { decodeJwt } from 'jose'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const cold = await openSite()

let anna: Actor
let tired: Actor
beforeAll(async () => {
  anna = await site.actors.join()
  tired = await site.actors.join('tara')
  const { sub = '', auth_time } = decodeJwt(tired.accessToken)
  const exp = Math.floor(Date.now() / 1000) - 60
  tired.cookies.set(
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
  ['is not there', () => site.identity.setOutage(true)],
  ['answers 500', () => site.cognito.setDown('error')],
  ['cuts the connection', () => site.cognito.setDown('close')],
]

describe.each(OUTAGES)('while Cognito %s', (_, goDown) => {
  test('a good token still counts', async () => {
    goDown()
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect((await anna.visits('/')).text).toContain(`@${anna.handle}`)
    await anna.posts('meanwhile')
  })

  test('signing in is 503, and so is all that asks Cognito', async () => {
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

  test('a session that has to be refreshed is kept: 503 where it is needed, signed out where not', async () => {
    const before = new Map(tired.cookies)
    goDown()
    expectErrors(await tired.get('/api/activities/home'), 503, ['identity_unavailable'])
    expectErrors(await tired.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 503, ['identity_unavailable'])
    expectStatus(await tired.get('/api/activities/everyone'), 200)
    const page = expectStatus(await tired.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(tired.cookies).toEqual(before)
  })

  test('a page that needs a session is 503, and does not send anybody to sign in', async () => {
    goDown()
    const page = expectStatus(await tired.visits('/welcome'), 503)
    expect(page.headers.get('retry-after')).toBe('5')
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  test('signing out works all the same', async () => {
    const ben = await site.actors.join('ben')
    goDown()
    expectStatus(await ben.delete('/api/session'), 204)
    expect(ben.hasSession).toBe(false)
  })

  test('ending all sessions ends ours', async () => {
    const ben = await site.actors.join('ben')
    const phone = ben.asApiClient()
    goDown()
    const answer = await ben.delete('/api/session/all')
    expect([204, 503], answer.text).toContain(answer.status)
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
  })
})

test('once Cognito is back, so is the session', async () => {
  site.identity.setOutage(true)
  await tired.visits('/')
  site.identity.setOutage(false)
  expectStatus(await tired.get('/api/activities/home'), 200)
})

test('a Worker that has never seen the keys cannot tell who it is: 503, and the cookies stay', async () => {
  const stranger = cold.actors.visitor()
  const pool = { ...cold.cognito, keys: inject('pool').keys }
  stranger.cookies.set('__Host-access', await signAccessToken(pool, crypto.randomUUID()))
  cold.identity.setOutage(true)
  expectErrors(await stranger.get('/api/activities/home'), 503, ['identity_unavailable'])
  expectStatus(await stranger.get('/api/activities/everyone'), 200)
  expectStatus(await stranger.visits('/'), 200)
  expect(stranger.cookies.size).toBe(1)
})
