import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { type Actor, apiClient, PASSWORD } from '../../support/actors/actors.ts'
import { tokensFromCognito } from '../../support/actors/ask-cognito.ts'
import { sweeps } from '../../support/actors/many-users.ts'
import { marksOf, OWN, preHijack, recovers, usersWith } from '../../support/actors/pre-hijack.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { times } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors: story, cognito, database, identity } = site
afterEach(() => {
  database.shut(false)
  identity.shut(false)
  identity.fails(null)
})

const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const confirm = (person: Actor, more: object = {}, code = person.code) =>
  person.post('/api/session/confirm', { email: person.email, code, ...more })

/** Whoever signed up first tries all ways in, and gets nothing. */
async function expectShut({ email }: Actor): Promise<void> {
  expectErrors(await story.visitor().post('/api/session', { email, password: PASSWORD }), 403, [
    'password_reset_required',
  ])
  const { AccessToken } = await tokensFromCognito(cognito, email, PASSWORD)
  expectErrors(await apiClient(site.origin, AccessToken).get('/api/activities/home'), 403, ['password_reset_required'])
  expect(await usersWith(site, email)).toEqual([])
}

describe('what breaks off in between leaves the account shut until its password was reset', () => {
  test.each([
    ['without proof', {}],
    ['with the password of another', { password: OWN }],
  ])('the answer of Cognito is lost, %s', async (_, more) => {
    const { victim } = await preHijack(site)
    identity.fails('cut off')
    expectErrors(await confirm(victim, more), 503, ['identity_unavailable'])
    identity.fails(null)
    await expectShut(victim)
    expectErrors(await confirm(victim, more), 422, [{ code: 'code_wrong', field: 'code' }])
    await expectShut(victim)
    await recovers(victim)
    await victim.signsIn(OWN)
  })

  test('Postgres goes after the mark', async () => {
    const { victim } = await preHijack(site)
    // The try and the mark get through.
    database.shutAfter(2)
    expectErrors(await confirm(victim), 403, ['password_reset_required'])
    database.shut(false)
    await expectShut(victim)
    await recovers(victim)
    await victim.signsIn(OWN)
  })

  test('Postgres goes before the proof by password is noted', async () => {
    const anna = story.meets()
    await anna.signsUp()
    // The try, the mark, that it was none, and the try of the password get through.
    database.shutAfter(4)
    expectErrors(await confirm(anna.elsewhere(), { password: PASSWORD }), 503, ['database_unavailable'])
    database.shut(false)
    await expectShut(anna)
    await recovers(anna)
    await anna.signsIn(OWN)
  })

  test('Postgres goes after the reset: it is asked for once more', async () => {
    const { victim } = await preHijack(site)
    expectStatus(await confirm(victim), 403)
    const recovery = { email: victim.email, code: victim.code, password: 'First-2026!' }
    database.shutAfter(1)
    expectStatus(await victim.post('/api/session/recover/confirm', recovery), 204)
    database.shut(false)
    const early = { email: victim.email, password: 'First-2026!' }
    expectErrors(await victim.post('/api/session', early), 403, ['password_reset_required'])
    await recovers(victim)
    await victim.signsIn(OWN)
  })

  test('without Postgres nothing is marked, and Cognito is not asked to confirm', async () => {
    const { victim } = await preHijack(site)
    const before = identity.count()
    database.shutAfter(1)
    expectErrors(await confirm(victim), 503, ['database_unavailable'])
    database.shut(false)
    expect(identity.count()).toBe(before)
    expect(await marksOf(site, victim.email)).toBe(0)
  })
})

describe('who has signed up and proves it is kept out by nothing of this', () => {
  test('the answer of Cognito is lost: they sign in by hand', async () => {
    const anna = story.meets()
    await anna.signsUp()
    identity.fails('cut off')
    expectErrors(await confirm(anna), 503, ['identity_unavailable'])
    identity.fails(null)
    expect((await anna.signsIn()).body.viewer.handle).toBe(anna.handle)
    expect(await marksOf(site, anna.email)).toBe(0)
  })

  test('an attempt of somebody else is under way, or has broken off', async () => {
    for (const more of [{}, { password: PASSWORD }]) {
      const anna = story.meets()
      await anna.signsUp()
      identity.shut(true)
      expectStatus(await confirm(anna.elsewhere(), {}, '000000'), 503)
      identity.shut(false)
      expect(await marksOf(site, anna.email)).toBe(1)
      const owner = 'password' in more ? anna.elsewhere() : anna
      expect(expectStatus(await confirm(owner, more), 200).body.viewer.handle).toBe(anna.handle)
      expect(await marksOf(site, anna.email)).toBe(0)
      await anna.signsIn()
    }
  })

  test('wrong codes at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const anna = story.meets()
      await anna.signsUp()
      const wrong = anotherCode(anna.code)
      const [right, ...others] = await Promise.all([
        confirm(anna),
        ...Array.from({ length: 4 }, () => confirm(anna.elsewhere(), {}, wrong)),
      ])
      expect(expectStatus(right, 200).body.viewer.handle).toBe(anna.handle)
      for (const answer of others) expectStatus(answer, 422)
      expect(await marksOf(site, anna.email)).toBe(0)
      await anna.elsewhere().signsIn()
    }
  })

  test('the right code without proof at the same time: one of the two confirms, and that decides', async () => {
    for (let round = 0; round < 5; round += 1) {
      const anna = story.meets()
      await anna.signsUp()
      const [own, other] = await Promise.all([confirm(anna), confirm(anna.elsewhere())])
      const proved = own.status === 200
      expect([own.status, other.status]).toEqual(proved ? [200, 422] : [422, 403])
      const answer = await anna.post('/api/session', { email: anna.email, password: PASSWORD })
      expectStatus(answer, proved ? 200 : 403)
    }
  })
})

