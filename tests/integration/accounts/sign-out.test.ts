import { decodeJwt } from 'jose'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { type Actor, apiClient } from '../../support/actors/actors.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, db, cognito } = site
afterEach(() => {
  site.database.setOutage(false)
  site.identity.setOutage(false)
})

const refreshTokenOf = ({ cookies }: Actor) => cookies.get('__Host-refresh') ?? ''

/** The session rows of a user, oldest first. */
const sessionsOf = ({ handle }: Actor) =>
  db.sql<{ ended: boolean; revoked: boolean; sealed: string | null }>(
    `select ended_at is not null as ended, revoked_at is not null as revoked, sealed_refresh_token as sealed
     from sessions join users on users.uuid = user_uuid where handle = $1 order by sessions.uuid`,
    [handle],
  )

/** Refreshes at Cognito itself, past our Worker. */
async function refreshAtCognito(RefreshToken: string) {
  const answer = await fetch(cognito.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ ClientId: cognito.clientId, RefreshToken }),
  })
  const body = (await answer.json()) as { __type?: string; AuthenticationResult?: { AccessToken: string } }
  return { error: body.__type, token: body.AuthenticationResult?.AccessToken ?? '' }
}

/** An expired access token of the same session. */
const expiredTokenOf = ({ accessToken }: Actor) => {
  const { sub = '', auth_time, origin_jti } = decodeJwt(accessToken)
  const exp = Math.floor(Date.now() / 1000) - 60
  return signAccessToken({ ...cognito, keys: inject('pool').keys }, sub, { auth_time, origin_jti, exp })
}

describe('signing out', () => {
  test('ends the session at once: copies of the access token are rejected, although they still verify', async () => {
    const anna = await actors.join()
    const [script, copy, pageCopy] = [anna.asApiClient(), anna.onAnotherDevice(), anna.onAnotherDevice()]
    for (const thief of [copy, pageCopy]) thief.cookies.set('__Host-access', anna.accessToken)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(anna.hasSession).toBe(false)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.get('/api/activities/everyone'), 401, ['session_ended'])
    expectErrors(await script.get('/api/session'), 401, ['session_ended'])
    expectErrors(await script.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 401, ['session_ended'])
    expectErrors(await copy.get('/api/activities/home'), 401, ['session_ended'])
    expect(copy.hasSession).toBe(false)
    const page = expectStatus(await pageCopy.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(pageCopy.hasSession).toBe(false)
  })

  test('lets copies read public routes signed out, and deletes their cookies', async () => {
    const anna = await actors.join()
    const copies = [anna.onAnotherDevice(), anna.onAnotherDevice(), anna.onAnotherDevice()]
    for (const copy of copies) copy.cookies.set('__Host-access', anna.accessToken)
    const activity = await anna.posts('hi')
    await anna.put(`/api/activities/${activity.uuid}/like`)
    await anna.delete('/api/session')
    const paths = [`/api/activities/${activity.uuid}`, '/api/activities/everyone', '/api/session']
    for (const [index, path] of paths.entries()) {
      const answer = expectStatus(await (copies[index] as Actor).get(path), 200)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(JSON.stringify(answer.body), path).not.toMatch(/"viewer":\{/)
      expect(copies[index]?.hasSession, path).toBe(false)
    }
  })

  test('by Bearer ends the session, including tokens that are refreshed later', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    const script = anna.asApiClient()
    expectStatus(await script.delete('/api/session'), 204)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    const { token } = await refreshAtCognito(refreshToken)
    expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
  })

  test('revokes the refresh token at Cognito', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    expectStatus(await anna.delete('/api/session'), 204)
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })

  test('with an expired access token does not refresh it', async () => {
    const anna = await actors.join()
    anna.cookies.set('__Host-access', await expiredTokenOf(anna))
    const before = site.identity.count()
    expectStatus(await anna.delete('/api/session'), 204)
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect(site.identity.count() - before, 'only the revocation').toBe(1)
  })

  test('ends a session that our site has not seen yet', async () => {
    const anna = await actors.join()
    const { sub = '' } = decodeJwt(anna.accessToken)
    const token = await signAccessToken({ ...cognito, keys: inject('pool').keys }, sub, {
      origin_jti: crypto.randomUUID(),
    })
    const script = apiClient(site.origin, token)
    expectStatus(await script.delete('/api/session'), 204)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('ends the session of a user without a handle, so that a copy cannot choose one', async () => {
    const [first, late] = [actors.unregistered('anna'), actors.unregistered('ben')]
    late.details.handle = first.handle
    await Promise.all([first.signsUp(), late.signsUp()])
    await first.confirms()
    await late.confirms()
    const copy = late.onAnotherDevice()
    copy.cookies.set('__Host-access', late.accessToken)
    const script = late.asApiClient()
    expectStatus(await late.delete('/api/session'), 204)
    expectErrors(await script.put('/api/profile/handle', { handle: `${first.handle}_2` }), 401, ['session_ended'])
    expect((await copy.get('/api/session')).body).toEqual({ viewer: null })
    expect(copy.hasSession).toBe(false)
  })

  test('signing in as another user ends the session that the browser had', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    const script = anna.asApiClient()
    const refreshToken = refreshTokenOf(anna)
    expectStatus(await anna.post('/api/session', { email: ben.email, password: ben.details.password }), 200)
    expect((await anna.get('/api/session')).body.viewer.handle).toBe(ben.handle)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    await runCron(site)
    expect(await sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })
})

describe('concurrent sign-outs', () => {
  test('twenty at once all answer 204, and the session has one row', async () => {
    const anna = await actors.join()
    const copies = Array.from({ length: 20 }, () => {
      const copy = anna.onAnotherDevice()
      for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
      return copy
    })
    const answers = await inParallel(20, (index) => (copies[index] as Actor).delete('/api/session'))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
  })

  test('a request that is under way succeeds, the next answers 401', async () => {
    const anna = await actors.join()
    const [phone, copy] = [anna.onAnotherDevice(), anna.onAnotherDevice()]
    await phone.signsIn()
    for (const [name, value] of phone.cookies) copy.cookies.set(name, value)
    const transaction = await holdTransaction(db)
    await transaction.sql('select from users where handle = $1 for update', [anna.handle])
    const update = phone.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"late"}')
    await transaction.untilBlocked(1)
    const [device] = (await anna.get('/api/session/devices')).body.data
    expectStatus(await anna.delete(`/api/session/devices/${device.uuid}`), 204)
    await transaction.commit()
    expectStatus(await update, 200)
    expectErrors(await copy.get('/api/activities/home'), 401, ['session_ended'])
  })

  test('a session first seen while all others are ended answers 401', async () => {
    const anna = await actors.join()
    const { sub = '' } = decodeJwt(anna.accessToken)
    const token = await signAccessToken({ ...cognito, keys: inject('pool').keys }, sub, {
      origin_jti: crypto.randomUUID(),
    })
    const transaction = await holdTransaction(db)
    await transaction.sql('select from users where cognito_sub = $1 for update', [sub])
    await transaction.sql('update users set others_signed_out_at = now() where cognito_sub = $1', [sub])
    const first = apiClient(site.origin, token).get('/api/activities/home')
    await transaction.untilBlocked(1)
    await transaction.commit()
    expectErrors(await first, 401, ['session_ended'])
  })
})

