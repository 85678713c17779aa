import { decodeJwt } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { lists, readPages } from '../../support/actors/actions.ts'
import { type Actor, apiClient, PASSWORD } from '../../support/actors/actors.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { expectStatusIn } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, db } = site
const PATH = '/api/session/devices'
const NEW_PASSWORD = 'Another-2027?'
const MOBILE = 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

const browserNames = async (who: Client) => (await lists(who, PATH)).map(({ browser }) => browser)

/** Makes Anna with a second device; returns the uuid of its session. */
async function makeTwoDevices(): Promise<{ anna: Actor; phone: Actor; uuid: string }> {
  const anna = await actors.join()
  const phone = anna.onAnotherDevice()
  phone.headers['user-agent'] = MOBILE
  await phone.signsIn()
  const [{ uuid }] = await lists(anna, PATH)
  return { anna, phone, uuid }
}

/** An API client with a token of a sign-in that our site has not seen yet. */
const unseenClient = async ({ accessToken }: Actor, changes: object = {}) => {
  const { sub = '' } = decodeJwt(accessToken)
  const pool = { ...site.cognito, keys: inject('pool').keys }
  return apiClient(site.origin, await signAccessToken(pool, sub, { origin_jti: crypto.randomUUID(), ...changes }))
}

describe('GET /api/session/devices', () => {
  test('lists each device with its browser, its dates and whether it is the current one', async () => {
    const { anna, phone } = await makeTwoDevices()
    const today = new Date().toISOString().slice(0, 10)
    const { body } = expectStatus(await phone.get(PATH), 200)
    const common = { uuid: expect.any(String), created_at: expect.stringMatching(/Z$/), last_seen_on: today }
    expect(body).toEqual({
      data: [
        { ...common, browser: 'Firefox on Android', current: true },
        { ...common, browser: 'Unknown browser', current: false },
      ],
      next_cursor: null,
    })
    expect((await lists(anna, PATH)).map(({ current }) => current)).toEqual([false, true])
  })

  test('lists an API client from its first request on', async () => {
    const anna = await actors.join()
    const script = await unseenClient(anna)
    await script.get('/api/activities/everyone')
    expect(await browserNames(anna)).toEqual(['An app', 'Unknown browser'])
  })

  test('updates last_seen_on when a device is used again after days', async () => {
    const { anna, phone } = await makeTwoDevices()
    await db.sql(
      `update sessions set last_seen_on = last_seen_on - 3 from users where users.uuid = user_uuid and handle = $1`,
      [anna.handle],
    )
    const today = new Date().toISOString().slice(0, 10)
    expect((await lists(anna, PATH)).map(({ last_seen_on }) => last_seen_on === today)).toEqual([false, true])
    await phone.get('/api/activities/everyone')
    expect((await lists(anna, PATH)).map(({ last_seen_on }) => last_seen_on === today)).toEqual([true, true])
  })

  test('pages through many devices without repeats', async () => {
    const anna = await actors.join()
    await db.sql(
      `insert into sessions (hash, user_uuid, browser) select 'many ' || n, uuid, 'Safari on iPad'
       from users, generate_series(1, 24) n where handle = $1`,
      [anna.handle],
    )
    const pages = await readPages(anna, PATH, 10)
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5])
    expect(new Set(pages.flat()).size).toBe(25)
  })
})

