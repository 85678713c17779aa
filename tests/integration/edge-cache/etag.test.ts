import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { ALLOWED_ORIGINS: APP } })
const { actors } = site
const anna = await actors.join('anna')

const PUBLIC = '/api/activities/everyone'
const PRIVATE = '/api/notifications'

describe('unchanged JSON answers 304', () => {
  test.each([PUBLIC, PRIVATE])('%s', async (path) => {
    const reader = path === PUBLIC ? actors.visitor() : anna
    const first = expectStatus(await reader.get(path), 200)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"[0-9a-f]{16}"$/)
    for (const ifNoneMatch of [tag, tag.replace('W/', ''), `"x", ${tag}`, '*']) {
      const second = expectStatus(await reader.get(path, { 'if-none-match': ifNoneMatch }), 304)
      expect(second.text).toBe('')
      expect(second.headers.get('etag')).toBe(tag)
      for (const name of ['cache-control', 'vary', 'content-security-policy', 'x-content-type-options'])
        expect(second.headers.get(name), name).toBe(first.headers.get(name))
      expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
      expect(second.headers.get('server-timing')).toContain('db;')
    }
    expectStatus(await reader.get(path, { 'if-none-match': '"another"' }), 200)
    expectStatus(await reader.get(path, { 'if-none-match': 'nonsense' }), 200)
  })

  test('until its content changes', async () => {
    const tag = (await anna.get('/api/activities/home')).headers.get('etag') ?? ''
    const activity = await anna.posts('new')
    const answer = expectStatus(await anna.get('/api/activities/home', { 'if-none-match': tag }), 200)
    expect(answer.body.data[0].uuid).toBe(activity.uuid)
    expect(answer.headers.get('etag')).not.toBe(tag)
  })

  test('HEAD has the ETag of GET', async () => {
    const { headers } = await actors.visitor().get(PUBLIC)
    const answer = expectStatus(await actors.visitor().send('HEAD', PUBLIC), 200)
    expect(answer.text).toBe('')
    expect(answer.headers.get('etag')).toBe(headers.get('etag'))
  })

  test('for allowed origins too, which can read the ETag', async () => {
    const from = { origin: APP, 'sec-fetch-site': 'cross-site' }
    const first = await actors.visitor().get(PUBLIC, from)
    expect(first.headers.get('access-control-expose-headers')).toContain('ETag')
    const tag = first.headers.get('etag') ?? ''
    const second = expectStatus(await actors.visitor().get(PUBLIC, { ...from, 'if-none-match': tag }), 304)
    expect(second.headers.get('access-control-allow-origin')).toBe(APP)
    expect(second.headers.get('vary')).toContain('Origin')
  })
})

test('a signed-out request of a private list answers 401 despite If-None-Match', async () => {
  expectErrors(await actors.visitor().get(PRIVATE, { 'if-none-match': '*' }), 401, ['unauthorized'])
})

test('errors, writes and pages have no ETag', async () => {
  const answers = [
    await anna.get('/api/nothing'),
    await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' }),
    await anna.visits('/'),
    await actors.visitor().visits('/', { 'if-none-match': '*' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 201, 200, 200])
  for (const { headers } of answers) expect(headers.get('etag')).toBeNull()
})
