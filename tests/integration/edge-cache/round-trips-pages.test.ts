import { beforeAll, describe, expect, test } from 'vitest'
import type { Fields } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../../support/fixtures/page-examples.ts'

const site = await openSite()

let fixture: PageFixture
beforeAll(async () => {
  fixture = await makePageFixture(site)
})

/**
 * The fields of each page's form, posted to the first example of the page or to the path of `to`. Forms that begin or
 * end sessions may take more trips; round-trips-api.test.ts has their bounds.
 */
const FORMS: Record<string, { fields: Fields; to?: (fixture: PageFixture) => Promise<string> }> = {
  '/': { fields: { message: 'by form', ttl: '1-hour' } },
  '/:at_handle/status/:uuid': { fields: { message: 'replied by form' } },
  '/:at_handle/status/:uuid/put-out': {
    fields: {},
    to: async ({ anna }) => `/@${anna.handle}/status/${(await anna.posts('to be deleted')).uuid}/put-out`,
  },
}

async function count(sendRequest: () => ReturnType<Actor['visits']>) {
  const before = site.database.count()
  const answer = await sendRequest()
  return { answer, trips: site.database.count() - before }
}

test('every page has an example', () => {
  expect(PAGES.filter((page) => examplesOf(page, fixture).length === 0)).toEqual([])
  expect(PAGES.length).toBeGreaterThan(10)
})

test('a known token needs no call of Cognito or its JWKS', async () => {
  const { anna } = fixture
  for (const client of [anna, anna.asApiClient()]) {
    await client.visits('/')
    const before = site.identity.count()
    const answers = await Promise.all(
      ['/', '/api/activities/everyone', '/api/session'].map((path) => client.visits(path)),
    )
    for (const answer of answers) expect(expectStatus(answer, 200).text).toContain(anna.handle)
    expect(site.identity.count() - before).toBe(0)
  }
})

describe.each(PAGES)('%s', (page) => {
  const paths = () => examplesOf(page, fixture)
  const form = FORMS[page]

  test('takes one round trip at most, signed in and signed out; that of an expired activity two', async () => {
    expect(paths()).not.toEqual([])
    for (const path of paths()) {
      // The author's live activities are read once the activity turns out to be gone.
      const maximum = path.endsWith(fixture.expired.uuid) ? 2 : 1
      for (const client of [fixture.anna, site.actors.visitor()]) {
        const { answer, trips } = await count(() => client.visits(path))
        expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500)
        expect(trips, `${path} ${client === fixture.anna ? 'signed in' : 'signed out'}`).toBeLessThanOrEqual(maximum)
      }
    }
  })

  if (form) {
    test('its form takes one round trip at most', async () => {
      const path = (await form.to?.(fixture)) ?? paths()[0] ?? ''
      const { answer, trips } = await count(() => fixture.anna.submits(path, form.fields))
      expect(answer.status, answer.text).toBe(303)
      expect(trips).toBeLessThanOrEqual(1)
    })
  }
})
