import { afterEach, describe, expect, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import {
  confirm,
  confirmRecovery,
  expectRateLimited,
  guesses,
  NEW_PASSWORD,
  recover,
  sequentially,
  signIn,
} from '../../support/actors/guesses.ts'
import { fromNetwork, newIp, repeatedIps } from '../../support/actors/networks.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, identity } = site
const { visitorFrom, expireAllWindows, pastCognitoLock } = guesses(site)
afterEach(() => identity.setOutage(false))

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status)
const FIVE = [1, 2, 3, 4, 5]

describe('passwords guessed from a network', () => {
  test('five wrong passwords of an account reach Cognito, even of 50 at once; then the right one must wait on that network only', () =>
    withinAMinute(async () => {
      const anna = await actors.join()
      const ip = newIp()
      const callsBefore = identity.count()
      const answers = await inParallel(50, (i) =>
        signIn(visitorFrom(ip), i % 2 ? anna.email : anna.email.toUpperCase()),
      )
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(45)
      expect(identity.count() - callsBefore).toBe(5)
      const throttled = await signIn(visitorFrom(ip), anna.email, PASSWORD)
      expectRateLimited(throttled, '"password";q=5;w=900')
      expect(Number(throttled.headers.get('retry-after'))).toBeLessThanOrEqual(900)
      await pastCognitoLock(async () => {
        expectStatus(await signIn(visitorFrom(), anna.email, PASSWORD), 200)
        await expireAllWindows()
        expectStatus(await signIn(visitorFrom(ip), anna.email, PASSWORD), 200)
      })
    }))

  test('the right password clears the failures before it', async () => {
    const anna = await actors.join()
    const ip = newIp()
    for (const isRight of [false, false, false, false, true, false, false, false, false, true]) {
      const answer = await pastCognitoLock(() => signIn(visitorFrom(ip), anna.email, isRight ? PASSWORD : undefined))
      if (isRight) expectStatus(answer, 200)
      expect(answer.headers.get('ratelimit-policy')).toBeNull()
    }
  })

  test('a password reset by a mailed code clears the failures', async () => {
    const anna = await actors.join()
    const ip = newIp()
    await sequentially(FIVE, () => signIn(visitorFrom(ip), anna.email))
    expect((await signIn(visitorFrom(ip), anna.email, PASSWORD)).status).toBe(429)
    const browser = visitorFrom(ip)
    expectStatus(await recover(browser, anna.email), 204)
    expectStatus(await confirmRecovery(browser, anna.email, anna.code), 204)
    expectStatus(await pastCognitoLock(() => signIn(visitorFrom(ip), anna.email, NEW_PASSWORD)), 200)
  })

  test('a password sent with a code counts as an attempt, and without one left it proves nothing', async () => {
    const [anna, ben] = [actors.unregistered('anna'), actors.unregistered('ben')]
    const ip = newIp()
    const confirmFrom = ({ email, code, details: { password } }: Actor, ip: string) =>
      pastCognitoLock(() => visitorFrom(ip).post('/api/session/confirm', { email, code, password }))
    for (const who of [anna, ben]) {
      await who.signsUp()
      for (const answer of await sequentially(FIVE, () => signIn(visitorFrom(ip), who.email)))
        expectErrors(answer, 401, ['credentials_wrong'])
    }
    expectErrors(await confirmFrom(anna, ip), 403, ['password_reset_required'])
    expect(expectStatus(await confirmFrom(ben, newIp()), 200).body.viewer.handle).toBe(ben.handle)
  })

  test('an unknown account answers alike', async () => {
    const { email } = actors.unregistered('ghost')
    const ip = newIp()
    for (const answer of await sequentially(FIVE, () => signIn(visitorFrom(ip), email)))
      expectErrors(answer, 401, ['credentials_wrong'])
    expectRateLimited(await signIn(visitorFrom(ip), email), '"password";q=5;w=900')
  })

  test('attempts during an outage of Cognito are not counted', async () => {
    const anna = await actors.join()
    const ip = newIp()
    identity.setOutage(true)
    for (const answer of await sequentially([...FIVE, 6], () => signIn(visitorFrom(ip), anna.email)))
      expectErrors(answer, 503, ['identity_unavailable'])
    identity.setOutage(false)
    expectStatus(await signIn(visitorFrom(ip), anna.email, PASSWORD), 200)
  })

  test('a network has 60 wrong passwords over all accounts; an IPv6 /64 is one network', async () => {
    const network = (i: number) => visitorFrom(`2001:db8:7:7::${(i + 1).toString(16)}`)
    // Sequentially, since the rate limit of the route is as high.
    const answers = await sequentially([...Array(60).keys()], (i) => signIn(network(i), actors.unregistered('x').email))
    expect(new Set(statusesOf(answers))).toEqual(new Set([401]))
    expect((await signIn(network(61), actors.unregistered('x').email)).status).toBe(429)
    expect((await signIn(visitorFrom('2001:db8:7:8::1'), actors.unregistered('x').email)).status).toBe(401)
  })

  test('throttled attempts of an account do not count for the network', async () => {
    const anna = await actors.join()
    const ip = newIp()
    const counted = () =>
      site.db.sql(
        `select count, extract(epoch from ends_at - now()) > 890 as is_new from auth_attempts
         where hash = encode(sha256(convert_to('passwords-of-network' || chr(10) || $1, 'UTF8')), 'hex')`,
        [ip],
      )
    await sequentially(FIVE, () => signIn(visitorFrom(ip), anna.email))
    const answers = await inParallel(20, () => signIn(visitorFrom(ip), anna.email))
    expect(new Set(statusesOf(answers))).toEqual(new Set([429]))
    expect(await counted()).toMatchObject([{ count: 5 }])
  })

  test('the page shows the error and the email, not the password', async () => {
    const anna = await actors.join()
    const ip = newIp()
    await sequentially(FIVE, () => signIn(visitorFrom(ip), anna.email))
    const page = await visitorFrom(ip).submits('/signin', { email: anna.email, password: PASSWORD })
    expectStatus(page, 429)
    expect(page.text).toContain(anna.email)
    expect(page.text).not.toContain(PASSWORD)
    expect(page.text).toContain('Wait a while')
    expect(page.headers.get('ratelimit-policy')).toBe('"password";q=5;w=900')
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(60)
  })
})

