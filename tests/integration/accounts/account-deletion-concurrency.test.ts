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

/** After a cron run: no row contains the needles, no deletion is unfinished, and every counter equals its rows. */
async function expectDeleted(...needles: string[]) {
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

/** Statuses that are right for an action by or about an account that is being deleted. */
const ALLOWED_STATUSES = [200, 201, 204, 401, 404, 410, 422]

test('three deletions of one account at once answer 204 or 401 session_ended', async () => {
  const anna = await actors.join()
  const [phone, tablet] = [anna.onAnotherDevice(), anna.onAnotherDevice()]
  await Promise.all([phone.signsIn(), tablet.signsIn()])
  const uuid = await uuidOf(anna, anna)
  const answers = await Promise.all([anna, phone, tablet].map((who) => who.deletesAccount()))
  expectStatusIn(answers, [204, 401])
  expect(answers.some(({ status }) => status === 204)).toBe(true)
  for (const { status, body } of answers) if (status === 401) expect(body.errors).toEqual([{ code: 'session_ended' }])
  await expectDeleted(anna.handle, uuid)
})

test('four connected accounts can be deleted at once', async () => {
  const four = await inParallel(4, () => actors.join('four'))
  const uuids = await Promise.all(four.map((who) => uuidOf(who, who)))
  const activities = await Promise.all(four.map((who) => posts(who, 'hi')))
  for (const who of four) {
    for (const [i, benUuid] of four.entries()) {
      const activity = activities[i]
      if (benUuid === who || !activity) continue
      await follows(who, benUuid)
      await likes(who, activity)
      await sendsMessage(who, benUuid, 'psst')
    }
  }
  expectStatusIn(await Promise.all(four.map((who) => who.deletesAccount())), [204])
  await expectDeleted(...uuids, ...four.map(({ handle }) => handle))
})

/** Every action of two users on each other. */
const interactions = (anna: Actor, ben: ApiUser, annaUuid: string, benUuid: string): (() => Promise<Answer>)[] => [
  () => anna.post('/api/activities', { message: `#tag @${ben.handle}`, ttl: '1-hour' }),
  () => ben.post('/api/activities', { message: `@${anna.handle}`, ttl: '1-hour' }),
  () => anna.post(`/api/activities/${benUuid}/replies`, { message: 'hi' }),
  () => ben.post(`/api/activities/${annaUuid}/replies`, { message: 'hi' }),
  ...['like', 'repost'].flatMap((action) => [
    () => anna.put(`/api/activities/${benUuid}/${action}`),
    () => ben.put(`/api/activities/${annaUuid}/${action}`),
  ]),
  () => anna.put(`/api/users/@${ben.handle}/follow`),
  () => ben.put(`/api/users/@${anna.handle}/follow`),
  () => ben.put(`/api/users/@${anna.handle}/mute`, { seconds: null }),
  () => anna.post('/api/messages', { handle: ben.handle, message: 'psst' }),
  () => ben.post('/api/messages', { handle: anna.handle, message: 'psst' }),
  () => anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"still here"}'),
]

test('deleting an account during actions by and about it leaves no row, and every answer has an allowed status', async () => {
  const anna = await actors.join()
  const uuid = await uuidOf(anna, anna)
  const fans = await manyUsers(site, 3, 'fan')
  const annaUuid = (await posts(anna, 'mine')).uuid
  const all = await Promise.all(
    fans.map(async (fan) => interactions(anna, fan, annaUuid, (await posts(fan, 'hi')).uuid)),
  )
  const actions = all.flat()
  const [deleted, ...answers] = await Promise.all([
    anna.deletesAccount(),
    ...actions.map((action) => action()),
    ...actions.map(async (action) => {
      // The second time runs at about the time of the deletion.
      await action()
      return action()
    }),
  ])
  expect(deleted.status, deleted.text).toBe(204)
  expectStatusIn(answers, ALLOWED_STATUSES)
  // Her handle stays in the texts of the fans.
  await expectDeleted(uuid)
})

test('a like that waits for a lock while its user’s account is deleted answers 401 session_ended', async () => {
  const anna = await actors.join()
  const script = anna.asApiClient()
  const uuid = await uuidOf(anna, anna)
  const [ben] = await users(site, 'ben')
  const activity = await posts(ben, 'hi')
  const transaction = await holdTransaction(db)
  await transaction.sql('select from activities where uuid = $1 for update', [activity.uuid])
  const like = script.put(`/api/activities/${activity.uuid}/like`)
  await transaction.untilBlocked(1)
  expect((await anna.deletesAccount()).status).toBe(204)
  await runCron(site)
  expect(await findTextInTables(db, [uuid])).toEqual({})
  await transaction.commit()
  const answer = await like
  expect([answer.status, answer.body.errors]).toEqual([401, [{ code: 'session_ended' }]])
  await expectDeleted(anna.handle, uuid)
})

test('a like of an activity whose author’s account is being deleted is counted nowhere', async () => {
  const anna = await actors.join()
  const uuid = await uuidOf(anna, anna)
  const [ben] = await users(site, 'ben')
  const activity = await posts(anna, 'hi')
  const transaction = await holdTransaction(db)
  await transaction.sql('select from activities where uuid = $1 for update', [activity.uuid])
  const like = ben.put(`/api/activities/${activity.uuid}/like`)
  await transaction.untilBlocked(1)
  expect((await anna.deletesAccount()).status).toBe(204)
  await transaction.untilBlocked(2)
  await transaction.commit()
  expectStatusIn([await like], [200, 410])
  await expectDeleted(anna.handle, uuid)
})
