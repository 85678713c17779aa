import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { reads } from '../../support/actors/actions.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors } = await openSite()

const DEFAULTS = {
  default_ttl: '7-days',
  default_audience: 'everyone',
  approves_followers: false,
  alt_required: true,
  open_warnings: false,
  theme: 'system',
}
const setPreferences = (who: Client, json: unknown) =>
  who.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify(json))

/** The checked TTL and the theme of a page; undefined if it has none. */
async function preferencesOn(path: string, who: Client, status = 200) {
  const html = expectStatus(await who.visits(path), status).text
  const checkedInput = html.match(/<input[^>]*name="ttl"[^>]*>/g)?.find((input) => input.includes('checked'))
  return { ttl: checkedInput?.match(/value="([^"]+)"/)?.[1], theme: html.match(/<html[^>]*data-theme="([^"]+)"/)?.[1] }
}

describe('happy', () => {
  test('each can be changed alone; profile and session return all', async () => {
    const anna = await actors.join()
    const chosen = { ...DEFAULTS, default_ttl: '3-hours', theme: 'light' }
    expect(expectStatus(await setPreferences(anna, { default_ttl: '3-hours' }), 200).body).toMatchObject({
      ...DEFAULTS,
      default_ttl: '3-hours',
    })
    expect(expectStatus(await setPreferences(anna, { theme: 'light' }), 200).body).toMatchObject(chosen)
    expect(await reads(anna, '/api/profile')).toMatchObject(chosen)
    expect((await reads(anna, '/api/session')).preferences).toEqual(chosen)
    expect((await reads(anna.asApiClient(), '/api/session')).preferences).toEqual(chosen)
  })

  test('by form: the next page has the TTL and the theme without script', async () => {
    const anna = await actors.join()
    expect(await preferencesOn('/', anna)).toEqual({ ttl: '7-days', theme: undefined })
    const saved = await anna.submits('/settings', { intent: 'lifetime', ttl: '12-hours' })
    expect(expectStatus(saved, 303).headers.get('location')).toBe('/settings?saved=lifetime#lifetime')
    expectStatus(await anna.submits('/settings', { intent: 'theme', theme: 'dark' }), 303)
    for (const path of ['/', '/settings']) {
      expect(await preferencesOn(path, anna), path).toEqual({ ttl: '12-hours', theme: 'dark' })
    }
    expect((await preferencesOn('/nothing/here', anna, 404)).theme).toBe('dark')
    expectStatus(await anna.submits('/settings', { intent: 'theme', theme: 'system' }), 303)
    expect((await preferencesOn('/', anna)).theme).toBeUndefined()
  })

  test('signed out, pages follow the theme of the device', async () => {
    const anna = await actors.join()
    expectStatus(await setPreferences(anna, { theme: 'light' }), 200)
    expectStatus(await anna.submits('/signout', {}), 303)
    expect((await preferencesOn('/', anna)).theme).toBeUndefined()
  })
})

describe('error', () => {
  test.each([
    [{ default_ttl: '' }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: '2-days' }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: null }, 'default_ttl', 'ttl_blank'],
    [{ default_ttl: 3600 }, 'default_ttl', 'ttl_blank'],
    [{ default_audience: '' }, 'default_audience', 'audience_invalid'],
    [{ default_audience: 'nobody' }, 'default_audience', 'audience_invalid'],
    [{ default_audience: null }, 'default_audience', 'audience_invalid'],
    [{ approves_followers: 'yes' }, 'approves_followers', 'approves_followers_invalid'],
    [{ alt_required: 'yes' }, 'alt_required', 'alt_required_invalid'],
    [{ open_warnings: 'yes' }, 'open_warnings', 'open_warnings_invalid'],
    [{ approves_followers: null }, 'approves_followers', 'approves_followers_invalid'],
    [{ banner_color: 'red' }, 'banner_color', 'banner_color_invalid'],
    [{ theme: '' }, 'theme', 'theme_invalid'],
    [{ theme: 'DARK' }, 'theme', 'theme_invalid'],
    [{ theme: '"><script>' }, 'theme', 'theme_invalid'],
    [{ theme: null }, 'theme', 'theme_invalid'],
  ] as const)('%j is rejected, and nothing changes', async (json, field, code) => {
    const anna = await actors.join()
    expectErrors(await setPreferences(anna, { bio: 'not stored', ...json }), 422, [{ code, field }])
    expect(await reads(anna, '/api/profile')).toMatchObject({ ...DEFAULTS, bio: '' })
  })

  test('by form, the page shows the error', async () => {
    const anna = await actors.join()
    const lifetime = expectStatus(await anna.submits('/settings', { intent: 'lifetime', ttl: 'forever' }), 422)
    expect(lifetime.text).toContain('Pick how long it burns.')
    const theme = expectStatus(await anna.submits('/settings', { intent: 'theme' }), 422)
    expect(theme.text).toContain('Pick how the site should look.')
  })
})

describe('security', () => {
  test('preferences are private, and only their user can change them', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    expectStatus(await setPreferences(anna, { default_ttl: '1-hour', theme: 'dark' }), 200)
    for (const reader of [ben, actors.visitor()]) {
      expect(Object.keys(await reads(reader, `/api/users/@${anna.handle}`))).not.toContain('theme')
      expect((await preferencesOn(`/@${anna.handle}`, reader)).theme).toBeUndefined()
    }
    expect((await reads(ben, '/api/session')).preferences).toEqual(DEFAULTS)
    expectErrors(await setPreferences(actors.visitor(), { theme: 'dark' }), 401, ['unauthorized'])
  })
})
