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
const confirm = (actor: Actor, more: object = {}, code = actor.code) =>
  actor.post('/api/session/confirm', { email: actor.email, code, ...more })

/** Expects that the password of the first sign-up opens nothing. */
async function expectLocked({ email }: Actor): Promise<void> {
  expectErrors(await actors.visitor().post('/api/session', { email, password: PASSWORD }), 403, [
    'password_reset_required',
  ])
  const { AccessToken } = await tokensFromCognito(cognito, email, PASSWORD)
  expectErrors(await apiClient(site.origin, AccessToken).get('/api/activities/home'), 403, ['password_reset_required'])
  expect(await usersWithEmail(site, email)).toEqual([])
}

describe('an interrupted confirmation leaves the account locked until a password reset', () => {
  test.each([
    ['without proof', {}],
    ['with the password of another', { password: VICTIM_PASSWORD }],
  ])('when Cognito’s response is lost, %s', async (_, more) => {
    const { victim } = await preHijack(site)
    identity.injectFault('cut off')
    expectErrors(await confirm(victim, more), 503, ['identity_unavailable'])
    identity.injectFault(null)
    await expectLocked(victim)
    expectErrors(await confirm(victim, more), 422, [{ code: 'code_wrong', field: 'code' }])
    await expectLocked(victim)
    await recoversAccount(victim)
    await victim.signsIn(VICTIM_PASSWORD)
  })

  test('when Postgres goes down after the mark', async () => {
    const { victim } = await preHijack(site)
    // The throttle and the mark get through.
    database.outageAfter(2)
    expectErrors(await confirm(victim), 403, ['password_reset_required'])
    database.setOutage(false)
    await expectLocked(victim)
    await recoversAccount(victim)
    await victim.signsIn(VICTIM_PASSWORD)
  })

  test('when Postgres goes down before the proof by password is stored', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    // The throttle, the mark, its result and the throttle of the password get through.
    database.outageAfter(4)
    expectErrors(await confirm(anna.onAnotherDevice(), { password: PASSWORD }), 503, ['database_unavailable'])
    database.setOutage(false)
    await expectLocked(anna)
    await recoversAccount(anna)
    await anna.signsIn(VICTIM_PASSWORD)
  })

  test('when Postgres goes down after the reset, another reset is required', async () => {
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

  test('without Postgres sets no mark and does not reach Cognito', async () => {
    const { victim } = await preHijack(site)
    const before = identity.count()
    database.outageAfter(1)
    expectErrors(await confirm(victim), 503, ['database_unavailable'])
    database.setOutage(false)
    expect(identity.count()).toBe(before)
    expect(await countPendingResets(site, victim.email)).toBe(0)
  })
})

describe('a user who proves their sign-up is never locked out', () => {
  test('when Cognito’s response is lost, the user signs in by hand', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    identity.injectFault('cut off')
    expectErrors(await confirm(anna), 503, ['identity_unavailable'])
    identity.injectFault(null)
    expect((await anna.signsIn()).body.viewer.handle).toBe(anna.handle)
    expect(await countPendingResets(site, anna.email)).toBe(0)
  })

  test('after an interrupted confirmation by somebody else', async () => {
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

  test('during wrong codes by others', async () => {
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

  test('of two right codes at once, with and without proof, the one that confirms decides', async () => {
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

describe('accounts that were confirmed elsewhere are not locked by calls of others', () => {
  /** Calls /confirm for an email with wrong codes, in every way. */
  async function attacks(email: string): Promise<void> {
    const visitor = actors.visitor()
    const guess = { email, code: '000000' }
    for (const body of [guess, { ...guess, password: VICTIM_PASSWORD }]) {
      expectErrors(await visitor.post('/api/session/confirm', body), 422, [{ code: 'code_wrong', field: 'code' }])
    }
    await inParallel(3, () => visitor.post('/api/session/confirm', guess))
    expect(await countPendingResets(site, email)).toBe(0)
  }

  test('an imported account', async () => {
    const sam = actors.unregistered('sam')
    await cognito.addUser(sam.details)
    await attacks(sam.email)
    expect((await sam.signsIn()).body.viewer.handle).toBe(sam.handle)
  })

  test('an account created by an administrator', async () => {
    const { email } = actors.unregistered('ada')
    await cognito.addTemporaryUser({ email, temporaryPassword: PASSWORD })
    await attacks(email)
    const visitor = actors.visitor()
    expectErrors(await visitor.post('/api/session', { email, password: PASSWORD }), 409, ['password_change_required'])
    expectStatus(await visitor.post('/api/session', { email, password: PASSWORD, new_password: VICTIM_PASSWORD }), 200)
  })

  test('an account that was used here, even by an interrupted confirmation', async () => {
    const anna = await actors.join()
    identity.setOutage(true)
    expectStatus(await confirm(anna.onAnotherDevice(), {}, '000000'), 503)
    identity.setOutage(false)
    expect(await countPendingResets(site, anna.email)).toBe(1)
    await anna.onAnotherDevice().signsIn()
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('a client that disconnects leaves no mark', async () => {
    const sam = actors.unregistered('sam')
    await cognito.addUser(sam.details)
    const releaseRequests = identity.holdRequests()
    const before = identity.count()
    const outgoing = request(`${site.origin}/api/session/confirm`, {
      method: 'POST',
      headers: actors.visitor().headersFor('POST', { 'content-type': 'application/json' }),
    })
    const disconnected = once(outgoing, 'error')
    outgoing.end(JSON.stringify({ email: sam.email, code: '000000' }))
    await expect.poll(() => identity.count()).toBe(before + 1)
    expect(await countPendingResets(site, sam.email)).toBe(1)
    // workerd notices a reset of the connection at once, a mere end only when it writes.
    outgoing.socket?.resetAndDestroy()
    await disconnected
    // The disconnection reaches the Worker before these later requests are answered.
    for (let i = 0; i < 5; i += 1) await actors.visitor().get('/api/health-check')
    releaseRequests()
    await expect.poll(() => countPendingResets(site, sam.email)).toBe(0)
    await sam.signsIn()
  })

  test('an account that was never used here and is locked by an interrupted confirmation opens after a password reset', async () => {
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
  test('deletes resets older than any session, and no account that still waits', async () => {
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
    await expectLocked(waiting.victim)
  })
})
