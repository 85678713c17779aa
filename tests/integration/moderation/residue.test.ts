import { expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { reads } from '../../support/actors/actions.ts'
import { imageKeys, uploads } from '../../support/actors/images.ts'
import { moderators, runCron, users } from '../../support/actors/many-users.ts'
import { reports } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { findResidue } from '../../support/assertions/find-residue.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

// What is left of a reported activity after its end, and after the time of its report. The edge cache is on.

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' }, liftLimits: true })
const { db, actors } = site
const [judge] = await moderators(site, 'judge')

const makeWord = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`

/** An activity with an image, reported by a user and by somebody signed out. `words`: texts of the author and the reporters. */
async function makeReported() {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  const [message, tag, alt, note, name] = ['message', 'tag', 'alt', 'note', 'name'].map(makeWord)
  const words = [message, tag, alt, note, name] as string[]
  const sent = {
    message: `${message} #${tag}`,
    ttl: '1-hour',
    images: [{ uuid: (await uploads(anna)).uuid, alt }],
  }
  const activity = expectStatus(await anna.post('/api/activities', sent), 201).body
  const report = await reports(ben, activity, { note })
  const signedOut = { note, name, email: `${name}@example.com`, good_faith: true }
  await reports(actors.visitor(), activity, signedOut)
  const params: RouteParams = {
    handles: [anna.handle],
    uuids: [activity.uuid],
    groups: [activity.uuid],
    tag: tag ?? '',
    term: message ?? '',
  }
  const viewers: Client[] = [anna, ben, cleo, judge, actors.visitor()]
  return { anna, ben, activity, report, words, params, viewers }
}

type Reported = Awaited<ReturnType<typeof makeReported>>

/** Returns the routes and pages whose answer contains one of the words, other than words of the request itself. */
async function routesWithWords({ words, params, viewers }: Reported): Promise<string[]> {
  const found = new Set<string>()
  for (const [patterns, isPage] of [[READS, false] as const, [PAGES, true] as const]) {
    for (const pattern of patterns) {
      for (const path of expandPaths(pattern, params)) {
        const answers = await Promise.all(viewers.map((viewer) => (isPage ? viewer.visits(path) : viewer.get(path))))
        for (const { status, text } of answers) {
          expect(status, path).toBeLessThan(500)
          if (words.some((word) => text.includes(word) && !path.includes(word))) found.add(pattern)
        }
      }
    }
  }
  return [...found]
}

test('a reported activity that expires is in no answer, no page and no cache, and the queue still has it', {
  timeout: 240_000,
}, async () => {
  const fixture = await makeReported()
  const { ben, activity, report, words } = fixture
  await db.sql(
    `update activities set created_at = now() - interval '1 hour', expires_at = now() + interval '6 seconds' where uuid = $1`,
    [activity.uuid],
  )
  // Fills the caches; without this, the words' absence would prove nothing.
  expect(expectStatus(await actors.visitor().visits('/'), 200).text).toContain(words[0])
  expect(expectStatus(await actors.visitor().visits(`/@${fixture.anna.handle}`), 200).text).toContain(words[0])
  const path = `/api/activities/${activity.uuid}`
  await expect.poll(async () => (await actors.visitor().get(path)).status, { timeout: 20_000 }).toBe(410)

  expect(await routesWithWords(fixture)).toEqual([])
  expectErrors(await ben.get(path), 410, ['gone'])
  expect((await reads(judge, '/api/moderation/reports')).data).toEqual(
    expect.arrayContaining([expect.objectContaining({ uuid: report.uuid, is_live: false })]),
  )
  const { copy } = await reads(judge, `/api/moderation/reports/${report.uuid}`)
  expect(copy).toMatchObject({ message: activity.message, note: words[3], images: [{ alt: words[2] }] })
  expectStatus(await judge.get(copy.images[0].url), 200)
})

test('a dump of the database shows nothing of what was reported, while the report waits', async () => {
  const { report, words } = await makeReported()
  await db.sql(`update activities set created_at = now() - interval '1 hour', expires_at = now()`)
  await runCron(site)
  expect(await findResidue(site, words)).toEqual([])
  expect((await reads(judge, `/api/moderation/reports/${report.uuid}`)).copy.note).toBe(words[3])
})

test('after its time, no route shows it with the sweep off, and nothing is left with it on', async () => {
  const fixture = await makeReported()
  const { report } = fixture
  await reads(judge, `/api/moderation/reports/${report.uuid}`)
  await db.sql(`update activities set created_at = now() - interval '1 hour', expires_at = now()`)
  await db.sql(`update reports set created_at = now() - interval '16 days'`)
  const opened = await reads(judge, `/api/moderation/reports/${report.uuid}`)
  expect(opened).toMatchObject({ state: 'open', copy: null, appeal: null })
  expectErrors(await judge.get(`/api/moderation/reports/${report.uuid}/images/1`), 404, ['not_found'])

  await runCron(site)
  expect(await findResidue(site, fixture.words)).toEqual([])
  expect(await db.sql('select from reports where sealed_copy is not null')).toEqual([])
  expect(await imageKeys(site)).toEqual([])
})

test('forgets nothing that it should find', async () => {
  const [anna] = await users(site, 'anna')
  const word = makeWord('found')
  await anna.post('/api/activities', { message: word, ttl: '1-hour' })
  expect(await findResidue(site, [word])).toContain('activities')
  for (const offset of ['', ' ', '  ']) {
    const base64 = Buffer.from(`${offset}${word} and more`).toString('base64')
    await db.sql('update users set bio = $1 where uuid = $2', [base64, anna.uuid])
    expect(await findResidue(site, [word])).toContain('users')
  }
})
