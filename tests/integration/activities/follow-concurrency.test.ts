import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, reads } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { expectStatusIn, holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db } = site

describe('two users', () => {
  const countRows = async (one: ApiUser, other: ApiUser) => ({
    follows: (
      await db.sql('select from follows where follower_uuid in ($1, $2) and followed_uuid in ($1, $2)', [
        one.uuid,
        other.uuid,
      ])
    ).length,
    notifications: (
      await db.sql(
        `select from notifications where kind = 'follow' and recipient_uuid in ($1, $2) and withdrawn_at is null`,
        [one.uuid, other.uuid],
      )
    ).length,
  })

  test('after fifty concurrent follows and unfollows, a follow and its notification both exist or neither does', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const answers = await inParallel(50, (index) =>
      anna.send(index % 2 ? 'PUT' : 'DELETE', `/api/users/@${ben.handle}/follow`),
    )
    expectStatusIn(answers, [200])
    const { following } = (await reads(anna, `/api/users/@${ben.handle}`)).viewer
    const count = following === 'yes' ? 1 : 0
    expect(await countRows(anna, ben)).toEqual({ follows: count, notifications: count })
  })

  test('after mutual blocks during follows no follow is left', async () => {
    for (const _ of [1, 2, 3]) {
      const [anna, ben] = await users(site, 'anna', 'ben')
      await follows(anna, ben)
      const answers = await inParallel(50, (index) => {
        const [one, other] = index % 2 ? [anna, ben] : [ben, anna]
        return one.put(`/api/users/@${other.handle}/${index % 10 < 2 ? 'block' : 'follow'}`)
      })
      const blocks = answers.filter((__, index) => index % 10 < 2)
      expectStatusIn(blocks, [200])
      expectStatusIn(answers, [200, 404])
      expect(await countRows(anna, ben)).toEqual({ follows: 0, notifications: 0 })
      expect(await db.sql('select from blocks where blocker_uuid in ($1, $2)', [anna.uuid, ben.uuid])).toHaveLength(2)
    }
  })

  test('a follow that waits for a lock does not lock the follower’s row meanwhile', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    // Two users are locked in the order of their uuids, so the follower waits here before their own row is.
    const [followed, follower] = anna.uuid < ben.uuid ? [anna, ben] : [ben, anna]
    const transaction = await holdTransaction(db)
    await transaction.sql('select from users where uuid = $1 for no key update', [followed.uuid])
    const following = follower.put(`/api/users/@${followed.handle}/follow`)
    await transaction.untilBlocked(1)
    await transaction.sql('select from users where uuid = $1 for no key update nowait', [follower.uuid])
    await transaction.commit()
    expectStatus(await following, 200)
  })

  test('a follow and a block that wait for the same rows leave no follow', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const transaction = await holdTransaction(db)
    await transaction.sql('select from users where uuid = any($1::uuid[]) for update', [[anna.uuid, ben.uuid]])
    const answers = [anna.put(`/api/users/@${ben.handle}/follow`), ben.put(`/api/users/@${anna.handle}/block`)]
    await transaction.untilBlocked(2)
    await transaction.commit()
    expectStatusIn(await Promise.all(answers), [200, 404])
    expect(await countRows(anna, ben)).toEqual({ follows: 0, notifications: 0 })
  })
})

test('a hundred concurrent posts of one user are all created and counted', async () => {
  const [anna] = await users(site, 'anna')
  const answers = await inParallel(100, (index) =>
    anna.post('/api/activities', { message: `#t ${index}`, ttl: '1-hour' }),
  )
  for (const answer of answers) expectStatus(answer, 201)
  expect((await reads(anna, `/api/users/@${anna.handle}`)).cruds_count).toBe(100)
})
