import { beforeAll, describe, expect, test } from 'vitest'
import { AUDIENCES } from '../../../worker/contract/audience.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { addsToCircle, approvesFollowers, follows, likes, lists, reads, replies } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { postsWithImages } from '../../support/actors/images.ts'
import { type ApiUser, runCron, users } from '../../support/actors/many-users.ts'
import { countTrips } from '../../support/assertions/cached-response.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

// Everything that a stranger can read, from the edge cache or not, holds no text, handle or count of what is not for everyone.

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { actors, db } = site

const LIMITED = AUDIENCES.filter((audience) => audience !== 'everyone')
const newWord = () => `w${crypto.randomUUID().slice(0, 8)}`
/** Stands in every text that is not for everyone, and nowhere else. */
const word = newWord()
const term = newWord()
const tag = newWord()

let author: Actor
/** Sees all of it, and replies to it and likes it. */
let insider: Actor
let stranger: Actor
let asker: ApiUser
let params: RouteParams
beforeAll(async () => {
  ;[author, insider, stranger] = await Promise.all([actors.join('author'), actors.join('zoe'), actors.join('stranger')])
  ;[asker] = await users(site, 'xaver')
  await follows(insider, author)
  await approvesFollowers(author)
  await follows(asker, author)
  await addsToCircle(author, insider)
  // Not in the list of followers, where the handle of somebody who follows stands.
  const uuids: string[] = []
  for (const audience of LIMITED) {
    const text = `${word} ${term} #${tag} @${insider.handle} @${stranger.handle.slice(0, -1)}`
    const root = await postsWithImages(author, 1, { message: text, audience }, { alt: word })
    const reply = await replies(insider, root, `${word} ${term} #${tag} @${stranger.handle}`)
    await likes(insider, root)
    uuids.push(root.uuid, reply.uuid)
  }
  params = { handles: [author.handle], uuids, groups: [], tag, term }
  // The cron ranks tags.
  await runCron(site)
})

const paths = () =>
  [...PAGES, ...READS].filter((route) => route !== '/signout').flatMap((route) => expandPaths(route, params))

/** The paths whose answer has each of the words. */
async function pathsWith<Words extends string[]>(
  who: Client,
  ...words: Words
): Promise<{ [K in keyof Words]: string[] }> {
  const answers: [path: string, all: string][] = []
  for (const path of paths()) {
    const { text, headers } = await who.visits(path)
    answers.push([path, text + JSON.stringify([...headers])])
  }
  const pathsOf = (word: string) => answers.flatMap(([path, all]) => (all.includes(word) ? [path] : []))
  return words.map(pathsOf) as { [K in keyof Words]: string[] }
}

/** Where people who follow are listed in public. */
const listsFollowers = (path: string) => path.includes('/followers')

describe('what is not for everyone', () => {
  test('is found by whoever may see it, so that the crawl would find it', async () => {
    const [found] = await pathsWith(insider, word)
    expect(found).toContain('/api/activities/home')
    for (const uuid of params.uuids) expect(found).toContain(`/api/activities/${uuid}`)
    expect(found).toContain(`/@${author.handle}/status/${params.uuids[0]}/photo/1`)
    expect(found.length).toBeGreaterThan(20)
  })

  test('is in no answer to a stranger, nor who replies to it or likes it: pages, lists, notifications, export', async () => {
    const [found, names] = await pathsWith(stranger, word, insider.handle)
    expect(found).toEqual([])
    expect(names.filter((path) => !listsFollowers(path))).toEqual([])
    expect(await pathsWith(asker, word)).toEqual([[]])
  })

  test('is in no answer to somebody signed out, nor who replies to it, also not from the edge cache, after those who see it have read', async () => {
    expect(await pathsWith(actors.visitor(), word)).toEqual([[]])
    let hits = 0
    const found: string[] = []
    for (const path of paths()) {
      const { text, trips } = await countTrips(site, actors.visitor(), path)
      if (trips === 0) hits += 1
      if (text.includes(word) || (text.includes(insider.handle) && !listsFollowers(path))) found.push(path)
    }
    expect(found).toEqual([])
    expect(hits).toBeGreaterThan(10)
  })

  test('counts nowhere for others', async () => {
    for (const who of [stranger, asker, actors.visitor()]) {
      expect(await reads(who, `/api/users/@${author.handle}`)).toMatchObject({ cruds_count: 0, followers_count: 1 })
      expect(await lists(who, `/api/users/@${author.handle}/activities`)).toEqual([])
      expect((await lists(who, '/api/tags/trending')).map((one) => one.tag)).not.toContain(tag)
    }
    expect((await reads(stranger, '/api/notifications/unread')).count).toBe(0)
    expect(await db.sql('select from activity_tags where tag = $1', [tag])).toHaveLength(0)
    expect(await db.sql('select from trending_tags where tag = $1', [tag])).toHaveLength(0)
  })
})
