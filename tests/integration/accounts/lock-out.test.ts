import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import {
  confirm,
  confirmRecovery,
  expectRateLimited,
  guesses,
  NEW_PASSWORD,
  recover,
  sequentially,
  signIn,
  WRONG_PASSWORD,
} from '../../support/actors/guesses.ts'
import { fromNetwork, newIp, repeatedIps } from '../../support/actors/networks.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

// Lifts Cognito's own limits of codes, so that only ours count.
const site = await openSite({ pool: { overrides: { codeAttempts: 1_000_000, codesPerHour: 1_000 } } })
const { actors } = site
const { visitorFrom, throttledIp, pastCognitoLock } = guesses(site)
const FIVE = [1, 2, 3, 4, 5]

/** Uses up all attempts that one network has at an account. */
async function attacks(email: string, ip = newIp()): Promise<void> {
  await sequentially(FIVE, () => signIn(visitorFrom(ip), email))
  await sequentially(FIVE, () => confirmRecovery(visitorFrom(ip), email))
  await sequentially([1, 2, 3], () => recover(visitorFrom(ip), email))
}

/** Makes 100 guesses from 20 networks, half of them at codes. */
async function attacksFromManyNetworks(email: string): Promise<void> {
  await sequentially(repeatedIps(20, 5), (ip) =>
    Number(ip.split('.').at(-1)) % 2 ? signIn(visitorFrom(ip), email) : confirm(visitorFrom(ip), email),
  )
  expectRateLimited(await signIn(visitorFrom(), email), '"guesses";q=100;w=86400')
}

describe('with an attacker in another network', () => {
  test('the owner signs in at once, on a known device and on a new one', async () => {
    const anna = await actors.join()
    await anna.delete('/api/session')
    await attacks(anna.email)
    await pastCognitoLock(async () => {
      expectStatus(await signIn(fromNetwork(anna), anna.email, PASSWORD), 200)
      expectStatus(await signIn(visitorFrom(), anna.email, PASSWORD), 200)
    })
  })

  test('the owner recovers with a code on a new device', async () => {
    const anna = await actors.join()
    await attacks(anna.email)
    const owner = visitorFrom()
    expectStatus(await recover(owner, anna.email), 204)
    await attacks(anna.email)
    expectErrors(await confirmRecovery(owner, anna.email), 429, ['account_locked_briefly'])
    expectStatus(await recover(owner, anna.email), 204)
    expectStatus(await confirmRecovery(owner, anna.email, anna.code), 204)
    await pastCognitoLock(async () => expectStatus(await signIn(owner, anna.email, NEW_PASSWORD), 200))
  })
})

describe('with an attacker in twenty networks', () => {
  test('a known device signs in, while unknown ones must wait for the next day', async () => {
    const anna = await actors.join()
    await attacksFromManyNetworks(anna.email)
    await pastCognitoLock(async () => {
      expectRateLimited(await signIn(visitorFrom(), anna.email, PASSWORD), '"guesses";q=100;w=86400')
      expectStatus(await signIn(fromNetwork(anna), anna.email, PASSWORD), 200)
      // Even from the attacker's network.
      expectStatus(await signIn(fromNetwork(anna, await throttledIp(anna.email)), anna.email, PASSWORD), 200)
    })
  })

  test('the browser that requested a code recovers, and is known from then on', async () => {
    const anna = await actors.join()
    const owner = visitorFrom()
    expectStatus(await recover(owner, anna.email), 204)
    await attacksFromManyNetworks(anna.email)
    expectStatus(await confirmRecovery(owner, anna.email, anna.code), 204)
    await attacksFromManyNetworks(anna.email)
    await pastCognitoLock(async () => expectStatus(await signIn(owner, anna.email, NEW_PASSWORD), 200))
  })

  test('the browser that has just signed up can confirm', async () => {
    const anna = fromNetwork(actors.unregistered())
    await anna.signsUp()
    await attacksFromManyNetworks(anna.email)
    await anna.confirms()
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('a known device can request mails after all others of the day are used up', async () => {
    const anna = await actors.join()
    await sequentially(repeatedIps(10, 3), (ip) => recover(visitorFrom(ip), anna.email))
    expectRateLimited(await recover(visitorFrom(), anna.email), '"sending-of-account";q=30;w=86400')
    expectStatus(await recover(fromNetwork(anna), anna.email), 204)
    expectStatus(await confirmRecovery(anna, anna.email, anna.code), 204)
  })
})

describe('Cognito’s own lock', () => {
  test('is shown to a known device, whose attempts meanwhile do not count', async () => {
    const anna = await actors.join()
    await throttledIp(anna.email)
    site.poolClock.skew = -10_000
    for (const answer of await sequentially([...FIVE, 6], () => signIn(anna, anna.email, PASSWORD)))
      expectErrors(answer, 429, ['account_locked_briefly'])
    site.poolClock.skew = 0
    await pastCognitoLock(async () => expectStatus(await signIn(anna, anna.email, PASSWORD), 200))
  })

  test('is hinted at to others, alike for an email without an account', async () => {
    const anna = await actors.join()
    const answersFor = async (email: string) => {
      const [ip, other] = [newIp(), newIp()]
      const passwords = await sequentially([...Array(5).fill(ip), ...Array(3).fill(other)], (clientIp) =>
        signIn(visitorFrom(clientIp), email),
      )
      const codes = await sequentially([...Array(5).fill(ip), ...Array(3).fill(other)], (clientIp) =>
        confirmRecovery(visitorFrom(clientIp), email),
      )
      return [...passwords, ...codes].map(({ status, body, headers }) => [
        status,
        body.errors,
        headers.get('retry-after'),
      ])
    }
    const [known, unknown] = [await answersFor(anna.email), await answersFor(actors.unregistered('ghost').email)]
    expect(known).toEqual(unknown)
    const statuses = [...Array(5).fill(401), ...Array(3).fill(429), ...Array(5).fill(422), ...Array(3).fill(429)]
    expect(known.map(([status]) => status)).toEqual(statuses)
    expect(known[5]).toEqual([429, [{ code: 'account_locked_briefly' }], '2'])
    const page = await visitorFrom().submits('/signin', { email: anna.email, password: WRONG_PASSWORD })
    expect(page.text).toContain('the account may be locked for a few minutes')
  })
})
