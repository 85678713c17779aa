import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { reads } from '../../support/actors/actions.ts'
import { AVATAR, fetchImage, keyOfUrl, setsAvatar, storedKeys, uploadAvatar } from '../../support/actors/avatars.ts'
import { runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'
import { uniqueImage } from '../../support/fixtures/images.ts'

const site = await openSite({ faultyBucket: true })
const { actors, db } = site
afterEach(() => {
  site.database.setOutage(false)
  site.database.injectFault(null)
})

/** The logged errors of a request. */
const errorsOf = (id: string | null) =>
  site.log
    .filter((line) => line.includes('"event":"error"') && line.includes(id ?? '-'))
    .map((line) => JSON.parse(line))

const makeUpload = async () => ({ 'content-type': 'image/png', body: (await uniqueImage()) as BodyInit })

describe('while the bucket fails', () => {
  test('to store an image, an upload answers 503, changes nothing, and works right after', async () => {
    const [anna] = await users(site, 'anna')
    const before = await setsAvatar(anna)
    const stored = await storedKeys(site)
    const { body, ...type } = await makeUpload()
    const answer = await anna.send('PUT', '/api/profile/avatar', { ...type, [BUCKET_FAULT_HEADER]: 'put' }, body)
    expectErrors(answer, 503, ['pictures_unavailable'])
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(errorsOf(answer.headers.get('x-request-id'))).toMatchObject([
      { route: '/api/profile/avatar', codes: ['pictures_unavailable'] },
    ])
    expect((await reads(anna, '/api/profile')).avatar_url).toBe(before)
    expect(await storedKeys(site)).toEqual(stored)
    expect(await setsAvatar(anna)).not.toBe(before)
  })

  test('to store an image, the form shows an error', async () => {
    const anna = await actors.join()
    const form = new FormData()
    form.set('avatar', new Blob([(await uniqueImage()) as BlobPart], { type: 'image/png' }), 'a.png')
    const page = expectStatus(await anna.send('POST', '/settings/avatar', { [BUCKET_FAULT_HEADER]: 'put' }, form), 503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toContain('Pictures aren’t available right now.')
    expect((await reads(anna, '/api/profile')).avatar_url).toBeNull()
  })

  test('to read an image, the image answers an uncached 503 and the profile works', async () => {
    const [anna] = await users(site, 'anna')
    const url = await setsAvatar(anna)
    const answer = expectStatus(await actors.visitor().get(url, { [BUCKET_FAULT_HEADER]: 'get' }), 503)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.text).toBe('Unavailable\n')
    const lines = site.log
    const events = lines
      .filter((line) => line.includes('/media/avatars/:user_uuid/:key'))
      .map((line) => JSON.parse(line))
    expect(events).toMatchObject([
      { event: 'error', codes: ['pictures_unavailable'] },
      { event: 'request', method: 'GET', status: 503, request_id: answer.headers.get('x-request-id') },
    ])
    expect(lines.join('\n')).not.toContain(url.split('/').at(-1))
    expectStatus(await actors.visitor().visits(`/@${anna.handle}`, { [BUCKET_FAULT_HEADER]: 'get' }), 200)
    expectStatus(await actors.visitor().get(url), 200)
  })

  test('with an unreadable body, the image answers 500 with the security headers, and it is logged', async () => {
    const [anna] = await users(site, 'anna')
    const url = await setsAvatar(anna)
    const answer = expectStatus(await actors.visitor().get(url, { [BUCKET_FAULT_HEADER]: 'body' }), 500)
    expect(answer.text).toBe('Something went wrong here. Try again in a moment.\n')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const id = answer.headers.get('x-request-id')
    expect(errorsOf(id)).toMatchObject([{ codes: ['internal'], causes: [{ name: 'AppError' }, { name: 'TypeError' }] }])
    expect(site.log.filter((line) => line.includes('"event":"request"') && line.includes(id ?? '-'))).toHaveLength(1)
  })

  test('to remove an object, the request succeeds and the error is logged', async () => {
    const [anna] = await users(site, 'anna')
    await setsAvatar(anna)
    const { body, ...type } = await makeUpload()
    const changed = await anna.send('PUT', '/api/profile/avatar', { ...type, [BUCKET_FAULT_HEADER]: 'delete' }, body)
    expectStatus(changed, 200)
    const deleted = expectStatus(
      await anna.send('DELETE', '/api/profile/avatar', { [BUCKET_FAULT_HEADER]: 'delete' }),
      200,
    )
    expect(deleted.body.avatar_url).toBeNull()
    for (const { headers } of [changed, deleted]) {
      await expect
        .poll(() => errorsOf(headers.get('x-request-id')))
        .toMatchObject([{ codes: ['pictures_unavailable'] }])
    }
    expect(await db.sql('select avatar_key from users where uuid = $1', [anna.uuid])).toEqual([{ avatar_key: null }])
  })

  test('to remove an object, the cron removes it later', async () => {
    const [anna] = await users(site, 'anna')
    const first = await setsAvatar(anna)
    const { body, ...type } = await makeUpload()
    const changed = await anna.send('PUT', AVATAR, { ...type, [BUCKET_FAULT_HEADER]: 'delete' }, body)
    const second = expectStatus(changed, 200).body.avatar_url
    expect(await storedKeys(site)).toContain(keyOfUrl(first))
    await runCron(site)
    expect(await storedKeys(site)).not.toContain(keyOfUrl(first))
    await fetchImage(site.origin, second)
    expect(await db.sql('select from image_removals')).toEqual([])
  })
})

describe('when a database response is lost', () => {
  test('a new avatar that was set is kept, and the old object is removed', async () => {
    const [anna] = await users(site, 'anna')
    const before = await setsAvatar(anna)
    // The first trip checks the session only.
    site.database.injectFault('cut off', 1)
    expectErrors(await uploadAvatar(anna, await uniqueImage()), 503, ['database_unavailable'])
    site.database.injectFault(null)
    const { avatar_url } = await reads(anna, '/api/profile')
    expect(avatar_url).not.toBe(before)
    await fetchImage(site.origin, avatar_url)
    await runCron(site)
    await fetchImage(site.origin, avatar_url)
    expect(await storedKeys(site)).not.toContain(keyOfUrl(before))
  })

  test('the object of a deleted avatar is removed', async () => {
    const [anna] = await users(site, 'anna')
    const before = await setsAvatar(anna)
    site.database.injectFault('cut off')
    expectErrors(await anna.delete(AVATAR), 503, ['database_unavailable'])
    site.database.injectFault(null)
    expect((await reads(anna, '/api/profile')).avatar_url).toBeNull()
    await runCron(site)
    expect(await storedKeys(site)).not.toContain(keyOfUrl(before))
  })

  test('an object whose state is unknown is kept for an hour, with a mark', async () => {
    const [anna] = await users(site, 'anna')
    const stored = await storedKeys(site)
    site.database.outageAfter(1)
    expectErrors(await uploadAvatar(anna, await uniqueImage()), 503, ['database_unavailable'])
    site.database.setOutage(false)
    const addedKeys = async () => (await storedKeys(site)).filter((key) => !stored.includes(key))
    await expect.poll(addedKeys).toHaveLength(2)
    await runCron(site)
    const [imageKey = '', mark] = await addedKeys()
    expect(imageKey).toMatch(/^avatars\//)
    expect(mark).toBe(imageKey.replace('avatars/', 'unsure/'))
    expect((await reads(anna, '/api/profile')).avatar_url).toBeNull()
  })

  test('the object of a rejected upload is removed at once', async () => {
    const [anna] = await users(site, 'anna')
    const stored = await storedKeys(site)
    const trips = site.database.count()
    const release = site.database.holdRequests(1)
    const upload = uploadAvatar(anna, await uniqueImage())
    await expect.poll(() => site.database.count() - trips).toBe(2)
    expect(await storedKeys(site)).toHaveLength(stored.length + 1)
    // Between the two trips of the upload.
    await db.sql('update users set signed_out_at = now() where uuid = $1', [anna.uuid])
    release()
    expectErrors(await upload, 401, ['session_ended'])
    await expect.poll(() => storedKeys(site)).toEqual(stored)
  })
})
