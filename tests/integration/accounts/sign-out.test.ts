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

/** The rows of somebody's sessions, the oldest first. */
const sessionsOf = ({ handle }: Actor) =>
  db.sql<{ ended: boolean; revoked: boolean; sealed: string | null }>(
    `select ended_at is not null as ended, revoked_at is not null as revoked, sealed_refresh_token as sealed
     from sessions join users on users.uuid = user_uuid where handle = $1 order by sessions.uuid`,
    [handle],
  )

/** What Cognito itself makes of a refresh token. */
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

/** Another token of the same sign-in, as a refresh makes one, which has expired. */
const expiredOf = ({ accessToken }: Actor) => {
  const { sub = '', auth_time, origin_jti } = decodeJwt(accessToken)
  const exp = Math.floor(Date.now() / 1000) - 60
  return signAccessToken({ ...cognito, keys: inject('pool').keys }, sub, { auth_time, origin_jti, exp })
}

describe('signing out', () => {
  test('works at once: a copy of the access token counts nowhere, although it verifies on', async () => {
    const anna = await actors.join()
    const [script, copy, reader] = [anna.asApiClient(), anna.onAnotherDevice(), anna.onAnotherDevice()]
    for (const thief of [copy, reader]) thief.cookies.set('__Host-access', anna.accessToken)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(anna.hasSession).toBe(false)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.get('/api/activities/everyone'), 401, ['session_ended'])
    expectErrors(await script.get('/api/session'), 401, ['session_ended'])
    expectErrors(await script.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 401, ['session_ended'])
    expectErrors(await copy.get('/api/activities/home'), 401, ['session_ended'])
    expect(copy.hasSession).toBe(false)
    const page = expectStatus(await reader.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(reader.hasSession).toBe(false)
  })

  test('leaves who only reads what is for everybody signed out, and forgets the cookies', async () => {
    const anna = await actors.join()
    const copies = [anna.onAnotherDevice(), anna.onAnotherDevice(), anna.onAnotherDevice()]
    for (const copy of copies) copy.cookies.set('__Host-access', anna.accessToken)
    const crud = await anna.posts('hi')
    await anna.put(`/api/activities/${crud.uuid}/like`)
    await anna.delete('/api/session')
    const paths = [`/api/activities/${crud.uuid}`, '/api/activities/everyone', '/api/session']
    for (const [at, path] of paths.entries()) {
      const answer = expectStatus(await (copies[at] as Actor).get(path), 200)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(JSON.stringify(answer.body), path).not.toMatch(/"viewer":\{/)
      expect(copies[at]?.hasSession, path).toBe(false)
    }
  })

  test('by Bearer ends that session, and with it the tokens that are refreshed later', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    const script = anna.asApiClient()
    expectStatus(await script.delete('/api/session'), 204)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    const { token } = await refreshAtCognito(refreshToken)
    expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
  })

  test('has Cognito revoke the refresh token', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    expectStatus(await anna.delete('/api/session'), 204)
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })

  test('of a session whose token has expired refreshes nothing', async () => {
    const anna = await actors.join()
    anna.cookies.set('__Host-access', await expiredOf(anna))
    const before = site.identity.count()
    expectStatus(await anna.delete('/api/session'), 204)
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
    expect(site.identity.count() - before, 'the revocation alone').toBe(1)
  })

  test('ends a session that was never seen here', async () => {
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

  test('ends it for somebody without a handle too: nobody chooses one with a copy', async () => {
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

  test('in by another name ends what the browser held before', async () => {
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

describe('at once', () => {
  test('twenty times: each works, and the session has one row', async () => {
    const anna = await actors.join()
    const copies = Array.from({ length: 20 }, () => {
      const copy = anna.onAnotherDevice()
      for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
      return copy
    })
    const answers = await inParallel(20, (at) => (copies[at] as Actor).delete('/api/session'))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    await expect.poll(() => sessionsOf(anna)).toEqual([{ ended: true, revoked: true, sealed: null }])
  })

  test('with a request that is under way: that one ends as it began, the next is refused', async () => {
    const anna = await actors.join()
    const [phone, copy] = [anna.onAnotherDevice(), anna.onAnotherDevice()]
    await phone.signsIn()
    for (const [name, value] of phone.cookies) copy.cookies.set(name, value)
    const held = await holdTransaction(db)
    await held.sql('select from users where handle = $1 for update', [anna.handle])
    const writing = phone.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"late"}')
    await held.untilBlocked(1)
    const [device] = (await anna.get('/api/session/devices')).body.data
    expectStatus(await anna.delete(`/api/session/devices/${device.uuid}`), 204)
    await held.commit()
    expectStatus(await writing, 200)
    expectErrors(await copy.get('/api/activities/home'), 401, ['session_ended'])
  })

  test('with the end of all others: a session that is seen for the first time is either ended or refused', async () => {
    const anna = await actors.join()
    const { sub = '' } = decodeJwt(anna.accessToken)
    const token = await signAccessToken({ ...cognito, keys: inject('pool').keys }, sub, {
      origin_jti: crypto.randomUUID(),
    })
    const held = await holdTransaction(db)
    await held.sql('select from users where cognito_sub = $1 for update', [sub])
    await held.sql('update users set others_signed_out_at = now() where cognito_sub = $1', [sub])
    const first = apiClient(site.origin, token).get('/api/activities/home')
    await held.untilBlocked(1)
    await held.commit()
    expectErrors(await first, 401, ['session_ended'])
  })
})

/** Signs out while Cognito is down, and waits until it has been asked in vain; it stays down. */
async function signsOutAlone(person: Actor): Promise<void> {
  const before = site.identity.count()
  site.identity.setOutage(true)
  expectStatus(await person.delete('/api/session'), 204)
  await expect.poll(() => site.identity.count() - before).toBe(1)
}

describe('while Cognito is down', () => {
  test('signing out works at once all the same, and the cron has it revoked once Cognito is back', async () => {
    const anna = await actors.join()
    const [script, refreshToken] = [anna.asApiClient(), refreshTokenOf(anna)]
    await signsOutAlone(anna)
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

  test('the cron forgets what was sealed under another key, and the session stays ended', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    await signsOutAlone(anna)
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
  test('Cognito alone is told, and the browser forgets', async () => {
    const anna = await actors.join()
    const refreshToken = refreshTokenOf(anna)
    site.database.setOutage(true)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(anna.hasSession).toBe(false)
    expect((await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
  })

  test('and Cognito too: 503, and the browser forgets', async () => {
    const anna = await actors.join()
    site.database.setOutage(true)
    site.identity.setOutage(true)
    expectErrors(await anna.delete('/api/session'), 503, ['database_unavailable'])
    expect(anna.hasSession).toBe(false)
  })
})

test('a refresh of a session that has ended is signed out, and its refresh token revoked', async () => {
  const anna = await actors.join()
  const refreshToken = refreshTokenOf(anna)
  await db.sql('update sessions set ended_at = now() from users where users.uuid = user_uuid and handle = $1', [
    anna.handle,
  ])
  anna.cookies.set('__Host-access', await expiredOf(anna))
  const answer = await anna.get('/api/activities/home')
  expectErrors(answer, 401, ['session_ended'])
  expect(anna.hasSession).toBe(false)
  // Of the tokens of the refresh nothing goes out.
  expect(answer.headers.getSetCookie().filter((cookie) => !cookie.includes('Max-Age=0'))).toEqual([])
  await expect.poll(async () => (await refreshAtCognito(refreshToken)).error).toBe('NotAuthorizedException')
})
