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

describe('passwords from a network', () => {
  test('five wrong ones of an account are tried, also of fifty at once; the right one must wait there, and not elsewhere', () =>
    withinAMinute(async () => {
      const anna = await actors.join()
      const here = newIp()
      const asked = identity.count()
      const answers = await inParallel(50, (i) =>
        signIn(visitorFrom(here), i % 2 ? anna.email : anna.email.toUpperCase()),
      )
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(45)
      expect(identity.count() - asked).toBe(5)
      const refused = await signIn(visitorFrom(here), anna.email, PASSWORD)
      expectRateLimited(refused, '"password";q=5;w=900')
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900)
      await pastCognitoLock(async () => {
        expectStatus(await signIn(visitorFrom(), anna.email, PASSWORD), 200)
        await expireAllWindows()
        expectStatus(await signIn(visitorFrom(here), anna.email, PASSWORD), 200)
      })
    }))

  test('the right one clears what failed before', async () => {
    const anna = await actors.join()
    const here = newIp()
    for (const right of [false, false, false, false, true, false, false, false, false, true]) {
      const answer = await pastCognitoLock(() => signIn(visitorFrom(here), anna.email, right ? PASSWORD : undefined))
      if (right) expectStatus(answer, 200)
      expect(answer.headers.get('ratelimit-policy')).toBeNull()
    }
  })

  test('a new password, set by a code that was mailed, clears them too', async () => {
    const anna = await actors.join()
    const here = newIp()
    await sequentially(FIVE, () => signIn(visitorFrom(here), anna.email))
    expect((await signIn(visitorFrom(here), anna.email, PASSWORD)).status).toBe(429)
    const browser = visitorFrom(here)
    expectStatus(await recover(browser, anna.email), 204)
    expectStatus(await confirmRecovery(browser, anna.email, anna.code), 204)
    expectStatus(await pastCognitoLock(() => signIn(visitorFrom(here), anna.email, NEW_PASSWORD)), 200)
  })

  test('the password beside a code is one more try, and where none is left it proves nothing', async () => {
    const [anna, ben] = [actors.unregistered('anna'), actors.unregistered('ben')]
    const here = newIp()
    const confirmFrom = ({ email, code, details: { password } }: Actor, ip: string) =>
      pastCognitoLock(() => visitorFrom(ip).post('/api/session/confirm', { email, code, password }))
    for (const who of [anna, ben]) {
      await who.signsUp()
      for (const answer of await sequentially(FIVE, () => signIn(visitorFrom(here), who.email)))
        expectErrors(answer, 401, ['credentials_wrong'])
    }
    expectErrors(await confirmFrom(anna, here), 403, ['password_reset_required'])
    expect(expectStatus(await confirmFrom(ben, newIp()), 200).body.viewer.handle).toBe(ben.handle)
  })

  test('an account that does not exist answers alike', async () => {
    const { email } = actors.unregistered('ghost')
    const here = newIp()
    for (const answer of await sequentially(FIVE, () => signIn(visitorFrom(here), email)))
      expectErrors(answer, 401, ['credentials_wrong'])
    expectRateLimited(await signIn(visitorFrom(here), email), '"password";q=5;w=900')
  })

  test('an outage of Cognito counts for nobody', async () => {
    const anna = await actors.join()
    const here = newIp()
    identity.setOutage(true)
    for (const answer of await sequentially([...FIVE, 6], () => signIn(visitorFrom(here), anna.email)))
      expectErrors(answer, 503, ['identity_unavailable'])
    identity.setOutage(false)
    expectStatus(await signIn(visitorFrom(here), anna.email, PASSWORD), 200)
  })

  test('sixty wrong ones of all accounts are enough, a household of IPv6 being one network', async () => {
    const network = (i: number) => visitorFrom(`2001:db8:7:7::${(i + 1).toString(16)}`)
    // In turn, since the coarse limit of the door is as high.
    const answers = await sequentially([...Array(60).keys()], (i) => signIn(network(i), actors.unregistered('x').email))
    expect(new Set(statusesOf(answers))).toEqual(new Set([401]))
    expect((await signIn(network(61), actors.unregistered('x').email)).status).toBe(429)
    expect((await signIn(visitorFrom('2001:db8:7:8::1'), actors.unregistered('x').email)).status).toBe(401)
  })

  test('those refused for the account do not count for the network', async () => {
    const anna = await actors.join()
    const here = newIp()
    const counted = () =>
      site.db.sql(
        `select count, extract(epoch from ends_at - now()) > 890 as is_new from auth_attempts
         where hash = encode(sha256(convert_to('passwords-of-network' || chr(10) || $1, 'UTF8')), 'hex')`,
        [here],
      )
    await sequentially(FIVE, () => signIn(visitorFrom(here), anna.email))
    const answers = await inParallel(20, () => signIn(visitorFrom(here), anna.email))
    expect(new Set(statusesOf(answers))).toEqual(new Set([429]))
    expect(await counted()).toMatchObject([{ count: 5 }])
  })

  test('the page says so, keeps the email, and has no password', async () => {
    const anna = await actors.join()
    const here = newIp()
    await sequentially(FIVE, () => signIn(visitorFrom(here), anna.email))
    const page = await visitorFrom(here).submits('/signin', { email: anna.email, password: PASSWORD })
    expectStatus(page, 429)
    expect(page.text).toContain(anna.email)
    expect(page.text).not.toContain(PASSWORD)
    expect(page.text).toContain('Wait a while')
    expect(page.headers.get('ratelimit-policy')).toBe('"password";q=5;w=900')
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(60)
  })
})

test('a hundred guesses a day of an account reach Cognito from all networks together', async () => {
  const anna = await actors.join()
  const asked = identity.count()
  const ips = repeatedIps(24, 5)
  // Two of three are passwords; in parts, since an isolate has only so many batches under way.
  const guess = (ip: string, i: number) =>
    i % 3 ? signIn(visitorFrom(ip), anna.email) : confirm(visitorFrom(ip), anna.email)
  for (const part of [ips.slice(0, 60), ips.slice(60)]) await inParallel(part.length, (i) => guess(part[i] ?? '', i))
  expect(identity.count() - asked).toBe(100)
  expectRateLimited(await signIn(visitorFrom(), anna.email, PASSWORD), '"guesses";q=100;w=86400')
  await expireAllWindows()
  expectStatus(await pastCognitoLock(() => signIn(visitorFrom(), anna.email, PASSWORD)), 200)
})

describe('passwords of who is signed in', () => {
  const change = (who: Client, current: string) => who.put('/api/session/password', { current, new: 'Other-2026!' })

  test.each([
    ['its device', false, '"device-password";q=5;w=900'],
    ['its network, for an API client', true, '"password";q=5;w=900'],
  ])('changing it with a wrong one is counted by %s', async (_, isApiClient, policy) => {
    const anna = await actors.join()
    const who = fromNetwork(isApiClient ? anna.asApiClient() : anna)
    for (const answer of await sequentially(FIVE, () => change(who, 'Wrong-2026!')))
      expectErrors(answer, 422, [{ code: 'password_wrong', field: 'current' }])
    expectRateLimited(await change(who, PASSWORD), policy)
  })

  test('a new password, set by a code that was mailed, clears those', async () => {
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