/** Begins an outage of Cognito, signs out, and waits until the revocation has failed. */
async function signsOutDuringOutage(actor: Actor): Promise<void> {
  const before = site.identity.count()
  site.identity.setOutage(true)
  expectStatus(await actor.delete('/api/session'), 204)
  await expect.poll(() => site.identity.count() - before).toBe(1)
}

describe('while Cognito is down', () => {
  test('signing out works, and the cron revokes the token once Cognito is back', async () => {
    const anna = await actors.join()
    const [script, refreshToken] = [anna.asApiClient(), refreshTokenOf(anna)]
    await signsOutDuringOutage(anna)
    expect(anna.hasSession).toBe(false)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    const [row] = await sessionsOf(anna)
    expect(row).toMatchObject({ ended: true, revoked: false })
    expect(atob(row?.sealed ?? '')).not.toContain(refreshToken)

    await expect(runCron(site)).rejects.toThrow()
    expect(site.log).toContainEqual(expect.stringMatching(/"route":"cron: sessions".*identity_unavailable/))
    expect(await sessionsOf(anna)).toEqual([row])

    site.identity.setOutage(false)
    await runCron(site)
    expect(await sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })

  test('the cron drops a token sealed under another key, and the session stays ended', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    await signsOutDuringOutage(anna)
    site.identity.setOutage(false)
    await db.sql(
      `update sessions set sealed_refresh_token = 'c2VhbGVkIHVuZGVyIGFub3RoZXIga2V5' where ended_at is not null`,
    )
    await runCron(site)
    expect(await sessionsOf(anna)).toEqual([{ ended: true, revoked: false, sealed: null }])
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
  })
})

describe('while our database is down', () => {
  test('the token is revoked at Cognito and the cookies are deleted', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    site.database.setOutage(true)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(anna.hasSession).toBe(false)
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })

  test('and Cognito too: answers 503 and deletes the cookies', async () => {
    const anna = await actors.join()
    site.database.setOutage(true)
    site.identity.setOutage(true)
    expectErrors(await anna.delete('/api/session'), 503, ['database_unavailable'])
    expect(anna.hasSession).toBe(false)
  })
})

test('a refresh of an ended session answers 401 and revokes the refresh token', async () => {
  const anna = await actors.join()
  const refreshToken = refreshTokenOf(anna)
  await db.sql('update sessions set ended_at = now() from users where users.uuid = user_uuid and handle = $1', [
    anna.handle,
  ])
  anna.cookies.set('__Host-access', await expiredTokenOf(anna))
  const answer = await anna.get('/api/activities/home')
  expectErrors(answer, 401, ['session_ended'])
  expect(anna.hasSession).toBe(false)
  // The refreshed tokens are not sent to the browser.
  expect(answer.headers.getSetCookie().filter((cookie) => !cookie.includes('Max-Age=0'))).toEqual([])
  await expect.poll(async () => (await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
})
