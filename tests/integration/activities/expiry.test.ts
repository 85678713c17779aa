import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

// No cron runs here, so expired rows stay.
const { actors, db } = await openSite()

/** Expires a whole thread. */
const expire = ({ uuid }: Pick<Activity, 'uuid'>) =>
  db.sql('update activities set created_at = now() - $$1 day$$::interval, expires_at = now() where root_uuid = $1', [
    uuid,
  ])

const uuidsIn = async (who: Actor, path: string): Promise<string[]> =>
  expectStatus(await who.get(path), 200).body.data.map(({ uuid }: Activity) => uuid)

async function makeThread() {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const lasting = await anna.posts('lasting')
  const activity = await anna.posts('to expire')
  const reply = await ben.replies(activity, 'expires too')
  return { anna, ben, lasting: lasting, activity, reply }
}

describe('once expired, with the row still stored', () => {
  test('an activity and its replies answer 410', async () => {
    const { anna, activity, reply } = await makeThread()
    await expire(activity)
    for (const { uuid } of [activity, reply]) {
      expectErrors(await anna.get(`/api/activities/${uuid}`), 410, ['gone'])
      expectErrors(await actors.visitor().get(`/api/activities/${uuid}`), 410, ['gone'])
      expectErrors(await anna.get(`/api/activities/${uuid}/replies`), 410, ['gone'])
      expectErrors(await anna.post(`/api/activities/${uuid}/replies`, { message: 'late' }), 410, ['gone'])
    }
    expectErrors(await anna.delete(`/api/activities/${activity.uuid}`), 410, ['gone'])
    expect(await db.sql('select from activities where root_uuid = $1', [activity.uuid])).toHaveLength(2)
  })

  test('a deletion by another user answers 410, not 403', async () => {
    const { ben, activity } = await makeThread()
    await expire(activity)
    expectErrors(await ben.delete(`/api/activities/${activity.uuid}`), 410, ['gone'])
  })

  test('they are in no list', async () => {
    const { anna, ben, lasting, activity, reply } = await makeThread()
    await expire(activity)
    expect(await uuidsIn(anna, '/api/activities/home')).not.toContain(activity.uuid)
    expect(await uuidsIn(anna, '/api/activities/everyone')).not.toContain(activity.uuid)
    expect(await uuidsIn(anna, '/api/activities/last-light')).not.toContain(activity.uuid)
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([lasting.uuid])
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities?tab=replies`)).not.toContain(reply.uuid)
  })

  test('they are not counted', async () => {
    const { anna, lasting, activity } = await makeThread()
    expect((await anna.get(`/api/users/@${anna.handle}`)).body.cruds_count).toBe(2)
    await expire(activity)
    expect((await anna.get(`/api/users/@${anna.handle}`)).body.cruds_count).toBe(1)
    const reply = await anna.replies(lasting, 'a short one', '1-hour')
    expect((await anna.get(`/api/activities/${lasting.uuid}`)).body.replies_count).toBe(1)
    await db.sql('update activities set created_at = now() - $$1 day$$::interval, expires_at = now() where uuid = $1', [
      reply.uuid,
    ])
    expect((await anna.get(`/api/activities/${lasting.uuid}`)).body.replies_count).toBe(0)
    expect((await anna.get(`/api/activities/${lasting.uuid}/replies`)).body).toEqual({ data: [], next_cursor: null })
  })

  test('they are on no page, and their own page answers 410', async () => {
    const { anna, ben, activity } = await makeThread()
    await expire(activity)
    const path = `/@${anna.handle}/status/${activity.uuid}`
    for (const reader of [actors.visitor(), anna, ben]) {
      const page = expectStatus(await reader.visits(path), 410)
      expect(page.text).toContain('Burnt out')
      expect(page.text).not.toContain('to expire')
      for (const other of ['/', '/?feed=everyone', `/@${anna.handle}`, `/@${anna.handle}?tab=replies`]) {
        const text = expectStatus(await reader.visits(other), 200).text
        expect(text, other).not.toContain(activity.uuid)
        expect(text, other).not.toContain('to expire')
      }
    }
  })

  test('their page shows live activities of the author instead', async () => {
    const { anna, activity } = await makeThread()
    await expire(activity)
    for (const reader of [actors.visitor(), anna]) {
      const { text } = expectStatus(await reader.visits(`/@${anna.handle}/status/${activity.uuid}`), 410)
      expect(text).toContain('lasting')
    }
  })
})

describe('precision', () => {
  test('an activity is live until the microsecond of its expiry', async () => {
    const { activity } = await makeThread()
    const client = new pg.Client({ connectionString: db.url })
    await client.connect()
    try {
      // Within a transaction now() is constant.
      await client.query('begin')
      const move =
        'update activities set created_at = now() - $$1 day$$::interval, expires_at = now() + $2 where uuid = $1'
      const live = 'select from visible_activities(null) where uuid = $1'
      await client.query(move, [activity.uuid, '1 microsecond'])
      expect((await client.query(live, [activity.uuid])).rowCount).toBe(1)
      await client.query(move, [activity.uuid, '0'])
      expect((await client.query(live, [activity.uuid])).rowCount).toBe(0)
      await client.query('rollback')
    } finally {
      await client.end()
    }
  })
})

describe('the same answer', () => {
  test('for an expired, a deleted and a swept activity', async () => {
    const { anna, lasting, activity } = await makeThread()
    const swept = await anna.posts('swept')
    await expire(activity)
    await anna.deletes(lasting)
    await db.sql('delete from activities where uuid = $1', [swept.uuid])
    const answers = await Promise.all([activity, lasting, swept].map(({ uuid }) => anna.get(`/api/activities/${uuid}`)))
    for (const answer of answers) expectErrors(answer, 410, ['gone'])
  })
})