describe('DELETE /api/session/devices/:uuid', () => {
  test('ends that session at once, and no other', async () => {
    const { anna, phone, uuid } = await makeTwoDevices()
    const script = phone.asApiClient()
    expectStatus(await anna.delete(`${PATH}/${uuid}`), 204)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expect(phone.hasSession).toBe(false)
    expect(await browserNames(anna)).toEqual(['Unknown browser'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('of the current device signs out', async () => {
    const { phone, uuid } = await makeTwoDevices()
    expectStatus(await phone.delete(`${PATH}/${uuid}`), 204)
    expect(phone.hasSession).toBe(false)
  })

  test('is idempotent, even twenty times at once', async () => {
    const { anna, uuid } = await makeTwoDevices()
    const answers = await Promise.all(Array.from({ length: 20 }, () => anna.delete(`${PATH}/${uuid}`)))
    expectStatusIn(answers, [204])
  })

  test('of two devices that end each other at once leaves neither half ended', async () => {
    const { anna, phone, uuid } = await makeTwoDevices()
    const own = (await lists(anna, PATH)).find(({ current }) => current)
    const answers = await Promise.all([anna.delete(`${PATH}/${uuid}`), phone.delete(`${PATH}/${own.uuid}`)])
    expectStatusIn(answers, [204, 401])
    expect(answers.map(({ status }) => status)).toContain(204)
    const after = await Promise.all([anna.get('/api/activities/home'), phone.get('/api/activities/home')])
    for (const [at, { status }] of answers.entries()) {
      if (status === 204) expect(after[1 - at]?.status).toBe(401)
    }
  })

  test.each(['6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11', 'x', '%00', "' or true"])('%s: 404', async (uuid) => {
    const anna = await actors.join()
    expectErrors(await anna.delete(`${PATH}/${uuid}`), 404, ['not_found'])
  })

  test('of another user answers 404 and ends nothing', async () => {
    const { anna, phone, uuid } = await makeTwoDevices()
    const ben = await actors.join('ben')
    expectErrors(await ben.delete(`${PATH}/${uuid}`), 404, ['not_found'])
    expectErrors(await actors.visitor().delete(`${PATH}/${uuid}`), 401, ['unauthorized'])
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expectErrors(await anna.send('DELETE', `${PATH}/${uuid}`, headers), 403, ['cross_origin'])
    expectStatus(await phone.get('/api/activities/home'), 200)
  })

  test('and the list answer 401 to an ended session', async () => {
    const { anna, phone, uuid } = await makeTwoDevices()
    const thief = phone.asApiClient()
    const own = (await lists(anna, PATH)).find(({ current }) => current)
    await anna.delete(`${PATH}/${uuid}`)
    expectErrors(await thief.get(PATH), 401, ['session_ended'])
    expectErrors(await thief.delete(`${PATH}/${own.uuid}`), 401, ['session_ended'])
    expectErrors(await thief.delete('/api/session/others'), 401, ['session_ended'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('DELETE /api/session/others', () => {
  test('ends other sessions and keeps the current one with its cookies', async () => {
    const { anna, phone } = await makeTwoDevices()
    const before = new Map(anna.cookies)
    expectStatus(await anna.delete('/api/session/others'), 204)
    expect(anna.cookies).toEqual(before)
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(await browserNames(anna)).toEqual(['Unknown browser'])
    await phone.signsIn()
    expectStatus(await phone.get('/api/activities/home'), 200)
  })

  test('ends sessions that our site has not seen yet', async () => {
    const anna = await actors.join()
    const [unseen, later] = await Promise.all([
      unseenClient(anna),
      unseenClient(anna, { auth_time: Math.floor(Date.now() / 1000) + 60 }),
    ])
    await anna.delete('/api/session/others')
    expectErrors(await unseen.get('/api/activities/home'), 401, ['session_ended'])
    expectStatus(await later.get('/api/activities/home'), 200)
  })

  test('can be repeated, and signing in within the same second works', async () => {
    const { anna, phone } = await makeTwoDevices()
    for (let i = 0; i < 2; i += 1) {
      expectStatus(await anna.delete('/api/session/others'), 204)
      await phone.signsIn()
      expectStatus(await phone.get('/api/activities/home'), 200)
    }
  })

  test('ends no session of other users, and needs a viewer', async () => {
    const [anna, ben] = [await actors.join(), await actors.join('ben')]
    expectStatus(await anna.delete('/api/session/others'), 204)
    expectStatus(await ben.get('/api/activities/home'), 200)
    expectErrors(await actors.visitor().delete('/api/session/others'), 401, ['unauthorized'])
  })
})

describe('ending all sessions ends each device', () => {
  test('a password change leaves only the device that made it', async () => {
    const { anna, phone } = await makeTwoDevices()
    expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }), 200)
    expect((await lists(anna, PATH)).map(({ current }) => current)).toEqual([true])
    expectErrors(await phone.get(PATH), 401, ['session_ended'])
  })

  test('a password change by Bearer ends that token too, and sets no cookie', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    const answer = await script.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD })
    expect(expectStatus(answer, 200).body).toEqual({ viewer: null })
    expect(answer.headers.getSetCookie()).toEqual([])
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    const later = anna.onAnotherDevice()
    await later.signsIn(NEW_PASSWORD)
    expect(await browserNames(later)).toHaveLength(1)
  })

  test('a recovery and signing out everywhere, even if Cognito’s clock is ahead', async () => {
    const { anna, phone } = await makeTwoDevices()
    const ahead = await unseenClient(anna, { auth_time: Math.floor(Date.now() / 1000) + 60 })
    expectStatus(await ahead.get('/api/activities/home'), 200)
    expectStatus(await anna.delete('/api/session/all'), 204)
    expectErrors(await phone.get(PATH), 401, ['session_ended'])
    expectErrors(await ahead.get('/api/activities/home'), 401, ['session_ended'])
    await anna.signsIn()
    expect(await browserNames(anna)).toHaveLength(1)
    expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
    const recovery = { email: anna.email, code: anna.code, password: NEW_PASSWORD }
    expectStatus(await actors.visitor().post('/api/session/recover/confirm', recovery), 204)
    expectErrors(await anna.get(PATH), 401, ['session_ended'])
  })

  test('deleting the account leaves no session row', async () => {
    const { anna, phone } = await makeTwoDevices()
    const rows = () =>
      db.sql('select from sessions join users on users.uuid = user_uuid where handle = $1', [anna.handle])
    expect(await rows()).toHaveLength(2)
    expectStatus(await anna.deletesAccount(), 204)
    expectErrors(await phone.get(PATH), 401, ['session_ended'])
    await runCron(site)
    expect(await rows()).toEqual([])
  })
})

describe('the sweep', () => {
  test('deletes only sessions whose tokens cannot be valid any more', async () => {
    const anna = await actors.join()
    const add = (hash: string, columns: string) =>
      db.sql(
        `insert into sessions (hash, user_uuid, browser, created_at, ended_at, revoked_at)
         select $1, uuid, 'x', ${columns} from users where handle = $2`,
        [hash, anna.handle],
      )
    await add('old', `now() - interval '31 days', null, null`)
    await add('young', `now() - interval '30 days', null, null`)
    await add('revoked', `now(), now() - interval '2 days', now() - interval '2 days'`)
    await add('just revoked', `now(), now() - interval '1 day', now() - interval '1 day'`)
    await add('ended', `now() - interval '30 days', now() - interval '29 days', null`)
    await runCron(site)
    const rows = await db.sql<{ hash: string }>(`select hash from sessions where browser = 'x' order by hash`)
    expect(rows.map(({ hash }) => hash)).toEqual(['ended', 'just revoked', 'young'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})
