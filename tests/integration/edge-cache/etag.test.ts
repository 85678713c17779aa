import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { ALLOWED_ORIGINS: APP } })
const { actors } = site
const anna = await actors.join('anna')

const PUBLIC = '/api/activities/everyone'
const PRIVATE = '/api/notifications'

describe('JSON is not sent again to who has it', () => {
  test.each([PUBLIC, PRIVATE])('%s', async (path) => {
    const reader = path === PUBLIC ? actors.visitor() : anna
    const whole = expectStatus(await reader.get(path), 200)
    const tag = whole.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"[0-9a-f]{16}"$/)
    for (const known of [tag, tag.replace('W/', ''), `"x", ${tag}`, '*']) {
      const again = expectStatus(await reader.get(path, { 'if-none-match': known }), 304)
      expect(again.text).toBe('')
      expect(again.headers.get('etag')).toBe(tag)
      for (const name of ['cache-control', 'vary', 'content-security-policy', 'x-content-type-options'])
        expect(again.headers.get(name), name).toBe(whole.headers.get(name))
      expect(again.headers.get('x-request-id')).not.toBe(whole.headers.get('x-request-id'))
      expect(again.headers.get('server-timing')).toContain('db;')
    }
    expectStatus(await reader.get(path, { 'if-none-match': '"another"' }), 200)
    expectStatus(await reader.get(path, { 'if-none-match': 'nonsense' }), 200)
  })

  test('until it changes', async () => {
    const tag = (await anna.get('/api/activities/home')).headers.get('etag') ?? ''
    const crud = await anna.posts('new')
    const answer = expectStatus(await anna.get('/api/activities/home', { 'if-none-match': tag }), 200)
    expect(answer.body.data[0].uuid).toBe(crud.uuid)
    expect(answer.headers.get('etag')).not.toBe(tag)
  })

  test('HEAD has the tag of the body that it leaves out', async () => {
    const { headers } = await actors.visitor().get(PUBLIC)
    const answer = expectStatus(await actors.visitor().send('HEAD', PUBLIC), 200)
    expect(answer.text).toBe('')
    expect(answer.headers.get('etag')).toBe(headers.get('etag'))
  })

  test('scripts of other origins may ask so, and are told', async () => {
    const from = { origin: APP, 'sec-fetch-site': 'cross-site' }
    const whole = await actors.visitor().get(PUBLIC, from)
    expect(whole.headers.get('access-control-expose-headers')).toContain('ETag')
    const tag = whole.headers.get('etag') ?? ''
    const again = expectStatus(await actors.visitor().get(PUBLIC, { ...from, 'if-none-match': tag }), 304)
    expect(again.headers.get('access-control-allow-origin')).toBe(APP)
    expect(again.headers.get('vary')).toContain('Origin')
  })
})

test('a session that is not good hears 401, whatever it has', async () => {
  expectErrors(await actors.visitor().get(PRIVATE, { 'if-none-match': '*' }), 401, ['unauthorized'])
})

test('neither errors nor writes nor pages have a tag', async () => {
  const answers = [
    await anna.get('/api/nothing'),
    await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' }),
    await anna.visits('/'),
    await actors.visitor().visits('/', { 'if-none-match': '*' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 201, 200, 200])
  for (const { headers } of answers) expect(headers.get('etag')).toBeNull()
})
