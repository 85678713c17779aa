import { afterEach, describe, expect, test } from 'vitest'
import { dresses, storedIn } from '../avatars.ts'
import { people } from '../crowd.ts'
import { expectErrors, expectStatus } from '../harness/expect.ts'
import { BREAKS } from '../harness/frail-worker.ts'
import { openSite } from '../harness/site.ts'
import { anyPicture } from '../pictures.ts'
import { reads } from '../verbs.ts'

const site = await openSite({ frail: true })
const { story, db } = site
afterEach(() => site.database.shut(false))

/** Lines of the log that tell of an error of this request. */
const errorsOf = (id: string | null) =>
  site.log
    .filter((line) => line.includes('"event":"error"') && line.includes(id ?? '-'))
    .map((line) => JSON.parse(line))

const putting = async () => ({ 'content-type': 'image/png', body: (await anyPicture()) as BodyInit })

describe('while pictures cannot be', () => {
  test('stored: 503, nothing is changed, and it works right after', async () => {
    const [anna] = await people(site, 'anna')
    const before = await dresses(anna)
    const stored = await storedIn(site)
    const { body, ...type } = await putting()
    const answer = await anna.send('PUT', '/api/profile/avatar', { ...type, [BREAKS]: 'put' }, body)
    expectErrors(answer, 503, ['pictures_unavailable'])
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(errorsOf(answer.headers.get('x-request-id'))).toMatchObject([
      { route: '/api/profile/avatar', codes: ['pictures_unavailable'] },
    ])
    expect((await reads(anna, '/api/profile')).avatar_url).toBe(before)
    expect(await storedIn(site)).toEqual(stored)
    expect(await dresses(anna)).not.toBe(before)
  })

  test('stored, by a form: its page comes back and says why', async () => {
    const anna = await story.join()
    const form = new FormData()
    form.set('avatar', new Blob([(await anyPicture()) as BlobPart], { type: 'image/png' }), 'a.png')
    const page = expectStatus(await anna.send('POST', '/settings/avatar', { [BREAKS]: 'put' }, form), 503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toContain('Pictures cannot be reached right now.')
    expect((await reads(anna, '/api/profile')).avatar_url).toBeNull()
  })

  test('read: 503 that nobody keeps; the person is shown all the same', async () => {
    const [anna] = await people(site, 'anna')
    const url = await dresses(anna)
    const answer = expectStatus(await story.visitor().get(url, { [BREAKS]: 'get' }), 503)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.text).toBe('Unavailable\n')
    const told = site.log
    const events = told
      .filter((line) => line.includes('/media/avatars/:user_uuid/:key'))
      .map((line) => JSON.parse(line))
    expect(events).toMatchObject([
      { event: 'error', codes: ['pictures_unavailable'] },
      { event: 'request', method: 'GET', status: 503, request_id: answer.headers.get('x-request-id') },
    ])
    expect(told.join('\n')).not.toContain(url.split('/').at(-1))
    expectStatus(await story.visitor().visits(`/@${anna.handle}`, { [BREAKS]: 'get' }), 200)
    expectStatus(await story.visitor().get(url), 200)
  })

  test('taken for what they are: 500 with every header, and told', async () => {
    const [anna] = await people(site, 'anna')
    const url = await dresses(anna)
    const answer = expectStatus(await story.visitor().get(url, { [BREAKS]: 'body' }), 500)
    expect(answer.text).toBe('Something went wrong here. Try again in a moment.\n')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const id = answer.headers.get('x-request-id')
    expect(errorsOf(id)).toMatchObject([{ codes: ['internal'], causes: [{ name: 'AppError' }, { name: 'TypeError' }] }])
    expect(site.log.filter((line) => line.includes('"event":"request"') && line.includes(id ?? '-'))).toHaveLength(1)
  })

  test('removed: what was asked for is done, and the log tells what stays', async () => {
    const [anna] = await people(site, 'anna')
    await dresses(anna)
    const { body, ...type } = await putting()
    const changed = await anna.send('PUT', '/api/profile/avatar', { ...type, [BREAKS]: 'delete' }, body)
    expectStatus(changed, 200)
    const gone = expectStatus(await anna.send('DELETE', '/api/profile/avatar', { [BREAKS]: 'delete' }), 200)
    expect(gone.body.avatar_url).toBeNull()
    for (const { headers } of [changed, gone]) {
      await expect
        .poll(() => errorsOf(headers.get('x-request-id')))
        .toMatchObject([{ codes: ['pictures_unavailable'] }])
    }
    expect(await db.sql('select avatar_key from users where uuid = $1', [anna.uuid])).toEqual([{ avatar_key: null }])
  })

  test('stored, nor the database reached: nothing is left of it in either', async () => {
    const [anna] = await people(site, 'anna')
    const stored = await storedIn(site)
    const { body, ...type } = await putting()
    site.database.shut(true)
    const answer = await anna.send('PUT', '/api/profile/avatar', type, body)
    expectErrors(answer, 503, ['database_unavailable'])
    site.database.shut(false)
    await expect.poll(() => storedIn(site)).toEqual(stored)
  })
})
