import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, follows, mutes, sendsMessage } from '../../support/actors/actions.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { makePageFixture, type PageFixture } from '../../support/fixtures/page-examples.ts'
import { expandPaths, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite()
const { actors } = site

let fixture: PageFixture
/** The ids of all items that Anna may see, by the path of each list. */
let idsByPath: Map<string, Set<string>>
/** Cursors of all lists, Anna's and Ben's. */
let cursors: string[]

/** The id of a list's item. */
const idOf = ({ uuid, handle, tag }: Record<string, string>) => uuid ?? handle ?? tag ?? ''
const withQuery = (path: string, query: Record<string, string>) =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`

beforeAll(async () => {
  fixture = await makePageFixture(site)
  const { anna, ben, own, group } = fixture
  for (const name of ['cleo', 'dora']) {
    const actor = await actors.join(name)
    await follows(anna, actor)
    await follows(actor, anna)
    await actor.put(`/api/activities/${own.uuid}/like`)
    await actor.put(`/api/activities/${own.uuid}/repost`)
    await actor.replies(own, 'tags')
    await actor.posts('about #tags')
    await sendsMessage(actor, anna, 'psst')
    await sendsMessage(ben, actor, 'for nobody else')
  }
  for (const name of ['emil', 'fred']) {
    const actor = await actors.join(name)
    await mutes(anna, actor)
    await blocks(anna, actor)
  }
  await ben.post('/api/messages', { message: 'ho', message_group_uuid: group })
  const params: RouteParams = {
    handles: [anna.handle],
    uuids: [own.uuid],
    groups: [group],
    tag: 'tags',
    term: 'tags',
  }
  const paths = READS.filter((route) => route !== '/api/profile/export').flatMap((route) => expandPaths(route, params))
  idsByPath = new Map()
  const found = new Set<string>()
  for (const path of paths) {
    const { body, status } = await anna.get(withQuery(path, { limit: '100' }))
    if (status !== 200 || !body || !('next_cursor' in body)) continue
    idsByPath.set(path, new Set(body.data.map(idOf)))
    for (const who of [anna, ben]) {
      const cursor = (await who.get(withQuery(path, { limit: '1' }))).body?.next_cursor
      if (cursor) found.add(cursor)
    }
  }
  cursors = [...found]
}, 60_000)

const LIMITS = ['0', '-1', '101', '1e9', '1.5', '', '9'.repeat(30)]

const MALFORMED = [
  '',
  "'",
  '\u0000',
  'null',
  '{"uuid":"x"}',
  'x'.repeat(201),
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  "1' or '1'='1",
]

/** Runs `work` for all items, eight at a time. */
async function forEachOf<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const remaining = [...items]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = remaining.pop(); item !== undefined; item = remaining.pop()) await work(item)
    }),
  )
}

test('the fixture has many lists and cursors', () => {
  expect([...idsByPath.keys()].length).toBeGreaterThan(18)
  expect(cursors.length).toBeGreaterThan(8)
})

test('every list rejects a limit outside of 1 to 100', async () => {
  await forEachOf(
    [...idsByPath.keys()].flatMap((path) => LIMITS.map((limit) => withQuery(path, { limit }))),
    async (path) => expectErrors(await fixture.anna.get(path), 400, [{ code: 'limit_malformed', field: 'limit' }]),
  )
  for (const path of idsByPath.keys()) {
    const answer = await fixture.anna.get(withQuery(path, { limit: '5' }).concat('&limit=1000'))
    expect([200, 400], answer.text).toContain(answer.status)
    if (answer.status === 200) expect(answer.body.data.length).toBeLessThanOrEqual(5)
  }
})

describe('a list never shows items of other lists with', () => {
  const expectOwn = async (who: Client, path: string, cursor: string) => {
    const answer = await who.get(withQuery(path, { cursor, limit: '100' }))
    if (answer.status !== 200) {
      return expectErrors(answer, 400, [{ code: 'cursor_malformed', field: 'cursor' }])
    }
    for (const item of answer.body.data) expect(idsByPath.get(path), `${path} ${cursor}`).toContain(idOf(item))
  }

  test('a malformed cursor', async () => {
    await forEachOf(
      [...idsByPath.keys()].flatMap((path) => MALFORMED.map((cursor) => [path, cursor] as const)),
      ([path, cursor]) => expectOwn(fixture.anna, path, cursor),
    )
  })

  test('a cursor of another list or user', async () => {
    await forEachOf(
      [...idsByPath.keys()].flatMap((path) => cursors.map((cursor) => [path, cursor] as const)),
      ([path, cursor]) => expectOwn(fixture.anna, path, cursor),
    )
  })

  test('a cursor in a conversation of others', async () => {
    const { anna, ben } = fixture
    const { data } = (await ben.get('/api/message_groups')).body
    const foreign = data.find(({ user }: { user: { handle: string } }) => user.handle !== anna.handle)
    for (const cursor of cursors.slice(0, 5)) {
      const answer = await anna.get(withQuery(`/api/message_groups/${foreign.uuid}/messages`, { cursor }))
      expect([400, 404], answer.text).toContain(answer.status)
    }
  })
})

test('a page with a malformed cursor answers 400', async () => {
  const { anna, own, group } = fixture
  const profile = `/@${anna.handle}`
  const pages = [
    '/',
    profile,
    `${profile}/followers`,
    `${profile}/following`,
    '/search?term=tags',
    '/tags/tags',
    '/notifications',
  ]
  pages.push('/messages', `/messages/${group}`, `${profile}/status/${own.uuid}`, `${profile}/status/${own.uuid}/likes`)
  await forEachOf(
    pages.flatMap((page) => ['\u0000', "'", 'x'.repeat(201)].map((cursor) => withQuery(page, { cursor }))),
    async (path) => {
      expectStatus(await anna.visits(path), 400)
    },
  )
})
