import { describe, expect, test } from 'vitest'
import { times } from '../at-once.ts'
import {
  confirm,
  expectTooMany,
  guesses,
  inTurn,
  NEW_PASSWORD,
  recover,
  recoverWith,
  signIn,
  WRONG_PASSWORD,
} from '../guesses.ts'
import type { Client } from '../harness/client.ts'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'
import { at, ipsOf, newIp } from '../networks.ts'
import { PASSWORD, type Person } from '../story.ts'
import { withinAMinute } from '../within-a-minute.ts'

// Cognito's own limit of codes is another matter: here it is out of the way.
const site = await openSite({ pool: { overrides: { codeAttempts: 1_000_000, codesPerHour: 1_000 } } })
const { story, identity } = site
const { from, withoutLock } = guesses(site)
const FIVE = [1, 2, 3, 4, 5]
const DEVICE = '__Host-device'

/** Everything that one network may do to an account. */
async function attacks(email: string, ip = newIp()): Promise<void> {
  await inTurn(FIVE, () => signIn(from(ip), email))
  await inTurn(FIVE, () => recoverWith(from(ip), email))
  await inTurn([1, 2, 3], () => recover(from(ip), email))
}

/** A hundred guesses from twenty networks, half of them at codes. */
async function attacksFromEverywhere(email: string): Promise<void> {
  await inTurn(ipsOf(20, 5), (ip) =>
    Number(ip.split('.').at(-1)) % 2 ? signIn(from(ip), email) : confirm(from(ip), email),
  )
  expectTooMany(await signIn(from(), email), '"guesses";q=100;w=86400')
}

/** A browser with the device cookie of another, or with any. */
function withDevice(who: Client, cookie: string | undefined): Client {
  who.cookies.set(DEVICE, cookie ?? '')
  return who
}

/** A network from which no unknown device may try anna's password for now. */
async function shutNetwork({ email }: Person): Promise<string> {
  const ip = newIp()
  await inTurn(FIVE, () => signIn(from(ip), email))
  return ip
}

describe('an attacker in one network, the owner in another', () => {
  test('the owner signs in at once, on a known device and on a new one', async () => {
    const anna = await story.join()
    await anna.delete('/api/session')
    await attacks(anna.email)
    await withoutLock(async () => {
      expectStatus(await signIn(at(anna), anna.email, PASSWORD), 200)
      expectStatus(await signIn(from(), anna.email, PASSWORD), 200)
    })
  })

  test('the owner recovers with a code, on a new device, whoever tries or asks meanwhile', async () => {
    const anna = await story.join()
    await attacks(anna.email)
    const owner = from()
    expectStatus(await recover(owner, anna.email), 204)
    await attacks(anna.email)
    expectErrors(await recoverWith(owner, anna.email), 429, ['account_locked_briefly'])
    expectStatus(await recover(owner, anna.email), 204)
    expectStatus(await recoverWith(owner, anna.email, anna.code), 204)
    await withoutLock(async () => expectStatus(await signIn(owner, anna.email, NEW_PASSWORD), 200))
  })
})

