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
const NEW = 'Another-2027?'
const MOBILE = 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

const browsersOf = async (who: Client) => (await lists(who, PATH)).map(({ browser }) => browser)

/** Somebody with a second device. */
async function withPhone(): Promise<{ anna: Actor; phone: Actor; uuid: string }> {
  const anna = await actors.join()
  const phone = anna.onAnotherDevice()
  phone.headers['user-agent'] = MOBILE
  await phone.signsIn()
  const [{ uuid }] = await lists(anna, PATH)
  return { anna, phone, uuid }
}

/** A token of a sign-in at Cognito that our site has not seen yet. */
const unseenOf = async ({ accessToken }: Actor, changes: object = {}) => {
  const { sub = '' } = decodeJwt(accessToken)
  const pool = { ...site.cognito, keys: inject('pool').keys }
  return apiClient(site.origin, await signAccessToken(pool, sub, { origin_jti: crypto.randomUUID(), ...changes }))
}

describe('where one is signed in', () => {
  test('each device has its kind of browser, its days, and whether it is this one', async () => {
    const { anna, phone } = await withPhone()
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

  test('a client with a token stands there too, from its first request on', async () => {
    const anna = await actors.join()
    const script = await unseenOf(anna)
    await script.get('/api/activities/everyone')
    expect(await browsersOf(anna)).toEqual(['An app', 'Unknown browser'])
  })

  test('one that is used again after days was seen today', async () => {
    const { anna, phone } = await withPhone()
    await db.sql(
      `update sessions set last_seen_on = last_seen_on - 3 from users where users.uuid = user_uuid and handle = $1`,
      [anna.handle],
    )
    const today = new Date().toISOString().slice(0, 10)
    expect((await lists(anna, PATH)).map(({ last_seen_on }) => last_seen_on === today)).toEqual([false, true])
    await phone.get('/api/activities/everyone')
    expect((await lists(anna, PATH)).map(({ last_seen_on }) => last_seen_on === today)).toEqual([true, true])
  })

  test('many are read page by page, each once', async () => {
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

describe('ending one', () => {
  test('works at once, and leaves the others alone', async () => {
    const { anna, phone, uuid } = await withPhone()
    const script = phone.asApiClient()
    expectStatus(await anna.delete(`${PATH}/${uuid}`), 204)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expect(phone.hasSession).toBe(false)
    expect(await browsersOf(anna)).toEqual(['Unknown browser'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('that is this one signs out', async () => {
    const { phone, uuid } = await withPhone()
    expectStatus(await phone.delete(`${PATH}/${uuid}`), 204)
    expect(phone.hasSession).toBe(false)
  })

  test('again is fine, also twenty times at once', async () => {
    const { anna, uuid } = await withPhone()
    const answers = await Promise.all(Array.from({ length: 20 }, () => anna.delete(`${PATH}/${uuid}`)))
    expectStatusIn(answers, [204])
  })

  test('two that end each other at once: neither is left half ended', async () => {
    const { anna, phone, uuid } = await withPhone()
    const own = (await lists(anna, PATH)).find(({ current }) => current)
    const answers = await Promise.all([anna.delete(`${PATH}/${uuid}`), phone.delete(`${PATH}/${own.uuid}`)])
    expectStatusIn(answers, [204, 401])
    const after = await Promise.all([anna.get('/api/activities/home'), phone.get('/api/activities/home')])
    for (const [at, { status }] of answers.entries()) {
      if (status === 204) expect(after[1 - at]?.status).toBe(401)
    }
  })

  test.each(['6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11', 'x', '%00', "' or true"])('%s: 404', async (uuid) => {
    const anna = await actors.join()
    expectErrors(await anna.delete(`${PATH}/${uuid}`), 404, ['not_found'])
  })

  test('of somebody else: 404, and it goes on', async () => {
    const { anna, phone, uuid } = await withPhone()
    const ben = await actors.join('ben')
    expectErrors(await ben.delete(`${PATH}/${uuid}`), 404, ['not_found'])
    expectErrors(await actors.visitor().delete(`${PATH}/${uuid}`), 401, ['unauthorized'])
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expectErrors(await anna.send('DELETE', `${PATH}/${uuid}`, headers), 403, ['cross_origin'])
    expectStatus(await phone.get('/api/activities/home'), 200)
  })

  test('and reading them needs a session that goes on: a thief who was ended sees none and ends none', async () => {
    const { anna, phone, uuid } = await withPhone()
    const thief = phone.asApiClient()
    const own = (await lists(anna, PATH)).find(({ current }) => current)
    await anna.delete(`${PATH}/${uuid}`)
    expectErrors(await thief.get(PATH), 401, ['session_ended'])
    expectErrors(await thief.delete(`${PATH}/${own.uuid}`), 401, ['session_ended'])
    expectErrors(await thief.delete('/api/session/others'), 401, ['session_ended'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('ending all others', () => {
  test('leaves this one alone, with the cookies that it has', async () => {
    const { anna, phone } = await withPhone()
    const before = new Map(anna.cookies)
    expectStatus(await anna.delete('/api/session/others'), 204)
    expect(anna.cookies).toEqual(before)
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expectStatus(await anna.get('/api/activities/home'), 200)
    expect(await browsersOf(anna)).toEqual(['Unknown browser'])
    await phone.signsIn()
    expectStatus(await phone.get('/api/activities/home'), 200)
  })

  test('ends those too that our site never saw', async () => {
    const anna = await actors.join()
    const [unseen, later] = await Promise.all([
      unseenOf(anna),
      unseenOf(anna, { auth_time: Math.floor(Date.now() / 1000) + 60 }),
    ])
    await anna.delete('/api/session/others')
    expectErrors(await unseen.get('/api/activities/home'), 401, ['session_ended'])
    expectStatus(await later.get('/api/activities/home'), 200)
  })

  test('can be done again, and signing in within the same second works', async () => {
    const { anna, phone } = await withPhone()
    for (let i = 0; i < 2; i += 1) {
      expectStatus(await anna.delete('/api/session/others'), 204)
      await phone.signsIn()
      expectStatus(await phone.get('/api/activities/home'), 200)
    }
  })

  test('ends nobody else’s, and needs somebody signed in', async () => {
    const [anna, ben] = [await actors.join(), await actors.join('ben')]
    expectStatus(await anna.delete('/api/session/others'), 204)
    expectStatus(await ben.get('/api/activities/home'), 200)
    expectErrors(await actors.visitor().delete('/api/session/others'), 401, ['unauthorized'])
  })
})

describe('what ends all of them ends each', () => {
  test('a new password: one device is left, the one that set it', async () => {
    const { anna, phone } = await withPhone()
    expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW }), 200)
    expect((await lists(anna, PATH)).map(({ current }) => current)).toEqual([true])
    expectErrors(await phone.get(PATH), 401, ['session_ended'])
  })

  test('a new password by Bearer: that token has ended too, and no cookie is set', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    const answer = await script.put('/api/session/password', { current: PASSWORD, new: NEW })
    expect(expectStatus(answer, 200).body).toEqual({ viewer: null })
    expect(answer.headers.getSetCookie()).toEqual([])
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    const later = anna.onAnotherDevice()
    await later.signsIn(NEW)
    expect(await browsersOf(later)).toHaveLength(1)
  })

  test('recovery, and signing out everywhere, also where Cognito’s clock is ahead', async () => {
    const { anna, phone } = await withPhone()
    const ahead = await unseenOf(anna, { auth_time: Math.floor(Date.now() / 1000) + 60 })
    expectStatus(await ahead.get('/api/activities/home'), 200)
    expectStatus(await anna.delete('/api/session/all'), 204)
    expectErrors(await phone.get(PATH), 401, ['session_ended'])
    expectErrors(await ahead.get('/api/activities/home'), 401, ['session_ended'])
    await anna.signsIn()
    expect(await browsersOf(anna)).toHaveLength(1)
    expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
    const recovery = { email: anna.email, code: anna.code, password: NEW }
    expectStatus(await actors.visitor().post('/api/session/recover/confirm', recovery), 204)
    expectErrors(await anna.get(PATH), 401, ['session_ended'])
  })

  test('a deleted account: no row is left', async () => {
    const { anna, phone } = await withPhone()
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
  test('deletes sessions of which no token can count, and no others', async () => {
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
