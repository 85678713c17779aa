import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import {
  confirm,
  confirmRecovery,
  expectRateLimited,
  guesses,
  recover,
  sequentially,
} from '../../support/actors/guesses.ts'
import { fromNetwork, newIp, repeatedIps } from '../../support/actors/networks.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors, identity } = site
const { visitorFrom, expireHourWindows, expireAllWindows } = guesses(site)

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status)
const FIVE = [1, 2, 3, 4, 5]

describe('codes', () => {
  test('a browser that did not request the code has 5 attempts in 15 minutes; requesting one gives it its own', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const browser = visitorFrom()
    const answers = await inParallel(20, () => confirm(browser, anna.email))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expectRateLimited(await confirm(browser, anna.email, anna.code), '"code";q=5;w=900', 'code_used_up')
    expectStatus(await browser.post('/api/session/resend', { email: anna.email }), 204)
    const proved = { email: anna.email, code: anna.code, password: PASSWORD }
    expectStatus(await browser.post('/api/session/confirm', proved), 200)
  })

  test('the browser that requested the code has 20 attempts a day, even of 50 at once', () =>
    withinAMinute(async () => {
      const anna = fromNetwork(actors.unregistered())
      await anna.signsUp()
      const callsBefore = identity.count()
      await inParallel(50, () => confirm(anna, anna.email))
      expect(identity.count() - callsBefore).toBe(20)
      expectRateLimited(await confirm(anna, anna.email, anna.code), '"device-code";q=20;w=86400')
    }))

  test('recovery codes have the same limits, whether or not there is an account', async () => {
    const anna = await actors.join()
    for (const email of [anna.email, actors.unregistered('ghost').email]) {
      const browser = visitorFrom()
      for (const answer of await sequentially(FIVE, () => confirmRecovery(browser, email)))
        expectErrors(answer, 422, [{ code: 'code_wrong', field: 'code' }])
      expectRateLimited(await confirmRecovery(browser, email), '"code";q=5;w=900', 'code_used_up')
    }
  })

  test('a network has 60 wrong codes, over all accounts', async () => {
    const browser = newIp()
    const answers = await sequentially([...Array(61).keys()], () =>
      confirm(visitorFrom(browser), actors.unregistered('x').email),
    )
    expect(statusesOf(answers)).toEqual([...Array(60).fill(422), 429])
  })
})

describe('mailed codes', () => {
  test('three mails an hour per account and network, of all kinds; unknown emails answer alike', async () => {
    const browser = newIp()
    const anna = fromNetwork(actors.unregistered(), browser)
    await anna.signsUp()
    for (const { email } of [anna, actors.unregistered('ghost')]) {
      const paths = ['/api/session/resend', '/api/session/recover', '/api/session/resend', '/api/session/recover']
      const remaining = email === anna.email ? 2 : 3
      const answers = await sequentially(paths, (path) => visitorFrom(browser).post(path, { email }))
      expect(statusesOf(answers)).toEqual(paths.map((_, i) => (i < remaining ? 204 : 429)))
      expectRateLimited(await recover(visitorFrom(browser), email), '"sending";q=3;w=3600')
      expectStatus(await recover(visitorFrom(), email), 204)
    }
    await expireAllWindows()
    expectStatus(await recover(visitorFrom(browser), anna.email), 204)
  })

  test.each([
    ['at once', 10],
    ['in a row', 1],
  ])('of ten requests %s three are sent and counted', async (_, atOnce) => {
    const { email } = actors.unregistered('ghost')
    const browser = newIp()
    const callsBefore = identity.count()
    const statuses: number[] = []
    while (statuses.length < 10) {
      statuses.push(...statusesOf(await inParallel(atOnce, () => recover(visitorFrom(browser), email))))
    }
    expect(statuses.sort()).toEqual([...Array(3).fill(204), ...Array(7).fill(429)])
    expect(identity.count() - callsBefore).toBe(3)
    for (let hour = 0; hour < 2; hour += 1) {
      await expireHourWindows()
      for (let i = 0; i < 3; i += 1) expectStatus(await recover(visitorFrom(browser), email), 204)
      expectRateLimited(await recover(visitorFrom(browser), email), '"sending";q=3;w=3600')
    }
  })

  test('ten mails a day per account and network', async () => {
    const { email } = actors.unregistered('ghost')
    const browser = newIp()
    const statuses: number[] = []
    for (let hour = 0; hour < 4; hour += 1) {
      for (let i = 0; i < 3; i += 1) statuses.push((await recover(visitorFrom(browser), email)).status)
      await expireHourWindows()
    }
    expect(statuses).toEqual([...Array(10).fill(204), 429, 429])
  })

  test('thirty mails a day per account; a known device has its own limit', async () => {
    const anna = await actors.join()
    for (const email of [anna.email, actors.unregistered('ghost').email]) {
      // Anna's sign-up sent the first.
      const remaining = email === anna.email ? 29 : 30
      const answers = await sequentially(repeatedIps(10, 3).slice(0, remaining), (ip) =>
        recover(visitorFrom(ip), email),
      )
      expect(new Set(statusesOf(answers))).toEqual(new Set([204]))
      expectRateLimited(await recover(visitorFrom(), email), '"sending-of-account";q=30;w=86400')
    }
    const [before, pool] = [anna.mailCount, await recover(fromNetwork(anna), anna.email)]
    // The pool's own hourly limit; only a known device gets this error.
    expectErrors(pool, 429, ['account_locked_briefly'])
    site.poolClock.skew = 3_600_001
    for (const answer of await sequentially([1, 2, 3], () => recover(anna, anna.email))) expectStatus(answer, 204)
    site.poolClock.skew = 0
    expect(anna.mailCount).toBe(before + 3)
    expectRateLimited(await recover(anna, anna.email), '"device-sending";q=3;w=3600')
  })

  test('thirty mails an hour per network, over all accounts', () =>
    withinAMinute(async () => {
      const browser = newIp()
      const answers = await inParallel(40, () => recover(visitorFrom(browser), actors.unregistered('x').email))
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(30)
      expectRateLimited(
        await recover(visitorFrom(browser), actors.unregistered('x').email),
        '"sending-of-network";q=30;w=3600',
      )
    }))

  test('a sign-up with a weak password sends no mail and is not counted', async () => {
    const anna = actors.unregistered()
    const browser = newIp()
    const weak = { ...anna.details, password: 'weak' }
    for (const answer of await sequentially([1, 2, 3, 4], () =>
      visitorFrom(browser).post('/api/session/sign-up', weak),
    ))
      expectStatus(answer, 422)
    expectStatus(await visitorFrom(browser).post('/api/session/sign-up', anna.details), 201)
  })
})
