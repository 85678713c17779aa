import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { reads } from '../../support/actors/actions.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors } = await openSite()

const BEGINNING = { default_ttl: '7-days', theme: 'system' }
const prefer = (who: Client, json: unknown) =>
  who.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify(json))

/** The lifetime whose notch is lit, and the theme of the page; undefined where there is none. */
function shownOn(html: string) {
  const lit = html.match(/<input[^>]*name="ttl"[^>]*>/g)?.find((input) => input.includes('checked'))
  return { ttl: lit?.match(/value="([^"]+)"/)?.[1], theme: html.match(/<html[^>]*data-theme="([^"]+)"/)?.[1] }
}

describe('happy', () => {
  test('each changes by itself; one’s own page and the session tell both', async () => {
    const anna = await actors.join()
    const chosen = { default_ttl: '3-hours', theme: 'light' }
    expect(expectStatus(await prefer(anna, { default_ttl: '3-hours' }), 200).body).toMatchObject({
      ...BEGINNING,
      default_ttl: '3-hours',
    })
    expect(expectStatus(await prefer(anna, { theme: 'light' }), 200).body).toMatchObject(chosen)
    expect(await reads(anna, '/api/profile')).toMatchObject(chosen)
    expect((await reads(anna, '/api/session')).preferences).toEqual(chosen)
    expect((await reads(anna.asApiClient(), '/api/session')).preferences).toEqual(chosen)
  })

  test('by form: the next page begins with the lifetime, and is in the theme before any script', async () => {
    const anna = await actors.join()
    expect(shownOn((await anna.visits('/')).text)).toEqual({ ttl: '7-days', theme: undefined })
    const saved = await anna.submits('/settings', { intent: 'lifetime', ttl: '12-hours' })
    expect(expectStatus(saved, 303).headers.get('location')).toBe('/settings?saved=lifetime#lifetime')
    expectStatus(await anna.submits('/settings', { intent: 'theme', theme: 'dark' }), 303)
    for (const path of ['/', '/settings']) {
      expect(shownOn((await anna.visits(path)).text), path).toEqual({ ttl: '12-hours', theme: 'dark' })
    }
    expect(shownOn((await anna.visits('/nothing/here')).text).theme).toBe('dark')
    expectStatus(await anna.submits('/settings', { intent: 'theme', theme: 'system' }), 303)
    expect(shownOn((await anna.visits('/')).text).theme).toBeUndefined()
  })

  test('signed out, a page is as the reader’s device has it', async () => {
    const anna = await actors.join()
    expectStatus(await prefer(anna, { theme: 'light' }), 200)
    expectStatus(await anna.submits('/signout', {}), 303)
    expect(shownOn((await anna.visits('/')).text).theme).toBeUndefined()
  })
})

describe('error', () => {
  test.each([
    [{ default_ttl: '' }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: '2-days' }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: null }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: 3600 }, 'default_ttl', 'ttl_blank'],
    [{ theme: '' }, 'theme', 'theme_invalid'],
    [{ theme: 'DARK' }, 'theme', 'theme_invalid'],
    [{ theme: '"><script>' }, 'theme', 'theme_invalid'],
    [{ theme: null }, 'theme', 'theme_invalid'],
  ] as const)('%j is refused, and nothing changes', async (json, field, code) => {
    const anna = await actors.join()
    expectErrors(await prefer(anna, { bio: 'not stored', ...json }), 422, [{ code, field }])
    expect(await reads(anna, '/api/profile')).toMatchObject({ ...BEGINNING, bio: '' })
  })

  test('by form, the page comes back and says why', async () => {
    const anna = await actors.join()
    const lifetime = expectStatus(await anna.submits('/settings', { intent: 'lifetime', ttl: 'forever' }), 422)
    expect(lifetime.text).toContain('Pick how long it should burn.')
    const theme = expectStatus(await anna.submits('/settings', { intent: 'theme' }), 422)
    expect(theme.text).toContain('Pick how the site should look.')
  })
})

describe('security', () => {
  test('what one has chosen is shown to nobody else, and is one’s own to choose', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    expectStatus(await prefer(anna, { default_ttl: '1-hour', theme: 'dark' }), 200)
    for (const reader of [ben, actors.visitor()]) {
      expect(Object.keys(await reads(reader, `/api/users/@${anna.handle}`))).not.toContain('theme')
      expect(shownOn((await reader.visits(`/@${anna.handle}`)).text).theme).toBeUndefined()
    }
    expect((await reads(ben, '/api/session')).preferences).toEqual(BEGINNING)
    expectErrors(await prefer(actors.visitor(), { theme: 'dark' }), 401, ['unauthorized'])
  })
})
