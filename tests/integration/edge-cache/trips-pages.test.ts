import { beforeAll, describe, expect, test } from 'vitest'
import type { Fields } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { examplesOf, makePageFixture, PAGES, type PageFixture } from '../../support/fixtures/page-examples.ts'

const site = await openSite()

let scene: PageFixture
beforeAll(async () => {
  scene = await makePageFixture(site)
})

/**
 * The forms of pages: what is sent to the first of a page's addresses, or `to` another. Pages that make and end sessions
 * may take more trips when their form is posted; tests/integration/edge-cache/trips-api.test.ts has their bounds.
 */
const FORMS: Record<string, { fields: Fields; to?: (scene: PageFixture) => Promise<string> }> = {
  '/': { fields: { message: 'by form', ttl: '1-hour' } },
  '/:at_handle/status/:uuid': { fields: { message: 'answered by form' } },
  '/:at_handle/status/:uuid/put-out': {
    fields: {},
    to: async ({ anna }) => `/@${anna.handle}/status/${(await anna.posts('to be put out')).uuid}/put-out`,
  },
}

async function count(ask: () => ReturnType<Actor['visits']>) {
  const before = site.database.count()
  const answer = await ask()
  return { answer, trips: site.database.count() - before }
}

test('every page has an example', () => {
  expect(PAGES.filter((page) => examplesOf(page, scene).length === 0)).toEqual([])
  expect(PAGES.length).toBeGreaterThan(10)
})

test('nobody asks Cognito, nor for its keys, about a token that is known', async () => {
  const { anna } = scene
  for (const reader of [anna, anna.asApiClient(), anna.onAnotherDevice()]) {
    await reader.visits('/')
    await reader.get('/api/activities/everyone')
    const before = site.identity.count()
    await Promise.all([reader.visits('/'), reader.get('/api/activities/everyone'), reader.get('/api/session')])
    expect(site.identity.count() - before).toBe(0)
  }
})

describe.each(PAGES)('%s', (page) => {
  const paths = () => examplesOf(page, scene)
  const form = FORMS[page]

  test('waits for one trip at most, signed in and signed out; that of an expired activity for two', async () => {
    expect(paths()).not.toEqual([])
    for (const path of paths()) {
      // What its author has now is read once it is known that the activity is gone.
      const most = path.endsWith(scene.expired.uuid) ? 2 : 1
      for (const reader of [scene.anna, site.actors.visitor()]) {
        const { answer, trips } = await count(() => reader.visits(path))
        expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500)
        expect(trips, `${path} ${reader === scene.anna ? 'signed in' : 'signed out'}`).toBeLessThanOrEqual(most)
      }
    }
  })

  if (form) {
    test('its form waits for one trip at most', async () => {
      const path = (await form.to?.(scene)) ?? paths()[0] ?? ''
      const { answer, trips } = await count(() => scene.anna.submits(path, form.fields))
      expect(answer.status, answer.text).toBe(303)
      expect(trips).toBeLessThanOrEqual(1)
    })
  }
})
