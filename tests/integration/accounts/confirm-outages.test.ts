import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { type Actor, apiClient, PASSWORD } from '../../support/actors/actors.ts'
import { tokensFromCognito } from '../../support/actors/call-cognito.ts'
import { runCron } from '../../support/actors/many-users.ts'
import {
  countPendingResets,
  preHijack,
  recoversAccount,
  usersWithEmail,
  VICTIM_PASSWORD,
} from '../../support/actors/pre-hijack.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, cognito, database, identity } = site
afterEach(() => {
  database.setOutage(false)
  identity.setOutage(false)
  identity.injectFault(null)
})

const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const confirm = (person: Actor, more: object = {}, code = person.code) =>
  person.post('/api/session/confirm', { email: person.email, code, ...more })

/** Whoever signed up first tries all ways in, and gets nothing. */
async function expectShut({ email }: Actor): Promise<void> {
  expectErrors(await actors.visitor().post('/api/session', { email, password: PASSWORD }), 403, [
    'password_reset_required',
  ])
  const { AccessToken } = await tokensFromCognito(cognito, email, PASSWORD)
  expectErrors(await apiClient(site.origin, AccessToken).get('/api/activities/home'), 403, ['password_reset_required'])
  expect(await usersWithEmail(site, email)).toEqual([])
}

describe('what breaks off in between leaves the account shut until its password was reset', () => {
  test.each([
    ['without proof', {}],
    ['with the password of another', { password: VICTIM_PASSWORD }],
  ])('the answer of Cognito is lost, %s', async (_, more) => {
    const { victim } = await preHijack(site)
    identity.injectFault('cut off')
    expectErrors(await confirm(victim, more), 503, ['identity_unavailable'])
    identity.injectFault(null)
    await expectShut(victim)
    expectErrors(await confirm(victim, more), 422, [{ code: 'code_wrong', field: 'code' }])
    await expectShut(victim)
    await recoversAccount(victim)
    await victim.signsIn(VICTIM_PASSWORD)
  })

  test('Postgres goes after the mark', async () => {
    const { victim } = await preHijack(site)
    // The try and the mark get through.
    database.outageAfter(2)
    expectErrors(await confirm(victim), 403, ['password_reset_required'])
    database.setOutage(false)
    await expectShut(victim)
    await recoversAccount(victim)
    await victim.signsIn(VICTIM_PASSWORD)
  })

  test('Postgres goes before the proof by password is noted', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    // The try, the mark, that it was none, and the try of the password get through.
    database.outageAfter(4)
    expectErrors(await confirm(anna.onAnotherDevice(), { password: PASSWORD }), 503, ['database_unavailable'])
    database.setOutage(false)
    await expectShut(anna)
    await recoversAccount(anna)
    await anna.signsIn(VICTIM_PASSWORD)
  })

  test('Postgres goes after the reset: it is asked for once more', async () => {
    const { victim } = await preHijack(site)
    expectStatus(await confirm(victim), 403)
    const recovery = { email: victim.email, code: victim.code, password: 'First-2026!' }
    database.outageAfter(1)
    expectStatus(await victim.post('/api/session/recover/confirm', recovery), 204)
    database.setOutage(false)
    const early = { email: victim.email, password: 'First-2026!' }
    expectErrors(await victim.post('/api/session', early), 403, ['password_reset_required'])
    await recoversAccount(victim)
    await victim.signsIn(VICTIM_PASSWORD)
  })

  test('without Postgres nothing is marked, and Cognito is not asked to confirm', async () => {
    const { victim } = await preHijack(site)
    const before = identity.count()
    database.outageAfter(1)
    expectErrors(await confirm(victim), 503, ['database_unavailable'])
    database.setOutage(false)
    expect(identity.count()).toBe(before)
    expect(await countPendingResets(site, victim.email)).toBe(0)
  })
})

