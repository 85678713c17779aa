import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { deletes, likes, lists, posts, reads, replies } from '../../support/actors/actions.ts'
import { runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db } = site

/** More replies than one deletion removes. */
const REPLIES = 1_200

/** Makes an activity whose reply has many replies, the last of which has a reply too. */
async function makeLargeThread() {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const root = await posts(anna, 'a large thread')
  const reply = await replies(ben, root, 'which has replies')
  const [last] = await db.sql<{ uuid: string }>(
    `with inserted as (
       insert into activities (root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
       select $1::uuid, $2::uuid, $3::uuid, 'one of many', $4::timestamptz from generate_series(1, $5::integer)
       returning uuid
     )
     select uuid from inserted order by uuid desc limit 1`,
    [root.uuid, reply.uuid, anna.uuid, root.expires_at, REPLIES],
  )
  if (!last) throw new Error('No reply was inserted')
  const deepest = await replies(ben, last, 'the deepest')
  await likes(anna, deepest)
  return { anna, ben, root, reply, last, deepest }
}

const rowsBelow = (root: Activity) => db.sql('select from activities where root_uuid = $1', [root.uuid])
const uuidsIn = async (...args: Parameters<typeof lists>) => (await lists(...args)).map(({ uuid }) => uuid)

describe('a deleted thread of more than 1,000 activities', () => {
  test('shows nowhere while its rows remain, and is removed by the sweep', async () => {
    const { anna, ben, root, reply, last, deepest } = await makeLargeThread()
    await deletes(anna, root)
    expect((await rowsBelow(root)).length).toBeGreaterThan(REPLIES)

    for (const { uuid } of [root, reply, last, deepest]) {
      for (const reader of [anna, ben, actors.visitor()]) {
        expectErrors(await reader.get(`/api/activities/${uuid}`), 410, ['gone'])
        expectErrors(await reader.get(`/api/activities/${uuid}/replies`), 410, ['gone'])
      }
      expectErrors(await ben.post(`/api/activities/${uuid}/replies`, { message: 'late' }), 410, ['gone'])
      expectErrors(await ben.put(`/api/activities/${uuid}/like`), 410, ['gone'])
      expectErrors(await anna.delete(`/api/activities/${uuid}`), 410, ['gone'])
    }
    expect(await uuidsIn(anna, '/api/activities/everyone')).not.toContain(root.uuid)
    expect(await uuidsIn(anna, '/api/activities/last-light')).not.toContain(root.uuid)
    for (const { handle } of [anna, ben]) {
      expect(await uuidsIn(ben, `/api/users/@${handle}/activities`)).toEqual([])
      expect(await uuidsIn(ben, `/api/users/@${handle}/activities?tab=replies`)).toEqual([])
      expect(await uuidsIn(ben, `/api/users/@${handle}/activities?tab=likes`)).toEqual([])
    }
    expect(await reads(ben, `/api/users/@${anna.handle}`)).toMatchObject({ cruds_count: 0 })

    await runCron(site)
    expect(await rowsBelow(root)).toEqual([])
  })

  test('is not counted in its parent any more', async () => {
    const { anna, ben, root, reply, last, deepest } = await makeLargeThread()
    await deletes(ben, reply)
    expect((await rowsBelow(root)).length).toBeGreaterThan(REPLIES)

    for (const { uuid } of [reply, last, deepest]) {
      expectErrors(await anna.get(`/api/activities/${uuid}`), 410, ['gone'])
    }
    expect(await reads(anna, `/api/activities/${root.uuid}`)).toMatchObject({ replies_count: 0 })
    expect(await uuidsIn(anna, `/api/activities/${root.uuid}/replies`)).toEqual([])
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities?tab=replies`)).toEqual([])

    await runCron(site)
    expect(await rowsBelow(root)).toHaveLength(1)
    expect(await db.sql('select stored_replies_count from activities where uuid = $1', [root.uuid])).toEqual([
      { stored_replies_count: 0 },
    ])
  })
})
