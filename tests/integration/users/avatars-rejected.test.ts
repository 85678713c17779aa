import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { lists, reads } from '../../support/actors/actions.ts'
import { AVATAR, fetchImage, keyOfUrl, setsAvatar, storedKeys, uploadAvatar } from '../../support/actors/avatars.ts'
import { users } from '../../support/actors/many-users.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { decompressionBomb, testImages } from '../../support/fixtures/images.ts'

const site = await openSite()
const { actors, db } = site

describe('error: rejects and stores nothing', () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const cases: [string, () => string | Uint8Array | Promise<Uint8Array>, string][] = [
    ['SVG', () => SVG, 'avatar_type_unsupported'],
    ['SVG behind a byte order mark', () => `\ufeff${SVG}`, 'avatar_type_unsupported'],
    ['HTML as image/png', () => '<!doctype html><script>alert(1)</script>', 'avatar_type_unsupported'],
    ['an empty body', () => '', 'avatar_type_unsupported'],
    ['a PNG signature alone', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'avatar_damaged'],
    [
      'a PNG signature before HTML',
      () => Buffer.from('\x89PNG\r\n\x1a\n<script>alert(1)</script>', 'latin1'),
      'avatar_damaged',
    ],
    ['GIF89a before script', () => 'GIF89a/*<script>*/=1;alert(1)', 'avatar_damaged'],
    ['RIFF without an image', () => 'RIFF\x00\x00\x00\x00WEBP', 'avatar_damaged'],
    ['a decompression bomb of 100 million pixels', () => decompressionBomb(10_000, 10_000), 'avatar_too_many_pixels'],
    ['a very wide image', () => decompressionBomb(40_000_001, 1), 'avatar_too_many_pixels'],
    ['an image with missing rows', () => decompressionBomb(500, 500), 'avatar_damaged'],
  ]
  test.each(cases)('%s', async (_, makeBytes, code) => {
    const [anna] = await users(site, 'anna')
    const before = await storedKeys(site)
    expectErrors(await uploadAvatar(anna, await makeBytes()), 422, [{ code, field: 'avatar' } as never])
    expect(await storedKeys(site)).toEqual(before)
    expect((await reads(anna, `/api/users/@${anna.handle}`)).avatar_url).toBeNull()
  })

  test.each(Object.entries(testImages))('half a %s', async (_, makeBytes) => {
    const [anna] = await users(site, 'anna')
    const before = await storedKeys(site)
    const bytes = await makeBytes()
    const answer = await uploadAvatar(anna, bytes.subarray(0, bytes.length / 2))
    expectErrors(answer, 422, [{ code: 'avatar_damaged', field: 'avatar' }])
    expect(await storedKeys(site)).toEqual(before)
  })

  test('more than 5 MiB answers 413, with and without Content-Length', async () => {
    const [anna] = await users(site, 'anna')
    const before = await storedKeys(site)
    const large = Buffer.concat([await testImages.png(), Buffer.alloc(5 * 1024 * 1024)])
    const tooLarge = [{ code: 'body_too_large', field: 'avatar' } as const]
    expectErrors(await sendsHeadersOnly(anna, 'PUT', AVATAR, 'image/png', large.length), 413, tooLarge)
    const init = { method: 'PUT', headers: { authorization: anna.headers.authorization ?? '' }, duplex: 'half' }
    const answer = await fetch(`${anna.origin}${AVATAR}`, { ...init, body: new Blob([large]).stream() } as RequestInit)
    expect(answer.status, await answer.clone().text()).toBe(413)
    expect((await answer.json()).errors).toEqual(tooLarge)
    expect(await storedKeys(site)).toEqual(before)
  })

  test('the old avatar stays when a new one is rejected', async () => {
    const [anna] = await users(site, 'anna')
    const url = await setsAvatar(anna)
    expectStatus(await uploadAvatar(anna, 'not an image'), 422)
    expect((await reads(anna, `/api/users/@${anna.handle}`)).avatar_url).toBe(url)
    await fetchImage(site.origin, url)
  })
})

describe('security', () => {
  test('signed-out and cross-site requests are rejected and store nothing', async () => {
    const anna = await actors.join()
    const before = await storedKeys(site)
    const bytes = await testImages.png()
    expectErrors(await uploadAvatar(actors.visitor(), bytes), 401, ['unauthorized'])
    expectErrors(await actors.visitor().delete(AVATAR), 401, ['unauthorized'])
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'image/png' }
    expectErrors(await anna.send('PUT', AVATAR, headers, bytes), 403, ['cross_origin'])
    expect(await storedKeys(site)).toEqual(before)
  })

  test('an ended session is rejected before the image is decoded, by API and by form', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const script = phone.asApiClient()
    expectStatus(await anna.delete('/api/session/all'), 204)
    const before = await storedKeys(site)
    // Decoding this would fail with avatar_damaged.
    const damaged = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
    for (const bytes of [damaged, await testImages.png()])
      expectErrors(await uploadAvatar(script, bytes), 401, ['session_ended'])
    const form = new FormData()
    form.set('avatar', new Blob([damaged], { type: 'image/png' }), 'a.png')
    const page = expectStatus(await phone.send('POST', '/settings/avatar', { accept: 'text/html' }, form), 302)
    expect(page.headers.get('location')).toBe('/signin?next=%2Fsettings%2Favatar')
    expect(await storedKeys(site)).toEqual(before)
  })

  test.each([
    '/media/avatars/x/y',
    '/media/avatars/01a20dc2-7aaa-7389-b334-d306f5b17a26/..%2f..%2fx',
    `/media/avatars/01a20dc2-7aaa-7389-b334-d306f5b17a26/${'0'.repeat(64)}`,
    '/media/',
    '/media/avatars',
  ])('%s answers 404 that is not cached', async (path) => {
    const answer = expectStatus(await actors.visitor().get(path), 404)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('the URL of an avatar answers GET and HEAD only', async () => {
    const [anna] = await users(site, 'anna')
    const url = await setsAvatar(anna)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await anna.send(method, url)).status).toBe(404)
    const head = expectStatus(await anna.send('HEAD', url), 200)
    expect(head.text).toBe('')
    const etag = head.headers.get('etag') ?? ''
    expect((await anna.get(url, { 'if-none-match': etag })).status).toBe(304)
    const rows = await db.sql('select avatar_key from users where uuid = $1', [anna.uuid])
    expect(keyOfUrl(url)).toBe(`avatars/${rows[0]?.avatar_key}`)
    expect(await lists(anna, `/api/users/search?term=${anna.handle}`)).toMatchObject([{ avatar_url: url }])
  })
})
