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

/** Somebody whom the pool knows and who never came to our sign-up; `client` sends their Bearer token. */
async function stranger(changes: { handle?: string; display_name?: string } = {}) {
  const { email, handle, display_name } = { ...actors.unregistered('sam').details, ...changes }
  await cognito.addUser({ email, password: PASSWORD, handle, display_name })
  const { AccessToken: token } = await tokensFromCognito(cognito, email, PASSWORD)
  return { client: apiClient(site.origin, token), token, handle, email }
}

const rowsOf = (email: string) => db.sql('select handle, display_name from users where email = $1', [email])
const forty = <T>(work: (index: number) => Promise<T>) => Promise.all(Array.from({ length: 40 }, (_, i) => work(i)))

describe('40 first requests at once make one person and 40 good answers', () => {
  test('reading', async () => {
    const { client, handle, email } = await stranger()
    const answers = await forty(() => client.get('/api/activities/home'))
    for (const answer of answers) expect(expectStatus(answer, 200).body).toEqual({ data: [], next_cursor: null })
    expect(await rowsOf(email)).toEqual([{ handle, display_name: 'Sam' }])
  })

  test('asking who one is', async () => {
    const { client, handle, email } = await stranger()
    const answers = await forty(() => client.get('/api/session'))
    for (const answer of answers) expect(expectStatus(answer, 200).body.viewer.handle).toBe(handle)
    expect(await rowsOf(email)).toHaveLength(1)
  })

  test('writing', async () => {
    const { client, handle, email } = await stranger()
    const answers = await forty((index) => client.post('/api/activities', { message: `crud ${index}`, ttl: '1-hour' }))
    for (const answer of answers) expect(expectStatus(answer, 201).body.user.handle).toBe(handle)
    expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(40)
    expect(await rowsOf(email)).toHaveLength(1)
    const [row] = await db.sql<{ count: number }>(
      `select count(*)::integer as count from activities join users on users.uuid = user_uuid where handle = $1`,
      [handle],
    )
    expect(row?.count).toBe(40)
  })

  test('reading and writing, mixed', async () => {
    const { client, email } = await stranger()
    const ask = (who: Client, index: number) =>
      index % 2 ? who.get('/api/activities/home') : who.post('/api/activities', { message: 'hi', ttl: '1-hour' })
    const answers = await forty((index) => ask(client, index))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 ? 200 : 201)))
    expect(await rowsOf(email)).toHaveLength(1)
  })
})

describe('a person seen for the first time', () => {
  test('is made by reading what is for everybody, too: a Bearer token counts or is refused', async () => {
    const { client, email, handle } = await stranger()
    expectStatus(await client.get('/api/activities/everyone'), 200)
    expect(await rowsOf(email)).toMatchObject([{ handle }])
  })

  test('is made by asking who they are, and asking again is one trip', async () => {
    const { client, email, handle } = await stranger()
    const made = expectStatus(await client.get('/api/session'), 200).body
    expect(made).toMatchObject({ viewer: { handle }, follows_nobody: true })
    expect(await rowsOf(email)).toMatchObject([{ handle }])
    const trips = site.database.count()
    expect((await client.get('/api/session')).body).toEqual(made)
    expect(site.database.count() - trips).toBe(1)
  })

  test('may reply at once', async () => {
    const anna = await actors.join()
    const crud = await anna.posts('who is there?')
    const { client, handle } = await stranger()
    const answer = await client.post(`/api/activities/${crud.uuid}/replies`, { message: 'me' })
    expect(expectStatus(answer, 201).body).toMatchObject({ user: { handle }, reply_to_activity_uuid: crud.uuid })
  })

  test.each([
    ['no name', ''],
    ['one that is not theirs to have', 'Cruddur Support'],
  ])('is called by their handle when Cognito knows %s', async (_, display_name) => {
    const { client, email, handle } = await stranger({ display_name })
    expectStatus(await client.get('/api/activities/home'), 200)
    expect(await rowsOf(email)).toEqual([{ handle, display_name: handle }])
  })

  test('in capitals at Cognito has a handle in small letters', async () => {
    const handle = actors.unregistered('Sam').handle
    const { client, email } = await stranger({ handle })
    expectStatus(await client.get('/api/activities/home'), 200)
    expect(await rowsOf(email)).toEqual([{ handle: handle.toLowerCase(), display_name: 'Sam' }])
  })
})

describe('without a handle of their own', () => {
  test.each([
    ['taken', async () => (await actors.join()).handle],
    ['missing', async () => ''],
    ['malformed', async () => 'not one'],
  ])('%s: 409 until another is chosen', async (_, wanted) => {
    const { client, email } = await stranger({ handle: await wanted() })
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
  test('Cognito has revoked the token: 401, and nobody is made', async () => {
    const { client, token, email } = await stranger()
    await callCognito(cognito, 'GlobalSignOut', { AccessToken: token })
    expectErrors(await client.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await client.get('/api/session'), 401, ['session_ended'])
    expect(await rowsOf(email)).toHaveLength(0)
  })

  test('Cognito cannot be asked: 503, and it works later', async () => {
    const [{ client }] = await Promise.all([stranger(), actors.join()])
    site.identity.setOutage(true)
    expectErrors(await client.get('/api/activities/home'), 503, ['identity_unavailable'])
    expectErrors(await client.get('/api/session'), 503, ['identity_unavailable'])
    site.identity.setOutage(false)
    expectStatus(await client.get('/api/activities/home'), 200)
  })

  test('a token of the pool for somebody whom it does not know: 401', async () => {
    const token = await signAccessToken({ ...cognito, keys: inject('pool').keys }, crypto.randomUUID())
    expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
  })
})
