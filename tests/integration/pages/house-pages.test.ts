import { describe, expect, test } from 'vitest'
import { RULES } from '../../../worker/contract/rules.ts'
import { CONTACT_EMAIL } from '../../harness/bindings.ts'
import { openSite } from '../../harness/site.ts'
import { posts, reads } from '../../support/actors/actions.ts'
import { moderators, users } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { countTrips } from '../../support/assertions/cached-response.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

// The pages about the rules, what becomes of reports, and whom to write to.

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { actors } = site
const [judge] = await moderators(site, 'judge')

const PAGES = ['/about', '/rules', '/transparency', '/terms-of-service', '/privacy-policy']

describe('happy', () => {
  test('before the first report, the page of numbers says so', async () => {
    expect(expectStatus(await actors.visitor().visits('/transparency'), 200).text).toContain(
      'Nothing was reported so far.',
    )
  })

  test('the page of numbers has what the API has, by month, and names nobody', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await decides(judge, await reports(ben, await posts(anna, 'so rude')), { action: 'delete' })
    // From this isolate's cache, the page may be up to 15 s old; signed in it is not cached.
    const reader = await actors.join('reader')
    const [month] = (await reads(reader, '/api/transparency')).months
    expect(month).toMatchObject({ reports: 1, deleted: 1, appeals: 0 })
    const { text } = expectStatus(await reader.visits('/transparency'), 200)
    const numberOf = (label: string) => new RegExp(`<dt>${label}</dt><dd>([^<]*)</dd>`).exec(text)?.[1]
    expect([numberOf('Reports'), numberOf('Put out'), numberOf('Appeals')]).toEqual(['1', '1', '0'])
    expect(numberOf('Median time to decide')).toBe('under a minute')
    for (const name of [anna.handle, ben.handle, judge.handle, anna.uuid, ben.uuid, judge.uuid, 'so rude']) {
      expect(text).not.toContain(name)
    }
  })

  test('the contact is on the about page, and in the API', async () => {
    for (const who of [actors.visitor(), await actors.join('anna')]) {
      expect(expectStatus(await who.visits('/about'), 200).text).toContain(`href="mailto:${CONTACT_EMAIL}"`)
      expect(await reads(who, '/api/contact')).toEqual({ email: CONTACT_EMAIL })
    }
  })

  test('each rule has an anchor, to which a statement of reasons and an answer link', async () => {
    const { text } = expectStatus(await actors.visitor().visits('/rules'), 200)
    expect([...text.matchAll(/<li id="(\w+)">/g)].map(([, id]) => id)).toEqual(RULES)
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const report = await reports(ben, await anna.posts('so rude'))
    await decides(judge, report, { action: 'delete', rule: 'hate' })
    for (const [who, path] of [
      [anna, `/statements/${await statementOf(anna)}`],
      [ben, `/report?reference=${report.reference}`],
    ] as const) {
      expect((await who.visits(path)).text).toContain('<a href="/rules#hate">Rule 3</a>')
    }
  })

  test('sign-up links to the rules and terms, each of these pages to the rules', async () => {
    const { text } = expectStatus(await actors.visitor().visits('/signup'), 200)
    const [sentence = ''] = /By joining you agree.*?<\/p>/s.exec(text) ?? []
    expect(sentence).toContain('href="/rules"')
    expect(sentence).toContain('href="/terms-of-service"')
    for (const page of PAGES) {
      expect((await actors.visitor().visits(page)).text, page).toContain('href="/rules"')
    }
    for (const page of ['/about', '/rules', '/terms-of-service']) {
      expect((await actors.visitor().visits(page)).text, page).toContain('href="/transparency"')
    }
  })

  test('the edge caches them for 15 seconds at most', async () => {
    for (const path of [...PAGES, '/api/transparency', '/api/contact']) {
      await actors.visitor().visits(path)
      const { trips, status } = await countTrips(site, actors.visitor(), path)
      expect([status, trips], path).toEqual([200, 0])
    }
    expect((await actors.visitor().get('/api/transparency')).headers.get('cache-control')).toMatch(/s-maxage=1[0-5]/)
  })
})

test('error: they take no form, and nothing but GET', async () => {
  const [anna] = await users(site, 'anna')
  for (const path of ['/api/transparency', '/api/contact']) {
    expectErrors(await anna.post(path, {}), 405, ['method_not_allowed'])
  }
})

test('security: nobody can join with the name of one of these pages', async () => {
  for (const handle of ['rules', 'transparency', 'about']) {
    const json = { display_name: 'Rita', email: `${handle}@example.org`, handle, password: 'Cruddur-2026!' }
    const { errors } = expectStatus(await actors.visitor().post('/api/session/sign-up', json), 422).body
    expect(errors, handle).toMatchObject([{ code: 'handle_reserved', field: 'handle' }])
  }
})
