import { beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()
const UUID = '01a20dc2-7aaa-7389-b334-d306f5b17a26'

let anna: Actor
let paths: Record<string, string>
beforeAll(async () => {
  anna = await actors.join()
  const root = await anna.posts('root')
  for (const number of [1, 2, 3, 4]) await anna.posts(`crud ${number}`)
  for (const number of [1, 2, 3, 4, 5]) await anna.replies(root, `reply ${number}`)
  paths = {
    everyone: '/api/activities/everyone',
    home: '/api/activities/home',
    'activities of a user': `/api/users/@${anna.handle}/activities`,
    'replies of a user': `/api/users/@${anna.handle}/activities?tab=replies`,
    'replies to an activity': `/api/activities/${root.uuid}/replies`,
  }
})

const withQuery = (path: string, query: object) =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(Object.entries(query))}`
const uuidsOf = (list: Activity[]) => list.map(({ uuid }) => uuid)

/** All pages of a list, each of `limit` items, from `cursor` on. */
async function readAll(client: Client, path: string, limit: number, cursor = ''): Promise<Activity[][]> {
  const pages: Activity[][] = []
  for (let next: string | null = cursor; next !== null; ) {
    const { body } = expectStatus(await client.get(withQuery(path, next ? { limit, cursor: next } : { limit })), 200)
    pages.push(body.data)
    next = body.next_cursor
  }
  return pages
}

describe.each(['everyone', 'home', 'activities of a user', 'replies of a user', 'replies to an activity'])(
  '%s',
  (name) => {
    test.each([1, 2, 3, 5, 7])('pages of %i add up to the whole list', async (limit) => {
      const path = paths[name] ?? ''
      const [whole = []] = await readAll(anna, path, 100)
      const pages = await readAll(anna, path, limit)
      expect(whole.length).toBeGreaterThanOrEqual(5)
      expect(pages.flat()).toEqual(whole)
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
      expect(pages.at(-1)?.length).toBeGreaterThan(0)
    })

    test.each(['', 'x', '..', `${UUID}x`, `${UUID}.${UUID}.${UUID}`, `'`, '\u0000', 'x'.repeat(5_000)])(
      'a malformed cursor answers 400: %j',
      async (cursor) => {
        const answer = await anna.get(withQuery(paths[name] ?? '', { cursor }))
        expectErrors(answer, 400, [{ code: 'cursor_malformed', field: 'cursor' }])
      },
    )

    test.each(['0', '-1', '101', '1.5', '', 'ten', '1e1', '٣'])('a malformed limit answers 400: %j', async (limit) => {
      const answer = await anna.get(withQuery(paths[name] ?? '', { limit }))
      expectErrors(answer, 400, [{ code: 'limit_malformed', field: 'limit' }])
    })

    test('a page that ends with the list has no next_cursor', async () => {
      const path = paths[name] ?? ''
      const [whole = []] = await readAll(anna, path, 100)
      const { body } = expectStatus(await anna.get(withQuery(path, { limit: whole.length })), 200)
      expect(body.next_cursor).toBeNull()
    })
  },
)

test('the default limit is twenty', async () => {
  const ben = await actors.join('ben')
  for (let number = 0; number < 21; number += 1) await ben.posts(`crud ${number}`)
  const { body } = await ben.get(`/api/users/@${ben.handle}/activities`)
  expect(body.data).toHaveLength(20)
  expect(body.next_cursor).toEqual(expect.any(String))
})

describe('a read of home is gap-free and without repeats while', () => {
  /** Makes a reader of a writer with six activities, who has read the first two. */
  async function beginReading() {
    const [reader, writer] = await Promise.all([actors.join('rita'), actors.join('will')])
    await db.sql(
      `insert into follows (follower_uuid, followed_uuid)
       select a.uuid, b.uuid from users a, users b where a.handle = $1 and b.handle = $2`,
      [reader.handle, writer.handle],
    )
    const activities: Activity[] = []
    for (let number = 0; number < 6; number += 1) activities.unshift(await writer.posts(`crud ${number}`))
    const first = expectStatus(await reader.get('/api/activities/home?limit=2'), 200).body
    const readRest = async () => {
      const rest = await readAll(reader, '/api/activities/home', 2, first.next_cursor)
      return uuidsOf([...first.data, ...rest.flat()])
    }
    return { writer, activities, uuids: uuidsOf(activities), readRest }
  }

  test('new activities are posted', async () => {
    const { writer, uuids, readRest } = await beginReading()
    await writer.posts('new')
    await writer.posts('newer')
    expect(await readRest()).toEqual(uuids)
  })

  test('an unread one is deleted', async () => {
    const { writer, activities, uuids, readRest } = await beginReading()
    await writer.deletes(activities[3] ?? { uuid: '' })
    expect(await readRest()).toEqual(uuids.filter((_, index) => index !== 3))
  })

  test('the one of the cursor is deleted', async () => {
    const { writer, activities, uuids, readRest } = await beginReading()
    await writer.deletes(activities[1] ?? { uuid: '' })
    expect(await readRest()).toEqual(uuids)
  })

  test('the first one expires', async () => {
    const { uuids, readRest } = await beginReading()
    await db.sql('update activities set created_at = now() - $$1 day$$::interval, expires_at = now() where uuid = $1', [
      uuids[0],
    ])
    expect(await readRest()).toEqual(uuids)
  })
})