describe('an attacker in twenty networks', () => {
  test('a known device gets in, though an unknown one must wait for the next day', async () => {
    const anna = await story.join()
    await attacksFromEverywhere(anna.email)
    await withoutLock(async () => {
      expectTooMany(await signIn(from(), anna.email, PASSWORD), '"guesses";q=100;w=86400')
      expectStatus(await signIn(at(anna), anna.email, PASSWORD), 200)
      // In the attacker's own network too.
      expectStatus(await signIn(at(anna, await shutNetwork(anna)), anna.email, PASSWORD), 200)
    })
  })

  test('the browser that asked for a code gets in, and is known from then on', async () => {
    const anna = await story.join()
    const owner = from()
    expectStatus(await recover(owner, anna.email), 204)
    await attacksFromEverywhere(anna.email)
    expectStatus(await recoverWith(owner, anna.email, anna.code), 204)
    await attacksFromEverywhere(anna.email)
    await withoutLock(async () => expectStatus(await signIn(owner, anna.email, NEW_PASSWORD), 200))
  })

  test('so does the browser that has just signed up', async () => {
    const anna = at(story.meets())
    await anna.signsUp()
    await attacksFromEverywhere(anna.email)
    await anna.confirms()
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('a known device has its mails, though all others of the day are used up', async () => {
    const anna = await story.join()
    await inTurn(ipsOf(10, 3), (ip) => recover(from(ip), anna.email))
    expectTooMany(await recover(from(), anna.email), '"sending-of-account";q=30;w=86400')
    expectStatus(await recover(at(anna), anna.email), 204)
    expectStatus(await recoverWith(anna, anna.email, anna.code), 204)
  })
})

describe('a known device', () => {
  test('has five tries a quarter of an hour of its own, also of fifty at once', () =>
    withinAMinute(async () => {
      const anna = at(await story.join())
      const asked = identity.count()
      const answers = await times(50, () => signIn(anna, anna.email))
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
      expect(identity.count() - asked).toBe(5)
      expectTooMany(await signIn(anna, anna.email, PASSWORD), '"device-password";q=5;w=900')
      await withoutLock(async () => expectStatus(await signIn(from(), anna.email, PASSWORD), 200))
    }))

  test('has thirty a day', async () => {
    const anna = await story.join()
    for (let quarter = 0; quarter < 6; quarter += 1) {
      await site.db.sql(`update auth_attempts set ends_at = now() where ends_at < now() + interval '1 hour'`)
      for (const _ of FIVE) {
        // Past Cognito's own lock.
        site.poolClock.skew += 901_000
        expectErrors(await signIn(anna, anna.email), 401, ['credentials_wrong'])
      }
    }
    site.poolClock.skew = 0
    expectTooMany(await signIn(anna, anna.email, PASSWORD), '"device-password-of-day";q=30;w=86400')
  })

  test('is several people’s: each account has counters of its own', async () => {
    const [anna, ben] = [await story.join('anna'), await story.join('ben')]
    await anna.delete('/api/session')
    expectStatus(await signIn(anna, ben.email, PASSWORD), 200)
    await inTurn(FIVE, () => signIn(anna, anna.email))
    expectTooMany(await signIn(anna, anna.email, PASSWORD), '"device-password";q=5;w=900')
    await shutNetwork(ben)
    await withoutLock(async () => expectStatus(await signIn(anna, ben.email, PASSWORD), 200))
  })

  test('is so by a cookie that lasts, out of reach of scripts, and tells no email', async () => {
    const anna = await story.join()
    const set = (await anna.signsIn()).headers.getSetCookie().find((line) => line.startsWith(DEVICE)) ?? ''
    expect(set).toMatch(/; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(decodeURIComponent(set)).not.toContain(anna.handle)
    await anna.delete('/api/session')
    expect([...anna.cookies.keys()]).toEqual([DEVICE])
  })
})

describe('a cookie that makes no device known', () => {
  test('a forged, altered or foreign one', async () => {
    const [anna, ben] = [await story.join('anna'), await story.join('ben')]
    const [good = '', ip] = [anna.cookies.get(DEVICE), await shutNetwork(anna)]
    const [content = ''] = decodeURIComponent(good).split('.', 1)
    const cookies = [
      good.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      content,
      '',
      'x.y',
      ben.cookies.get(DEVICE),
    ]
    await withoutLock(async () => {
      for (const cookie of cookies)
        expectTooMany(await signIn(withDevice(from(ip), cookie), anna.email, PASSWORD), '"password";q=5;w=900')
      expectStatus(await signIn(withDevice(from(ip), good), anna.email, PASSWORD), 200)
    })
  })

  test.each<[string, (anna: Person) => Promise<unknown>]>([
    [
      'a reset of the password',
      async (anna) => {
        const phone = from()
        await recover(phone, anna.email)
        await recoverWith(phone, anna.email, anna.code)
      },
    ],
    ['a change of the password', (anna) => anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD })],
    ['the end of all sessions', (anna) => anna.delete('/api/session/all')],
  ])('one from before %s', async (_, act) => {
    const anna = await story.join()
    const old = anna.cookies.get(DEVICE)
    await act(anna)
    const ip = await shutNetwork(anna)
    expectTooMany(await signIn(withDevice(from(ip), old), anna.email, NEW_PASSWORD), '"password";q=5;w=900')
  })

  test('the browser that asked for a code of another account', async () => {
    const [anna, ben] = [await story.join('anna'), await story.join('ben')]
    const attacker = from()
    expectStatus(await recover(attacker, ben.email), 204)
    await inTurn(FIVE, () => recoverWith(attacker, anna.email))
    expectTooMany(await recoverWith(attacker, anna.email), '"code";q=5;w=900', 'code_used_up')
  })
})

describe('Cognito’s own lock', () => {
  test('a known device hears of it, and its tries meanwhile do not count', async () => {
    const anna = await story.join()
    await shutNetwork(anna)
    site.poolClock.skew = -10_000
    for (const answer of await inTurn([...FIVE, 6], () => signIn(anna, anna.email, PASSWORD)))
      expectErrors(answer, 429, ['account_locked_briefly'])
    site.poolClock.skew = 0
    await withoutLock(async () => expectStatus(await signIn(anna, anna.email, PASSWORD), 200))
  })

  test('everybody else hears that there may be one, alike of an address that has no account', async () => {
    const anna = await story.join()
    const answersFor = async (email: string) => {
      const [ip, other] = [newIp(), newIp()]
      const passwords = await inTurn([...Array(5).fill(ip), ...Array(3).fill(other)], (from_) =>
        signIn(from(from_), email),
      )
      const codes = await inTurn([...Array(5).fill(ip), ...Array(3).fill(other)], (from_) =>
        recoverWith(from(from_), email),
      )
      return [...passwords, ...codes].map(({ status, body, headers }) => [
        status,
        body.errors,
        headers.get('retry-after'),
      ])
    }
    const [known, unknown] = [await answersFor(anna.email), await answersFor(story.meets('ghost').email)]
    expect(known).toEqual(unknown)
    const statuses = [...Array(5).fill(401), ...Array(3).fill(429), ...Array(5).fill(422), ...Array(3).fill(429)]
    expect(known.map(([status]) => status)).toEqual(statuses)
    expect(known[5]).toEqual([429, [{ code: 'account_locked_briefly' }], '2'])
    const page = await from().submits('/signin', { email: anna.email, password: WRONG_PASSWORD })
    expect(page.text).toContain('the account may be locked for some minutes')
  })
})
