import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Fields } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite({ settings: { ALLOWED_ORIGINS: 'https://app.example' } })
const { actors, db } = site

let anna: Actor
let activity: Activity
beforeAll(async () => {
  anna = await actors.join()
  activity = await anna.posts('stays as it is')
})

const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

/** Headers of requests that do not come from our own pages; an empty value leaves a header out. */
const SOURCES: [string, Fields][] = [
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another site, in an old browser', { origin: 'https://evil.example', 'sec-fetch-site': '' }],
  ['a sister domain', { origin: 'https://sister.example', 'sec-fetch-site': 'same-site' }],
  ['an origin that may call with a token', { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }],
  ['the address bar', { origin: '', 'sec-fetch-site': 'none' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a sandboxed frame, in an old browser', { origin: 'null', 'sec-fetch-site': '' }],
  ['no stated origin', { origin: '', 'sec-fetch-site': '' }],
  ['contradicting headers', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ['a Referer that contains our name', { origin: '', 'sec-fetch-site': '', referer: 'https://evil.example/?cruddur' }],
  ['another site, with Basic credentials', { ...EVIL, authorization: 'Basic eDp5' }],
  ['another site, with credentials without a scheme', { ...EVIL, authorization: 'x' }],
]

const FORM = 'application/x-www-form-urlencoded'
const BODIES: [string, BodyInit | undefined, Fields][] = [
  ['JSON', '{"message":"stolen","ttl":"1-hour"}', { 'content-type': 'application/json' }],
  ['JSON as text/plain', '{"message":"stolen","ttl":"1-hour"}', { 'content-type': 'text/plain' }],
  ['a form', 'message=stolen&ttl=1-hour&on=1', { 'content-type': FORM }],
  ['a form with files', formData(), {}],
  ['JSON without a type', new Blob(['{"message":"stolen","ttl":"1-hour"}']), {}],
  ['an odd type', '{"message":"stolen","ttl":"1-hour"}', { 'content-type': 'Application/JSON;charset=utf-8;x=text/plain' }],
  ['no body', undefined, {}],
] // biome-ignore format: a table

const FORMS = ['a form', 'a form with files', 'JSON as text/plain']

function formData(): FormData {
  const form = new FormData()
  form.set('message', 'stolen')
  form.set('ttl', '1-hour')
  return form
}

const activityPath = (rest: string) => `/@${anna.handle}/status/${activity.uuid}${rest}`
const TARGETS: [string, () => string][] = [
  ['POST', () => '/api/activities'],
  ['PUT', () => `/api/activities/${activity.uuid}/like`],
  ['DELETE', () => `/api/activities/${activity.uuid}`],
  ['DELETE', () => '/api/session/all'],
  ['POST', () => '/api/session'],
  ['PATCH', () => '/api/profile'],
  ['POST', () => '/'],
  ['POST', () => '/signout'],
  ['POST', () => '/settings'],
  ['POST', () => activityPath('/put-out')],
  ['POST', () => activityPath('/like')],
]

describe.each(SOURCES)('a request from %s', (_, source) => {
  test.each(BODIES)('with %s answers 403 on every route and changes nothing', async (bodyName, body, type) => {
    await Promise.all(
      TARGETS.map(async ([method, path]) => {
        // Pages accept forms only, and are slow to reject the rest.
        if (!path().startsWith('/api') && !FORMS.includes(bodyName)) return
        const answer = await anna.send(method, path(), { ...source, ...type }, body)
        expect(answer.status, `${method} ${path()}: ${answer.text}`).toBe(403)
        expect(answer.headers.getSetCookie()).toEqual([])
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
        if (path().startsWith('/api')) expectErrors(answer, 403, ['cross_origin'])
      }),
    )
  })
})

afterAll(async () => {
  // No request of this file has changed anything.
  const rows = await db.sql<{ message: string; likes_count: number }>('select message, likes_count from activities')
  expect(rows).toEqual([{ message: 'stays as it is', likes_count: 0 }])
  expectStatus(await anna.get('/api/activities/home'), 200)
})

test('the same requests from our own pages succeed', async () => {
  const ben = await actors.join('ben')
  const [own] = BODIES
  expectStatus(await ben.send('POST', '/api/activities', own?.[2], own?.[1]), 201)
  expectStatus(await ben.submits('/', { message: 'mine', ttl: '1-hour' }), 303)
  expectStatus(await ben.send('DELETE', '/api/session/all'), 204)
  await db.sql(`delete from activities using users where users.uuid = user_uuid and handle = $1`, [ben.handle])
})

test('another site cannot sign a visitor in to another account', async () => {
  const visitor = actors.visitor()
  const fields = new URLSearchParams({ email: anna.email, password: PASSWORD }).toString()
  for (const [, source] of SOURCES) {
    expectStatus(await visitor.send('POST', '/signin', { ...source, 'content-type': FORM }, fields), 403)
  }
  expect(visitor.cookies.size).toBe(0)
})

describe('a method cannot be overridden', () => {
  const OVERRIDES: [string, Fields, string][] = [
    ['X-HTTP-Method-Override', { 'x-http-method-override': 'DELETE' }, ''],
    ['X-HTTP-Method', { 'x-http-method': 'DELETE' }, ''],
    ['X-Method-Override', { 'x-method-override': 'DELETE' }, ''],
    ['_method in the query', {}, '?_method=DELETE'],
    ['_method in a form', { 'content-type': FORM }, ''],
  ]

  test.each(OVERRIDES)('by %s', async (_, headers, query) => {
    const path = `/api/activities/${activity.uuid}${query}`
    const read = await anna.send('GET', path, headers)
    expect(expectStatus(read, 200).body.uuid).toBe(activity.uuid)
    const sent = headers['content-type'] ? '_method=DELETE' : undefined
    expect([405, 415]).toContain((await anna.send('POST', path, headers, sent)).status)
    const page = await anna.send('GET', `${activityPath('/put-out')}${query}`, headers)
    expectStatus(page, 200)
    expectStatus(await anna.get(`/api/activities/${activity.uuid}`), 200)
  })

  // workerd itself refuses what HTTP does not know.
  test.each([
    ['PROPFIND', 405],
    ['PURGE', 405],
    ['FOO', 501],
  ])('the method %s answers %i', async (method, status) => {
    for (const path of [`/api/activities/${activity.uuid}`, activityPath('')]) {
      const answer = await anna.send(method, path)
      expect(answer.status, `${path}: ${answer.text}`).toBe(status)
    }
  })
})
