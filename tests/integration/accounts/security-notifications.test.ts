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
const unreadCount = async (who: Actor) => (await reads(who, '/api/notifications/unread')).count

const countNotifications = async () => (await db.sql('select from notifications')).length

/** Sends wrong passwords and codes of an account, from new networks. */
const failSignIns = (email: string, count: number) =>
  sequentially(repeatedIps(count, 1), (ip) =>
    Number(ip.split('.').at(-1)) % 2 ? signIn(visitorFrom(ip), email) : confirmRecovery(visitorFrom(ip), email),
  )

/** Resolves when another account was notified: any notification due before has been written by then. */
async function untilOthersAreNotified(): Promise<void> {
  const ben = await actors.join('ben')
  await failSignIns(ben.email, 10)
  await expect.poll(() => unreadCount(ben)).toBe(1)
}

test('notifies the owner of ten failed attempts from unknown devices, not of nine', async () => {
  const anna = await actors.join()
  await failSignIns(anna.email, 9)
  await untilOthersAreNotified()
  expect(await lists(anna, LIST)).toEqual([])
  await failSignIns(anna.email, 1)
  await expect.poll(() => unreadCount(anna)).toBe(1)
  expect(await lists(anna, LIST)).toEqual([
    {
      uuid: expect.any(String),
      kind: 'security',
      created_at: expect.any(String),
      read_at: null,
      actor: null,
      activity: null,
      reference: null,
    },
  ])
})

test('notifies once a day, however many attempts fail, and again the next day', async () => {
  const anna = await actors.join()
  await failSignIns(anna.email, 15)
  await expect.poll(() => unreadCount(anna)).toBe(1)
  const [first] = await lists(anna, LIST)
  await anna.post('/api/notifications/read', { up_to: first.uuid })
  await failSignIns(anna.email, 5)
  await untilOthersAreNotified()
  expect(await unreadCount(anna)).toBe(0)
  await db.sql(`update notifications set created_at = now() - interval '1 day' where uuid = $1`, [first.uuid])
  await failSignIns(anna.email, 1)
  await expect.poll(() => unreadCount(anna)).toBe(1)
  const [second, ...rest] = await lists(anna, LIST)
  expect(rest).toEqual([])
  expect(second.uuid > first.uuid).toBe(true)
})

test('the notification expires after thirty days', async () => {
  const anna = await actors.join()
  await failSignIns(anna.email, 10)
  await expect.poll(() => unreadCount(anna)).toBe(1)
  await db.sql(`update notifications set created_at = now() - interval '30 days' where kind = 'security'`)
  expect(await unreadCount(anna)).toBe(0)
  expect(await lists(anna, LIST)).toEqual([])
})

test('wrong passwords from a known device and right ones cause no notification', async () => {
  const anna = fromNetwork(await actors.join())
  await sequentially([1, 2, 3, 4, 5], () => signIn(anna, anna.email))
  const ip = newIp()
  site.poolClock.skew = 60_000
  await sequentially(Array(12).fill(ip), () => signIn(visitorFrom(ip), anna.email, anna.details.password))
  site.poolClock.skew = 0
  await untilOthersAreNotified()
  expect(await lists(anna, LIST)).toEqual([])
})

test('an email without an account answers alike, and nothing is written', async () => {
  const { email } = actors.unregistered('ghost')
  const anna = await actors.join()
  const before = await countNotifications()
  const answers = { known: await failSignIns(anna.email, 12), unknown: await failSignIns(email, 12) }
  const shapeOf = (list: typeof answers.known) =>
    list.map(({ status, body }) => [status, body.errors[0].code].join(' ')).sort()
  expect(shapeOf(answers.known)).toEqual(shapeOf(answers.unknown))
  await untilOthersAreNotified()
  // Anna's and that of the other account.
  expect(await countNotifications()).toBe(before + 2)
})

test('an email in capitals at Cognito finds its owner', async () => {
  const anna = await actors.join()
  await db.sql('update users set email = upper(email) where handle = $1', [anna.handle])
  await failSignIns(anna.email, 10)
  await expect.poll(() => unreadCount(anna)).toBe(1)
})
