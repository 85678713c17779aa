import { expect, test } from 'vitest'
import type { Answer, Fields } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { sendsMessage } from '../../support/actors/actions.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors } = await openSite()

const FORM = 'application/x-www-form-urlencoded'

const FORMS: [string, (anna: Actor) => Fields][] = [
  ['/', () => ({ message: 'hi', ttl: '1-hour' })],
  ['/signin', (anna) => ({ email: anna.email, password: PASSWORD })],
  ['/signout', () => ({})],
  ['/signup', () => actors.unregistered().details],
]

test.each(FORMS)('another site cannot post a form to %s', async (path, fields) => {
  const anna = await actors.join()
  const type = { 'content-type': FORM }
  const body = new URLSearchParams(fields(anna)).toString()
  const evil = { ...type, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const sources: Fields[] = [
    evil,
    { ...type, origin: 'null', 'sec-fetch-site': '' },
    { ...type, origin: '', 'sec-fetch-site': '' },
  ]
  for (const headers of sources) {
    const page = expectStatus(await anna.send('POST', path, headers, body), 403)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.getSetCookie()).toEqual([])
  }
  expect((await anna.get(`/api/users/@${anna.handle}/activities`)).body.data).toEqual([])
  expectStatus(await anna.get('/api/activities/home'), 200)
})

test('a form about data of another user changes nothing', async () => {
  const [anna, ben, cleo] = await Promise.all([actors.join('anna'), actors.join('ben'), actors.join('cleo')])
  const activity = await anna.posts('mine')
  const activityPath = `/@${anna.handle}/status/${activity.uuid}`
  const { message_group_uuid: group } = await sendsMessage(anna, cleo, 'psst')
  const forms: [string, Fields, number][] = [
    [`${activityPath}/put-out`, {}, 403],
    [`/@${ben.handle}/status/${activity.uuid}/put-out`, {}, 403],
    [`${activityPath}/rewrite`, { message: 'not mine' }, 403],
    [`/messages/${group}`, { message: 'not among us' }, 404],
    [`/messages/${group}`, { intent: 'read' }, 404],
    ['/settings', { intent: 'unblock', handle: anna.handle }, 303],
  ]
  for (const [path, fields, status] of forms) expectStatus(await ben.submits(path, fields), status)
  for (const [path, status] of [
    [`${activityPath}/put-out`, 403],
    [`${activityPath}/rewrite`, 403],
    [`/messages/${group}`, 404],
  ] as const) {
    expectStatus(await ben.visits(path), status)
    const { headers } = expectStatus(await actors.visitor().visits(path), 302)
    expect(headers.get('location')).toBe(`/signin?next=${encodeURIComponent(path)}`)
  }
  expect((await anna.get(`/api/activities/${activity.uuid}`)).body.message).toBe('mine')
  expect((await anna.get(`/api/message_groups/${group}/messages`)).body.data).toHaveLength(1)
})

test('a page rejects other content types than forms', async () => {
  const visitor = actors.visitor()
  for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
    const page = expectStatus(await visitor.send('POST', '/signin', { 'content-type': type }, '{}'), 415)
    expect(page.headers.get('content-type')).toContain('text/html')
  }
})

test('a page accepts multipart forms', async () => {
  const anna = await actors.join()
  const form = new FormData()
  form.set('message', 'with a boundary')
  form.set('ttl', '1-hour')
  expectStatus(await anna.send('POST', '/', {}, form), 303)
  expect((await anna.visits('/')).text).toContain('with a boundary')
})

test('a form that is too large answers 413 without reading it', async () => {
  const anna = await actors.join()
  const page = expectStatus(await sendsHeadersOnly(anna, 'POST', '/', FORM, 1_048_577), 413)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.text).toContain('Press Back')
})

test('a request by http is redirected to https', async () => {
  const path = '/signin?next=%2Fsettings'
  const headers = { 'cf-connecting-ip': '198.51.100.9', 'mf-original-url': `http://cruddur.example${path}` }
  for (const method of ['GET', 'POST']) {
    const answer = expectStatus(await actors.visitor().send(method, path, headers), 308)
    expect(answer.headers.get('location')).toBe(`https://cruddur.example${path}`)
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
    expect(answer.text).toBe('')
  }
})

test.each(['PUT', 'DELETE', 'PATCH'])('a page answers 405 to %s', async (method) => {
  const page = expectStatus(await actors.visitor().send(method, '/signin'), 405)
  expect(page.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'HEAD', 'POST']))
})

test.each(['/about', '/terms-of-service', '/nothing'])('a POST to %s, which has no form, answers 405', async (path) => {
  const page = expectStatus(await actors.visitor().submits(path, { a: 'b' }), 405)
  expect(page.headers.get('content-type')).toContain('text/html')
})

test('pages that two users request at once have the handle of their own user alone', async () => {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const handlesIn = ({ text }: Answer) => [anna, ben].map(({ handle }) => handle).filter((one) => text.includes(one))
  const requests = [anna, ben, anna, ben]
  const pages = await Promise.all(requests.map((who) => who.visits('/signout')))
  expect(pages.map(handlesIn)).toEqual(requests.map(({ handle }) => [handle]))
})