test('at most 100 guesses a day of an account reach Cognito, over all networks', async () => {
  const anna = await actors.join()
  const callsBefore = identity.count()
  const ips = repeatedIps(24, 5)
  // Two in three are passwords. In two parts, since an isolate limits its concurrent batches.
  const guess = (ip: string, i: number) =>
    i % 3 ? signIn(visitorFrom(ip), anna.email) : confirm(visitorFrom(ip), anna.email)
  for (const part of [ips.slice(0, 60), ips.slice(60)]) await inParallel(part.length, (i) => guess(part[i] ?? '', i))
  expect(identity.count() - callsBefore).toBe(100)
  expectRateLimited(await signIn(visitorFrom(), anna.email, PASSWORD), '"guesses";q=100;w=86400')
  await expireAllWindows()
  expectStatus(await pastCognitoLock(() => signIn(visitorFrom(), anna.email, PASSWORD)), 200)
})

describe('current passwords guessed while signed in', () => {
  const change = (who: Client, current: string) => who.put('/api/session/password', { current, new: 'Other-2026!' })

  test.each([
    ['the device', false, '"device-password";q=5;w=900'],
    ['the network, for an API client', true, '"password";q=5;w=900'],
  ])('a change with a wrong password is counted per %s', async (_, isApiClient, policy) => {
    const anna = await actors.join()
    const who = fromNetwork(isApiClient ? anna.asApiClient() : anna)
    for (const answer of await sequentially(FIVE, () => change(who, 'Wrong-2026!')))
      expectErrors(answer, 422, [{ code: 'password_wrong', field: 'current' }])
    expectRateLimited(await change(who, PASSWORD), policy)
  })

  test('a password reset by a mailed code clears those failures', async () => {
    const anna = await actors.join()
    await sequentially(FIVE, () => change(anna, 'Wrong-2026!'))
    const phone = anna.onAnotherDevice()
    expectStatus(await recover(phone, anna.email), 204)
    await pastCognitoLock(async () => {
      expectStatus(await confirmRecovery(phone, anna.email, anna.code), 204)
      await anna.signsIn(NEW_PASSWORD)
      expectStatus(await change(anna, NEW_PASSWORD), 200)
    })
  })
})