describe('accounts that were confirmed elsewhere are untouched', () => {
  /** Somebody calls /confirm with the address, with whatever code, in every way. */
  async function harass(email: string): Promise<void> {
    const visitor = story.visitor()
    const guess = { email, code: '000000' }
    for (const body of [guess, { ...guess, password: OWN }]) {
      expectErrors(await visitor.post('/api/session/confirm', body), 422, [{ code: 'code_wrong', field: 'code' }])
    }
    await times(3, () => visitor.post('/api/session/confirm', guess))
    expect(await marksOf(site, email)).toBe(0)
  }

  test('an imported one', async () => {
    const sam = story.meets('sam')
    await cognito.addUser(sam.details)
    await harass(sam.email)
    expect((await sam.signsIn()).body.viewer.handle).toBe(sam.handle)
  })

  test('one that an administrator made', async () => {
    const { email } = story.meets('ada')
    await cognito.addTemporaryUser({ email, temporaryPassword: PASSWORD })
    await harass(email)
    const visitor = story.visitor()
    expectErrors(await visitor.post('/api/session', { email, password: PASSWORD }), 409, ['password_change_required'])
    expectStatus(await visitor.post('/api/session', { email, password: PASSWORD, new_password: OWN }), 200)
  })

  test('one that has been used here, also by attempts that break off', async () => {
    const anna = await story.join()
    identity.shut(true)
    expectStatus(await confirm(anna.elsewhere(), {}, '000000'), 503)
    identity.shut(false)
    expect(await marksOf(site, anna.email)).toBe(1)
    await anna.elsewhere().signsIn()
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('whoever calls and goes away leaves no mark behind', async () => {
    const sam = story.meets('sam')
    await cognito.addUser(sam.details)
    const goOn = identity.hold()
    const before = identity.count()
    const leaving = request(`${site.origin}/api/session/confirm`, {
      method: 'POST',
      headers: story.visitor().headersOf('POST', { 'content-type': 'application/json' }),
    })
    const left = once(leaving, 'error')
    leaving.end(JSON.stringify({ email: sam.email, code: '000000' }))
    await expect.poll(() => identity.count()).toBe(before + 1)
    expect(await marksOf(site, sam.email)).toBe(1)
    // A reset, as of a device that is gone: workerd notices nothing less before it writes.
    leaving.socket?.resetAndDestroy()
    await left
    // The Worker has heard that they went by the time that it has answered others.
    for (let i = 0; i < 5; i += 1) await story.visitor().get('/api/health-check')
    goOn()
    await expect.poll(() => marksOf(site, sam.email)).toBe(0)
    await sam.signsIn()
  })

  test('one that was never used here, by an attempt that broke off: a new password opens it', async () => {
    const sam = story.meets('sam')
    await cognito.addUser(sam.details)
    identity.shut(true)
    expectStatus(await confirm(story.meets('x', sam.email), {}, '000000'), 503)
    identity.shut(false)
    expectErrors(await sam.post('/api/session', { email: sam.email, password: PASSWORD }), 403, [
      'password_reset_required',
    ])
    await recovers(sam)
    expect((await sam.signsIn(OWN)).body.viewer.handle).toBe(sam.handle)
    expect(await marksOf(site, sam.email)).toBe(0)
  })
})

describe('the sweep', () => {
  test('forgets resets before which no session can be alive, and no account that still waits', async () => {
    const [reset, waiting] = [await preHijack(site), await preHijack(site)]
    for (const { victim } of [reset, waiting]) expectStatus(await confirm(victim), 403)
    await recovers(reset.victim)
    const resets = "select from password_resets_due where reset_at < now() - interval '39 days'"
    await site.db.sql("update password_resets_due set created_at = created_at - interval '41 days'")
    await site.db.sql("update password_resets_due set reset_at = reset_at - interval '39.5 days'")
    await sweeps(site)
    expect((await site.db.sql(resets)).length).toBeGreaterThan(0)
    await site.db.sql("update password_resets_due set reset_at = reset_at - interval '1 day'")
    await sweeps(site)
    expect(await site.db.sql('select from password_resets_due where reset_at is not null')).toEqual([])
    await expectShut(waiting.victim)
  })
})