describe('who has signed up and proves it is kept out by nothing of this', () => {
  test('the answer of Cognito is lost: they sign in by hand', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    identity.injectFault('cut off')
    expectErrors(await confirm(anna), 503, ['identity_unavailable'])
    identity.injectFault(null)
    expect((await anna.signsIn()).body.viewer.handle).toBe(anna.handle)
    expect(await countPendingResets(site, anna.email)).toBe(0)
  })

  test('an attempt of somebody else is under way, or has broken off', async () => {
    for (const more of [{}, { password: PASSWORD }]) {
      const anna = actors.unregistered()
      await anna.signsUp()
      identity.setOutage(true)
      expectStatus(await confirm(anna.onAnotherDevice(), {}, '000000'), 503)
      identity.setOutage(false)
      expect(await countPendingResets(site, anna.email)).toBe(1)
      const owner = 'password' in more ? anna.onAnotherDevice() : anna
      expect(expectStatus(await confirm(owner, more), 200).body.viewer.handle).toBe(anna.handle)
      expect(await countPendingResets(site, anna.email)).toBe(0)
      await anna.signsIn()
    }
  })

  test('wrong codes at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const anna = actors.unregistered()
      await anna.signsUp()
      const wrong = anotherCode(anna.code)
      const [right, ...others] = await Promise.all([
        confirm(anna),
        ...Array.from({ length: 4 }, () => confirm(anna.onAnotherDevice(), {}, wrong)),
      ])
      expect(expectStatus(right, 200).body.viewer.handle).toBe(anna.handle)
      for (const answer of others) expectStatus(answer, 422)
      expect(await countPendingResets(site, anna.email)).toBe(0)
      await anna.onAnotherDevice().signsIn()
    }
  })

  test('the right code without proof at the same time: one of the two confirms, and that decides', async () => {
    for (let round = 0; round < 5; round += 1) {
      const anna = actors.unregistered()
      await anna.signsUp()
      const [own, other] = await Promise.all([confirm(anna), confirm(anna.onAnotherDevice())])
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
    const visitor = actors.visitor()
    const guess = { email, code: '000000' }
    for (const body of [guess, { ...guess, password: VICTIM_PASSWORD }]) {
      expectErrors(await visitor.post('/api/session/confirm', body), 422, [{ code: 'code_wrong', field: 'code' }])
    }
    await inParallel(3, () => visitor.post('/api/session/confirm', guess))
    expect(await countPendingResets(site, email)).toBe(0)
  }

  test('an imported one', async () => {
    const sam = actors.unregistered('sam')
    await cognito.addUser(sam.details)
    await harass(sam.email)
    expect((await sam.signsIn()).body.viewer.handle).toBe(sam.handle)
  })

  test('one that an administrator made', async () => {
    const { email } = actors.unregistered('ada')
    await cognito.addTemporaryUser({ email, temporaryPassword: PASSWORD })
    await harass(email)
    const visitor = actors.visitor()
    expectErrors(await visitor.post('/api/session', { email, password: PASSWORD }), 409, ['password_change_required'])
    expectStatus(await visitor.post('/api/session', { email, password: PASSWORD, new_password: VICTIM_PASSWORD }), 200)
  })

  test('one that has been used here, also by attempts that break off', async () => {
    const anna = await actors.join()
    identity.setOutage(true)
    expectStatus(await confirm(anna.onAnotherDevice(), {}, '000000'), 503)
    identity.setOutage(false)
    expect(await countPendingResets(site, anna.email)).toBe(1)
    await anna.onAnotherDevice().signsIn()
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('whoever calls and goes away leaves no mark behind', async () => {
    const sam = actors.unregistered('sam')
    await cognito.addUser(sam.details)
    const goOn = identity.holdRequests()
    const before = identity.count()
    const leaving = request(`${site.origin}/api/session/confirm`, {
      method: 'POST',
      headers: actors.visitor().headersFor('POST', { 'content-type': 'application/json' }),
    })
    const left = once(leaving, 'error')
    leaving.end(JSON.stringify({ email: sam.email, code: '000000' }))
    await expect.poll(() => identity.count()).toBe(before + 1)
    expect(await countPendingResets(site, sam.email)).toBe(1)
    // A reset, as of a device that is gone: workerd notices nothing less before it writes.
    leaving.socket?.resetAndDestroy()
    await left
    // The Worker has heard that they went by the time that it has answered others.
    for (let i = 0; i < 5; i += 1) await actors.visitor().get('/api/health-check')
    goOn()
    await expect.poll(() => countPendingResets(site, sam.email)).toBe(0)
    await sam.signsIn()
  })

  test('one that was never used here, by an attempt that broke off: a new password opens it', async () => {
    const sam = actors.unregistered('sam')
    await cognito.addUser(sam.details)
    identity.setOutage(true)
    expectStatus(await confirm(actors.unregistered('x', sam.email), {}, '000000'), 503)
    identity.setOutage(false)
    expectErrors(await sam.post('/api/session', { email: sam.email, password: PASSWORD }), 403, [
      'password_reset_required',
    ])
    await recoversAccount(sam)
    expect((await sam.signsIn(VICTIM_PASSWORD)).body.viewer.handle).toBe(sam.handle)
    expect(await countPendingResets(site, sam.email)).toBe(0)
  })
})

describe('the sweep', () => {
  test('forgets resets before which no session can be alive, and no account that still waits', async () => {
    const [reset, waiting] = [await preHijack(site), await preHijack(site)]
    for (const { victim } of [reset, waiting]) expectStatus(await confirm(victim), 403)
    await recoversAccount(reset.victim)
    const resets = "select from password_resets_due where reset_at < now() - interval '39 days'"
    await site.db.sql("update password_resets_due set created_at = created_at - interval '41 days'")
    await site.db.sql("update password_resets_due set reset_at = reset_at - interval '39.5 days'")
    await runCron(site)
    expect((await site.db.sql(resets)).length).toBeGreaterThan(0)
    await site.db.sql("update password_resets_due set reset_at = reset_at - interval '1 day'")
    await runCron(site)
    expect(await site.db.sql('select from password_resets_due where reset_at is not null')).toEqual([])
    await expectShut(waiting.victim)
  })
})
