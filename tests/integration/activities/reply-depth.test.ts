import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, deletes, lists, mutes, posts, reads, replies } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db } = site

const repliesTo = ({ uuid }: Pick<Activity, 'uuid'>, query = '') => `/api/activities/${uuid}/replies?${query}`
const messagesOf = async (who: Client, to: Activity, query = 'depth=3') =>
  (await lists(who, repliesTo(to, query))).map(({ message }) => message)

/** Inserts replies to an activity, named after it: a reply to `a` is `a1`, `a2` and so on. */
async function fill(parent: Activity, count: number): Promise<Activity[]> {
  const inserted = []
  for (const index of Array(count).keys()) {
    const [row] = await db.sql<Activity>(
      `insert into activities (root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
       select root_uuid, uuid, user_uuid, $2, expires_at from activities where uuid = $1
       returning uuid, message`,
      [parent.uuid, `${parent.message}${index + 1}`],
    )
    if (row) inserted.push(row)
  }
  return inserted
}

describe('happy', () => {
  test('each reply is followed by its own, oldest first, down to the depth that is asked for', async () => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    const [first, second] = await fill(root, 2)
    if (!first || !second) throw new Error('No reply was inserted')
    const [below] = await fill(second, 2)
    await fill(first, 1)
    if (!below) throw new Error('No reply was inserted')
    const [deep] = await fill(below, 1)
    const [deepest] = deep ? await fill(deep, 1) : []
    if (deepest) await fill(deepest, 1)
    expect(await messagesOf(anna, root, '')).toEqual(['a1', 'a2'])
    expect(await messagesOf(anna, root, 'depth=1')).toEqual(['a1', 'a2'])
    expect(await messagesOf(anna, root, 'depth=2')).toEqual(['a1', 'a11', 'a2', 'a21', 'a22'])
    for (const who of [anna, actors.visitor()]) {
      expect(await messagesOf(who, root)).toEqual(['a1', 'a11', 'a2', 'a21', 'a211', 'a22'])
    }
    expect(await messagesOf(anna, root, 'depth=4')).toEqual(['a1', 'a11', 'a2', 'a21', 'a211', 'a2111', 'a22'])
    const shown = await lists(anna, repliesTo(root, 'depth=3'))
    const parents = [root.uuid, first.uuid, root.uuid, second.uuid, below.uuid, second.uuid]
    expect(shown.map((reply) => reply.reply_to_activity_uuid)).toEqual(parents)
    expect(shown.map((reply) => reply.replies_count)).toEqual([1, 0, 2, 1, 1, 0])
    expect(shown[1]).toEqual((await lists(anna, repliesTo(first)))[0])
  })

  test('three of each; the others come from the reply’s own address, after the last that was shown', async () => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    const [first] = await fill(root, 1)
    if (!first) throw new Error('No reply was inserted')
    const below = await fill(first, 5)
    const shown = await lists(anna, repliesTo(root, 'depth=3'))
    expect(shown.map(({ message }) => message)).toEqual(['a1', 'a11', 'a12', 'a13'])
    expect(shown[0].replies_count).toBe(5)
    expect(await messagesOf(anna, first, `depth=3&cursor=${below[2]?.uuid}`)).toEqual(['a14', 'a15'])
  })

  test('pages are of replies to the activity itself', async () => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    const direct = await fill(root, 5)
    for (const reply of direct) await fill(reply, 1)
    const pages = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { data: Activity[]; next_cursor: string | null } = await reads(
        anna,
        repliesTo(root, `depth=2&limit=2${cursor && `&cursor=${cursor}`}`),
      )
      pages.push(page.data.map(({ message }) => message))
      cursor = page.next_cursor
    }
    expect(pages).toEqual([
      ['a1', 'a11', 'a2', 'a21'],
      ['a3', 'a31', 'a4', 'a41'],
      ['a5', 'a51'],
    ])
  })

  test('of a dense thread each reply has its first before any has a second, and no parent is missing', async () => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    for (const reply of await fill(root, 21))
      for (const below of await fill(reply, 3)) for (const deep of await fill(below, 1)) await fill(deep, 1)
    const shown: Activity[] = await lists(anna, repliesTo(root, 'depth=4'))
    expect(shown).toHaveLength(50)
    const direct = shown.filter(({ reply_to_activity_uuid }) => reply_to_activity_uuid === root.uuid)
    expect(direct).toHaveLength(20)
    const counts = direct.map(({ uuid }) => shown.filter((reply) => reply.reply_to_activity_uuid === uuid).length)
    expect(counts).toEqual([...Array(10).fill(2), ...Array(10).fill(1)])
    const known = new Set([root.uuid])
    for (const reply of shown) {
      expect(known).toContain(reply.reply_to_activity_uuid)
      known.add(reply.uuid)
    }
  })
})

describe('error', () => {
  test.each(['0', '5', 'x', '', '3,3'])('the depth %j is refused', async (depth) => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    expectErrors(await anna.get(repliesTo(root, `depth=${depth}`)), 400, [{ code: 'bad_request', field: 'depth' }])
  })

  test('of an activity that is gone', async () => {
    const [anna] = await users(site, 'anna')
    const root = await posts(anna, 'a')
    await fill(root, 1)
    await deletes(anna, root)
    expectErrors(await anna.get(repliesTo(root, 'depth=3')), 410, ['gone'])
  })
})

describe('security', () => {
  test('what is below a hidden, muted or expired reply is left out with it, and so is each such reply below', async () => {
    const [anna, ben, cleo, dora] = await users(site, 'anna', 'ben', 'cleo', 'dora')
    const root = await posts(anna, 'a')
    const byBen = await replies(ben, root, 'by ben')
    const belowBen = await replies(cleo, byBen, 'below ben')
    const byCleo = await replies(cleo, root, 'by cleo')
    await replies(ben, byCleo, 'by ben below cleo')
    const deep = await replies(anna, byCleo, 'by anna below cleo')
    await replies(ben, deep, 'deepest, by ben')
    const all = ['by ben', 'below ben', 'by cleo', 'by ben below cleo', 'by anna below cleo', 'deepest, by ben']
    expect(await messagesOf(dora, root)).toEqual(all)
    await mutes(dora, ben)
    expect(await messagesOf(dora, root)).toEqual(['by cleo', 'by anna below cleo'])
    await blocks(ben, anna)
    expect(await messagesOf(anna, root)).toEqual(['by cleo', 'by anna below cleo'])
    expect((await lists(anna, repliesTo(root, 'depth=3'))).map(({ replies_count }) => replies_count)).toEqual([1, 0])
    expectErrors(await ben.get(repliesTo(root, 'depth=3')), 410, ['gone'])
    const visitor = actors.visitor()
    await expireActivities(db, belowBen.uuid)
    expect(await messagesOf(visitor, root)).toEqual(all.filter((message) => message !== 'below ben'))
    await expireActivities(db, byCleo.uuid)
    expect(await messagesOf(visitor, root)).toEqual(['by ben'])
  })
})
