import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, follows, mutes, sendsMessage } from '../../support/actors/actions.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { makePageFixture, type PageFixture } from '../../support/fixtures/page-examples.ts'
import { expandPaths, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite()
const { actors } = site

let scene: PageFixture
/** Every list, as Anna asks for it, with all that is hers to see there. */
let all: Map<string, Set<string>>
/** Cursors of lists, Anna's and Ben's. */
let cursors: string[]

/** What an item of a list is known by. */
const nameOf = ({ uuid, handle, tag }: Record<string, string>) => uuid ?? handle ?? tag ?? ''
const joined = (path: string, query: Record<string, string>) =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`

beforeAll(async () => {
  scene = await makePageFixture(site)
  const { anna, ben, own, group } = scene
  for (const name of ['cleo', 'dora']) {
    const person = await actors.join(name)
    await follows(anna, person)
    await follows(person, anna)
    await person.put(`/api/activities/${own.uuid}/like`)
    await person.put(`/api/activities/${own.uuid}/repost`)
    await person.replies(own, 'tags')
    await person.posts('about #tags')
    await sendsMessage(person, anna, 'psst')
    await sendsMessage(ben, person, 'for nobody else')
  }
  for (const name of ['emil', 'fred']) {
    const person = await actors.join(name)
    await mutes(anna, person)
    await blocks(anna, person)
  }
  await ben.post('/api/messages', { message: 'ho', message_group_uuid: group })
  const places: RouteParams = {
    handles: [anna.handle],
    uuids: [own.uuid],
    groups: [group],
    tag: 'tags',
    term: 'tags',
  }
  const paths = READS.filter((route) => route !== '/api/profile/export').flatMap((route) => expandPaths(route, places))
  all = new Map()
  const found = new Set<string>()
  for (const path of paths) {
    const { body, status } = await anna.get(joined(path, { limit: '100' }))
    if (status !== 200 || !body || !('next_cursor' in body)) continue
    all.set(path, new Set(body.data.map(nameOf)))
    for (const who of [anna, ben]) {
      const cursor = (await who.get(joined(path, { limit: '1' }))).body?.next_cursor
      if (cursor) found.add(cursor)
    }
  }
  cursors = [...found]
}, 60_000)

const LIMITS = ['0', '-1', '101', '1e9', '1.5', '', '9'.repeat(30)]

const ODD = [
  '',
  "'",
  '\u0000',
  'null',
  '{"uuid":"x"}',
  'x'.repeat(201),
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  "1' or '1'='1",
]

/** Some at once: one after the other they take long. */
async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item)
    }),
  )
}

test('there are many lists, and cursors of many of them', () => {
  expect([...all.keys()].length).toBeGreaterThan(18)
  expect(cursors.length).toBeGreaterThan(8)
})

test('no limit but one of 1 to 100 is taken', async () => {
  await each(
    [...all.keys()].flatMap((path) => LIMITS.map((limit) => joined(path, { limit }))),
    async (path) => expectErrors(await scene.anna.get(path), 400, [{ code: 'limit_malformed', field: 'limit' }]),
  )
  for (const path of all.keys()) {
    const answer = await scene.anna.get(joined(path, { limit: '5' }).concat('&limit=1000'))
    expect([200, 400], answer.text).toContain(answer.status)
    if (answer.status === 200) expect(answer.body.data.length).toBeLessThanOrEqual(5)
  }
})

describe('whatever the cursor, a list shows nothing but what stands in it', () => {
  const expectOwn = async (who: Client, path: string, cursor: string) => {
    const answer = await who.get(joined(path, { cursor, limit: '100' }))
    if (answer.status !== 200) {
      return expectErrors(answer, 400, [{ code: 'cursor_malformed', field: 'cursor' }])
    }
    for (const item of answer.body.data) expect(all.get(path), `${path} ${cursor}`).toContain(nameOf(item))
  }

  test('an odd one', async () => {
    await each(
      [...all.keys()].flatMap((path) => ODD.map((cursor) => [path, cursor] as const)),
      ([path, cursor]) => expectOwn(scene.anna, path, cursor),
    )
  })

  test('one of another list, or of somebody else’s', async () => {
    await each(
      [...all.keys()].flatMap((path) => cursors.map((cursor) => [path, cursor] as const)),
      ([path, cursor]) => expectOwn(scene.anna, path, cursor),
    )
  })

  test('of a conversation whose cursor one has, and in which one takes no part', async () => {
    const { anna, ben } = scene
    const { data } = (await ben.get('/api/message_groups')).body
    const foreign = data.find(({ user }: { user: { handle: string } }) => user.handle !== anna.handle)
    for (const cursor of cursors.slice(0, 5)) {
      const answer = await anna.get(joined(`/api/message_groups/${foreign.uuid}/messages`, { cursor }))
      expect([400, 404], answer.text).toContain(answer.status)
    }
  })
})

test('a page with an odd cursor says so', async () => {
  const { anna, own, group } = scene
  const at = `/@${anna.handle}`
  const pages = ['/', at, `${at}/followers`, `${at}/following`, '/search?term=tags', '/tags/tags', '/notifications']
  pages.push('/messages', `/messages/${group}`, `${at}/status/${own.uuid}`, `${at}/status/${own.uuid}/likes`)
  await each(
    pages.flatMap((page) => ['\u0000', "'", 'x'.repeat(201)].map((cursor) => joined(page, { cursor }))),
    async (path) => {
      expectStatus(await anna.visits(path), 400)
    },
  )
})
