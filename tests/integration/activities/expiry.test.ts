import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

// No sweeper runs here: every row stays where it is.
const { actors, db } = await openSite()

/** Moves the end of a whole thread to now. */
const end = ({ uuid }: Pick<Activity, 'uuid'>) =>
  db.sql('update activities set created_at = now() - $$1 day$$::interval, expires_at = now() where root_uuid = $1', [
    uuid,
  ])

const uuidsIn = async (who: Actor, path: string): Promise<string[]> =>
  expectStatus(await who.get(path), 200).body.data.map(({ uuid }: Activity) => uuid)

async function thread() {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const kept = await anna.posts('kept')
  const crud = await anna.posts('to end')
  const reply = await ben.replies(crud, 'ends too')
  return { anna, ben, kept, crud, reply }
}

describe('from the instant that it ends, with its row still there', () => {
  test('a crud and its replies answer 410', async () => {
    const { anna, crud, reply } = await thread()
    await end(crud)
    for (const { uuid } of [crud, reply]) {
      expectErrors(await anna.get(`/api/activities/${uuid}`), 410, ['gone'])
      expectErrors(await actors.visitor().get(`/api/activities/${uuid}`), 410, ['gone'])
      expectErrors(await anna.get(`/api/activities/${uuid}/replies`), 410, ['gone'])
      expectErrors(await anna.post(`/api/activities/${uuid}/replies`, { message: 'late' }), 410, ['gone'])
    }
    expectErrors(await anna.delete(`/api/activities/${crud.uuid}`), 410, ['gone'])
    expect(await db.sql('select from activities where root_uuid = $1', [crud.uuid])).toHaveLength(2)
  })

  test('it is 410 to somebody else who would put it out, and not 403', async () => {
    const { ben, crud } = await thread()
    await end(crud)
    expectErrors(await ben.delete(`/api/activities/${crud.uuid}`), 410, ['gone'])
  })

  test('they are on no list', async () => {
    const { anna, ben, kept, crud, reply } = await thread()
    await end(crud)
    expect(await uuidsIn(anna, '/api/activities/home')).not.toContain(crud.uuid)
    expect(await uuidsIn(anna, '/api/activities/everyone')).not.toContain(crud.uuid)
    expect(await uuidsIn(anna, '/api/activities/last-light')).not.toContain(crud.uuid)
    expect(await uuidsIn(anna, `/api/users/@${anna.handle}/activities`)).toEqual([kept.uuid])
    expect(await uuidsIn(anna, `/api/users/@${ben.handle}/activities?tab=replies`)).not.toContain(reply.uuid)
  })

  test('they count nowhere', async () => {
    const { anna, kept, crud } = await thread()
    expect((await anna.get(`/api/users/@${anna.handle}`)).body.cruds_count).toBe(2)
    await end(crud)
    expect((await anna.get(`/api/users/@${anna.handle}`)).body.cruds_count).toBe(1)
    const reply = await anna.replies(kept, 'a short one', '1-hour')
    expect((await anna.get(`/api/activities/${kept.uuid}`)).body.replies_count).toBe(1)
    await db.sql('update activities set created_at = now() - $$1 day$$::interval, expires_at = now() where uuid = $1', [
      reply.uuid,
    ])
    expect((await anna.get(`/api/activities/${kept.uuid}`)).body.replies_count).toBe(0)
    expect((await anna.get(`/api/activities/${kept.uuid}/replies`)).body).toEqual({ data: [], next_cursor: null })
  })

  test('they are on no page: their own says that it burnt out', async () => {
    const { anna, ben, crud } = await thread()
    await end(crud)
    const path = `/@${anna.handle}/status/${crud.uuid}`
    for (const reader of [actors.visitor(), anna, ben]) {
      const page = expectStatus(await reader.visits(path), 410)
      expect(page.text).toContain('Burnt out')
      expect(page.text).not.toContain('to end')
      for (const other of ['/', '/?feed=everyone', `/@${anna.handle}`, `/@${anna.handle}?tab=replies`]) {
        const text = expectStatus(await reader.visits(other), 200).text
        expect(text, other).not.toContain(crud.uuid)
        expect(text, other).not.toContain('to end')
      }
    }
  })

  test('and what is burning of the person in the address is shown instead', async () => {
    const { anna, crud } = await thread()
    await end(crud)
    for (const reader of [actors.visitor(), anna]) {
      const { text } = expectStatus(await reader.visits(`/@${anna.handle}/status/${crud.uuid}`), 410)
      expect(text).toContain('kept')
    }
  })
})

describe('to the microsecond', () => {
  test('what ends at the instant of reading is gone; what ends right after is there', async () => {
    const { crud } = await thread()
    const client = new pg.Client({ connectionString: db.url })
    await client.connect()
    try {
      // Within a transaction now() stands still: it is the instant of reading.
      await client.query('begin')
      const move =
        'update activities set created_at = now() - $$1 day$$::interval, expires_at = now() + $2 where uuid = $1'
      const live = 'select from visible_activities(null) where uuid = $1'
      await client.query(move, [crud.uuid, '1 microsecond'])
      expect((await client.query(live, [crud.uuid])).rowCount).toBe(1)
      await client.query(move, [crud.uuid, '0'])
      expect((await client.query(live, [crud.uuid])).rowCount).toBe(0)
      await client.query('rollback')
    } finally {
      await client.end()
    }
  })
})

describe('whatever became of it, the answer is the same', () => {
  test('ended, put out or swept away', async () => {
    const { anna, kept, crud } = await thread()
    const third = await anna.posts('third')
    await end(crud)
    await anna.deletes(kept)
    await db.sql('delete from activities where uuid = $1', [third.uuid])
    const answers = await Promise.all([crud, kept, third].map(({ uuid }) => anna.get(`/api/activities/${uuid}`)))
    for (const answer of answers) expectErrors(answer, 410, ['gone'])
  })
})
