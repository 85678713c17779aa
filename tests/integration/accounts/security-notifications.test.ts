import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { lists, reads } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { confirmRecovery, guesses, sequentially, signIn } from '../../support/actors/guesses.ts'
import { fromNetwork, newIp, repeatedIps } from '../../support/actors/networks.ts'

const site = await openSite()
const { actors, db } = site
const { visitorFrom } = guesses(site)

const LIST = '/api/notifications?limit=100'
const unread = async (who: Actor) => (await reads(who, '/api/notifications/unread')).count

/** Wrong passwords and codes of an account, from networks that nobody had before. */
const fail = (email: string, count: number) =>
  sequentially(repeatedIps(count, 1), (ip) =>
    Number(ip.split('.').at(-1)) % 2 ? signIn(visitorFrom(ip), email) : confirmRecovery(visitorFrom(ip), email),
  )

/** Resolves once another account was notified: what was to be notified before that has been. */
async function othersAreNotified(): Promise<void> {
  const ben = await actors.join('ben')
  await fail(ben.email, 10)
  await expect.poll(() => unread(ben)).toBe(1)
}

test('the owner is notified of ten failed tries from unknown devices, and not of nine', async () => {
  const anna = await actors.join()
  await fail(anna.email, 9)
  await othersAreNotified()
  expect(await lists(anna, LIST)).toEqual([])
  await fail(anna.email, 1)
  await expect.poll(() => unread(anna)).toBe(1)
  expect(await lists(anna, LIST)).toEqual([
    {
      uuid: expect.any(String),
      kind: 'security',
      created_at: expect.any(String),
      read_at: null,
      actor: null,
      activity: null,
    },
  ])
})

test('once a day, also while hundreds try; anew the next day', async () => {
  const anna = await actors.join()
  await fail(anna.email, 15)
  await expect.poll(() => unread(anna)).toBe(1)
  const [first] = await lists(anna, LIST)
  await anna.post('/api/notifications/read', { up_to: first.uuid })
  await fail(anna.email, 5)
  await othersAreNotified()
  expect(await unread(anna)).toBe(0)
  await db.sql(`update notifications set created_at = now() - interval '1 day' where uuid = $1`, [first.uuid])
  await fail(anna.email, 1)
  await expect.poll(() => unread(anna)).toBe(1)
  const [second, ...rest] = await lists(anna, LIST)
  expect(rest).toEqual([])
  expect(second.uuid > first.uuid).toBe(true)
})

test('it ends after thirty days', async () => {
  const anna = await actors.join()
  await fail(anna.email, 10)
  await expect.poll(() => unread(anna)).toBe(1)
  await db.sql(`update notifications set created_at = now() - interval '30 days' where kind = 'security'`)
  expect(await unread(anna)).toBe(0)
  expect(await lists(anna, LIST)).toEqual([])
})

test('wrong passwords of a known device, and right ones, notify nobody', async () => {
  const anna = fromNetwork(await actors.join())
  await sequentially([1, 2, 3, 4, 5], () => signIn(anna, anna.email))
  const ip = newIp()
  site.poolClock.skew = 60_000
  await sequentially(Array(12).fill(ip), () => signIn(visitorFrom(ip), anna.email, anna.details.password))
  site.poolClock.skew = 0
  await othersAreNotified()
  expect(await lists(anna, LIST)).toEqual([])
})

test('an address without an account answers alike, and nothing is written', async () => {
  const { email } = actors.unregistered('ghost')
  const anna = await actors.join()
  const answers = { known: await fail(anna.email, 12), unknown: await fail(email, 12) }
  const shapeOf = (list: typeof answers.known) =>
    list.map(({ status, body }) => [status, body.errors[0].code].join(' ')).sort()
  expect(shapeOf(answers.known)).toEqual(shapeOf(answers.unknown))
  await othersAreNotified()
  expect(await db.sql(`select from notifications where recipient_uuid not in (select uuid from users)`)).toEqual([])
})

test('an email that Cognito has in capitals finds its owner', async () => {
  const anna = await actors.join()
  await db.sql('update users set email = upper(email) where handle = $1', [anna.handle])
  await fail(anna.email, 10)
  await expect.poll(() => unread(anna)).toBe(1)
})
