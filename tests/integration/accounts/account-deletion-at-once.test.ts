import { expect, test } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, posts, reads, sendsMessage } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { type ApiUser, manyUsers, runCron, users } from '../../support/actors/many-users.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'
import { expectStatusIn, holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db, actors } = site

const uuidOf = async (who: Client, { handle }: { handle: string }): Promise<string> =>
  (await reads(who, `/api/users/@${handle}/short`)).uuid

/** Nothing tells of these people any more, and every counter is what there are rows of. */
async function expectGone(...needles: string[]) {
  await runCron(site)
  expect(await findTextInTables(db, needles)).toEqual({})
  expect(await db.sql('select from deleted_accounts')).toEqual([])
  const wrong = await db.sql(
    `select uuid from activities
     where likes_count <> (select count(*) from likes where activity_uuid = activities.uuid)
       or reposts_count <> (select count(*) from reposts where activity_uuid = activities.uuid)
       or stored_replies_count <> (select count(*) from activities reply where reply.reply_to_activity_uuid = activities.uuid)
     union all
     select uuid from users
     where followers_count <> (select count(*) from follows where followed_uuid = users.uuid)
       or following_count <> (select count(*) from follows where follower_uuid = users.uuid)`,
  )
  expect(wrong).toEqual([])
}

/** What may be answered to whoever acts as somebody leaves, or acts on them. */
const SANE = [200, 201, 204, 401, 404, 410, 422]

test('the same account three times at once: each hears that it is deleted, or that the session has ended', async () => {
  const anna = await actors.join()
  const [phone, tablet] = [anna.onAnotherDevice(), anna.onAnotherDevice()]
  await Promise.all([phone.signsIn(), tablet.signsIn()])
  const uuid = await uuidOf(anna, anna)
  const answers = await Promise.all([anna, phone, tablet].map((who) => who.deletesAccount()))
  expectStatusIn(answers, [204, 401])
  expect(answers.some(({ status }) => status === 204)).toBe(true)
  for (const { status, body } of answers) if (status === 401) expect(body.errors).toEqual([{ code: 'session_ended' }])
  await expectGone(anna.handle, uuid)
})

test('four who know each other at once', async () => {
  const four = await inParallel(4, () => actors.join('four'))
  const uuids = await Promise.all(four.map((who) => uuidOf(who, who)))
  const cruds = await Promise.all(four.map((who) => posts(who, 'hi')))
  for (const who of four) {
    for (const [i, other] of four.entries()) {
      const crud = cruds[i]
      if (other === who || !crud) continue
      await follows(who, other)
      await likes(who, crud)
      await sendsMessage(who, other, 'psst')
    }
  }
  expectStatusIn(await Promise.all(four.map((who) => who.deletesAccount())), [204])
  await expectGone(...uuids, ...four.map(({ handle }) => handle))
})

/** Everything that the two can do to each other. */
const doings = (anna: Actor, ben: ApiUser, own: string, other: string): (() => Promise<Answer>)[] => [
  () => anna.post('/api/activities', { message: `#tag @${ben.handle}`, ttl: '1-hour' }),
  () => ben.post('/api/activities', { message: `@${anna.handle}`, ttl: '1-hour' }),
  () => anna.post(`/api/activities/${other}/replies`, { message: 'hi' }),
  () => ben.post(`/api/activities/${own}/replies`, { message: 'hi' }),
  ...['like', 'repost'].flatMap((act) => [
    () => anna.put(`/api/activities/${other}/${act}`),
    () => ben.put(`/api/activities/${own}/${act}`),
  ]),
  () => anna.put(`/api/users/@${ben.handle}/follow`),
  () => ben.put(`/api/users/@${anna.handle}/follow`),
  () => ben.put(`/api/users/@${anna.handle}/mute`, { seconds: null }),
  () => anna.post('/api/messages', { handle: ben.handle, message: 'psst' }),
  () => ben.post('/api/messages', { handle: anna.handle, message: 'psst' }),
  () => anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"still here"}'),
]

test('while both are busy with each other: no row remains, and every answer makes sense', async () => {
  const anna = await actors.join()
  const uuid = await uuidOf(anna, anna)
  const fans = await manyUsers(site, 3, 'fan')
  const own = (await posts(anna, 'mine')).uuid
  const all = await Promise.all(fans.map(async (fan) => doings(anna, fan, own, (await posts(fan, 'hi')).uuid)))
  const busy = all.flat()
  const [deleted, ...answers] = await Promise.all([
    anna.deletesAccount(),
    ...busy.map((act) => act()),
    ...busy.map(async (act) => {
      // A second time, when the first is answered: about when the account goes.
      await act()
      return act()
    }),
  ])
  expect(deleted.status, deleted.text).toBe(204)
  expectStatusIn(answers, SANE)
  // What the fans have said names her by handle.
  await expectGone(uuid)
})

test('a like that waits while its author leaves is refused: its session has ended', async () => {
  const anna = await actors.join()
  const script = anna.asApiClient()
  const uuid = await uuidOf(anna, anna)
  const [ben] = await users(site, 'ben')
  const crud = await posts(ben, 'hi')
  const held = await holdTransaction(db)
  await held.sql('select from activities where uuid = $1 for update', [crud.uuid])
  const liking = script.put(`/api/activities/${crud.uuid}/like`)
  await held.untilBlocked(1)
  expect((await anna.deletesAccount()).status).toBe(204)
  await runCron(site)
  expect(await findTextInTables(db, [uuid])).toEqual({})
  await held.commit()
  const answer = await liking
  expect([answer.status, answer.body.errors]).toEqual([401, [{ code: 'session_ended' }]])
  await expectGone(anna.handle, uuid)
})

test('a like of what is about to go is counted nowhere', async () => {
  const anna = await actors.join()
  const uuid = await uuidOf(anna, anna)
  const [ben] = await users(site, 'ben')
  const crud = await posts(anna, 'hi')
  const held = await holdTransaction(db)
  await held.sql('select from activities where uuid = $1 for update', [crud.uuid])
  const liking = ben.put(`/api/activities/${crud.uuid}/like`)
  await held.untilBlocked(1)
  expect((await anna.deletesAccount()).status).toBe(204)
  await held.untilBlocked(2)
  await held.commit()
  expectStatusIn([await liking], [200, 410])
  await expectGone(anna.handle, uuid)
})
