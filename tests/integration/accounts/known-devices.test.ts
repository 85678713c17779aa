import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import {
  confirmRecovery,
  expectRateLimited,
  guesses,
  NEW_PASSWORD,
  recover,
  sequentially,
  signIn,
} from '../../support/actors/guesses.ts'
import { fromNetwork } from '../../support/actors/networks.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, identity } = site
const { visitorFrom, throttledIp, pastCognitoLock } = guesses(site)
const FIVE = [1, 2, 3, 4, 5]
const DEVICE = '__Host-device'

/** Sets the device cookie of a client. */
function withDevice(who: Client, cookie: string | undefined): Client {
  who.cookies.set(DEVICE, cookie ?? '')
  return who
}

describe('a known device', () => {
  test('has its own 5 attempts in 15 minutes, even of 50 at once', () =>
    withinAMinute(async () => {
      const anna = fromNetwork(await actors.join())
      const callsBefore = identity.count()
      const answers = await inParallel(50, () => signIn(anna, anna.email))
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
      expect(identity.count() - callsBefore).toBe(5)
      expectRateLimited(await signIn(anna, anna.email, PASSWORD), '"device-password";q=5;w=900')
      await pastCognitoLock(async () => expectStatus(await signIn(visitorFrom(), anna.email, PASSWORD), 200))
    }))

  test('has 30 attempts a day', async () => {
    const anna = await actors.join()
    for (let quarter = 0; quarter < 6; quarter += 1) {
      await site.db.sql(`update auth_attempts set ends_at = now() where ends_at < now() + interval '1 hour'`)
      for (const _ of FIVE) {
        // Past Cognito's own lock.
        site.poolClock.skew += 901_000
        expectErrors(await signIn(anna, anna.email), 401, ['credentials_wrong'])
      }
    }
    site.poolClock.skew = 0
    expectRateLimited(await signIn(anna, anna.email, PASSWORD), '"device-password-of-day";q=30;w=86400')
  })

  test('of several users has counters per account', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    await anna.delete('/api/session')
    expectStatus(await signIn(anna, ben.email, PASSWORD), 200)
    await sequentially(FIVE, () => signIn(anna, anna.email))
    expectRateLimited(await signIn(anna, anna.email, PASSWORD), '"device-password";q=5;w=900')
    await throttledIp(ben.email)
    await pastCognitoLock(async () => expectStatus(await signIn(anna, ben.email, PASSWORD), 200))
  })

  test('stays known after it changed the password', async () => {
    const anna = await actors.join()
    expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }), 200)
    fromNetwork(anna, await throttledIp(anna.email))
    await pastCognitoLock(async () => expectStatus(await signIn(anna, anna.email, NEW_PASSWORD), 200))
  })

  test('has a lasting HttpOnly cookie without the email', async () => {
    const anna = await actors.join()
    const setCookie = (await anna.signsIn()).headers.getSetCookie().find((line) => line.startsWith(DEVICE)) ?? ''
    expect(setCookie).toMatch(/; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(decodeURIComponent(setCookie)).not.toContain(anna.handle)
    await anna.delete('/api/session')
    expect([...anna.cookies.keys()]).toEqual([DEVICE])
  })
})

describe('a device is not known by', () => {
  test('a forged, altered or foreign cookie', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    const [validCookie = '', ip] = [anna.cookies.get(DEVICE), await throttledIp(anna.email)]
    const [content = ''] = decodeURIComponent(validCookie).split('.', 1)
    const cookies = [
      validCookie.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      content,
      '',
      'x.y',
      ben.cookies.get(DEVICE),
    ]
    await pastCognitoLock(async () => {
      for (const cookie of cookies)
        expectRateLimited(
          await signIn(withDevice(visitorFrom(ip), cookie), anna.email, PASSWORD),
          '"password";q=5;w=900',
        )
      expectStatus(await signIn(withDevice(visitorFrom(ip), validCookie), anna.email, PASSWORD), 200)
    })
  })

  test.each<[string, (anna: Actor) => Promise<unknown>]>([
    [
      'a reset of the password',
      async (anna) => {
        const phone = visitorFrom()
        await recover(phone, anna.email)
        await confirmRecovery(phone, anna.email, anna.code)
      },
    ],
    ['a change of the password', (anna) => anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD })],
    ['the end of all sessions', (anna) => anna.delete('/api/session/all')],
  ])('a cookie from before %s', async (_, act) => {
    const anna = await actors.join()
    const old = anna.cookies.get(DEVICE)
    await act(anna)
    const ip = await throttledIp(anna.email)
    expectRateLimited(await signIn(withDevice(visitorFrom(ip), old), anna.email, NEW_PASSWORD), '"password";q=5;w=900')
  })

  test('a code requested for another account', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    const attacker = visitorFrom()
    expectStatus(await recover(attacker, ben.email), 204)
    await sequentially(FIVE, () => confirmRecovery(attacker, anna.email))
    expectRateLimited(await confirmRecovery(attacker, anna.email), '"code";q=5;w=900', 'code_used_up')
  })
})
