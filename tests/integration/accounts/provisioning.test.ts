import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { apiClient, PASSWORD } from '../../support/actors/actors.ts'
import { callCognito, tokensFromCognito } from '../../support/actors/call-cognito.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db, cognito } = site
afterEach(() => site.identity.setOutage(false))

/** A user of the pool who did not use our sign-up; `client` sends their Bearer token. */
async function makeImportedUser(changes: { handle?: string; display_name?: string } = {}) {
  const { email, handle, display_name } = { ...actors.unregistered('sam').details, ...changes }
  await cognito.addUser({ email, password: PASSWORD, handle, display_name })
  const { AccessToken: token } = await tokensFromCognito(cognito, email, PASSWORD)
  return { client: apiClient(site.origin, token), token, handle, email }
}

const rowsOf = (email: string) => db.sql('select handle, display_name from users where email = $1', [email])
const fortyAtOnce = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, i) => work(i)))

describe('40 first requests at once create one user and succeed', () => {
  test('reading', async () => {
    const { client, handle, email } = await makeImportedUser()
    const answers = await fortyAtOnce(() => client.get('/api/activities/home'))
    for (const answer of answers) expect(expectStatus(answer, 200).body).toEqual({ data: [], next_cursor: null })
    expect(await rowsOf(email)).toEqual([{ handle, display_name: 'Sam' }])
  })

  test('reading the session', async () => {
    const { client, handle, email } = await makeImportedUser()
    const answers = await fortyAtOnce(() => client.get('/api/session'))
    for (const answer of answers) expect(expectStatus(answer, 200).body.viewer.handle).toBe(handle)
    expect(await rowsOf(email)).toHaveLength(1)
  })

  test('writing', async () => {
    const { client, handle, email } = await makeImportedUser()
    const answers = await fortyAtOnce((index) =>
      client.post('/api/activities', { message: `crud ${index}`, ttl: '1-hour' }),
    )
    for (const answer of answers) expect(expectStatus(answer, 201).body.user.handle).toBe(handle)
    expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(40)
    expect(await rowsOf(email)).toHaveLength(1)
    const [row] = await db.sql<{ count: number }>(
      `select count(*)::integer as count from activities join users on users.uuid = user_uuid where handle = $1`,
      [handle],
    )
    expect(row?.count).toBe(40)
  })

  test('reading and writing', async () => {
    const { client, email } = await makeImportedUser()
    const sendRequest = (who: Client, index: number) =>
      index % 2 ? who.get('/api/activities/home') : who.post('/api/activities', { message: 'hi', ttl: '1-hour' })
    const answers = await fortyAtOnce((index) => sendRequest(client, index))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 ? 200 : 201)))
    expect(await rowsOf(email)).toHaveLength(1)
  })
})

describe('a user seen for the first time', () => {
  test('is created by a public read with a Bearer token', async () => {
    const { client, email, handle } = await makeImportedUser()
    expectStatus(await client.get('/api/activities/everyone'), 200)
    expect(await rowsOf(email)).toMatchObject([{ handle }])
  })

  test('is created by reading the session; reading it again is one round trip', async () => {
    const { client, email, handle } = await makeImportedUser()
    const session = expectStatus(await client.get('/api/session'), 200).body
    expect(session).toMatchObject({ viewer: { handle }, follows_nobody: true })
    expect(await rowsOf(email)).toMatchObject([{ handle }])
    const trips = site.database.count()
    expect((await client.get('/api/session')).body).toEqual(session)
    expect(site.database.count() - trips).toBe(1)
  })

  test('can reply at once', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('who is there?')
    const { client, handle } = await makeImportedUser()
    const answer = await client.post(`/api/activities/${activity.uuid}/replies`, { message: 'me' })
    expect(expectStatus(answer, 201).body).toMatchObject({ user: { handle }, reply_to_activity_uuid: activity.uuid })
  })

  test.each([
    ['no name', ''],
    ['a reserved name', 'Cruddur Support'],
  ])('gets the handle as display name when Cognito has %s', async (_, display_name) => {
    const { client, email, handle } = await makeImportedUser({ display_name })
    expectStatus(await client.get('/api/activities/home'), 200)
    expect(await rowsOf(email)).toEqual([{ handle, display_name: handle }])
  })

  test('gets a lower-case handle when Cognito has it in capitals', async () => {
    const handle = actors.unregistered('Sam').handle
    const { client, email } = await makeImportedUser({ handle })
    expectStatus(await client.get('/api/activities/home'), 200)
    expect(await rowsOf(email)).toEqual([{ handle: handle.toLowerCase(), display_name: 'Sam' }])
  })
})

describe('a user whose handle is', () => {
  test.each([
    ['taken', async () => (await actors.join()).handle],
    ['missing', async () => ''],
    ['malformed', async () => 'not one'],
  ])('%s: 409 until another is chosen', async (_, makeHandle) => {
    const { client, email } = await makeImportedUser({ handle: await makeHandle() })
    expect(expectStatus(await client.get('/api/session'), 200).body).toEqual({ viewer: null, handle_required: true })
    expectErrors(await client.get('/api/activities/home'), 409, ['handle_required'])
    expectErrors(await client.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 409, ['handle_required'])
    expect(await rowsOf(email)).toHaveLength(0)
    const { handle } = actors.unregistered('sam')
    expectStatus(await client.put('/api/profile/handle', { handle }), 200)
    expectStatus(await client.get('/api/activities/home'), 200)
    expect(await rowsOf(email)).toMatchObject([{ handle }])
  })
})

describe('error', () => {
  test('a token revoked at Cognito answers 401 and creates no user', async () => {
    const { client, token, email } = await makeImportedUser()
    await callCognito(cognito, 'GlobalSignOut', { AccessToken: token })
    expectErrors(await client.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await client.get('/api/session'), 401, ['session_ended'])
    expect(await rowsOf(email)).toHaveLength(0)
  })

  test('an outage of Cognito answers 503, and a later request works', async () => {
    const [{ client }] = await Promise.all([makeImportedUser(), actors.join()])
    site.identity.setOutage(true)
    expectErrors(await client.get('/api/activities/home'), 503, ['identity_unavailable'])
    expectErrors(await client.get('/api/session'), 503, ['identity_unavailable'])
    site.identity.setOutage(false)
    expectStatus(await client.get('/api/activities/home'), 200)
  })

  test('a token of an unknown sub answers 401', async () => {
    const token = await signAccessToken({ ...cognito, keys: inject('pool').keys }, crypto.randomUUID())
    expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
  })
})
