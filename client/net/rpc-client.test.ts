import { expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'

/** Returns the request that a call sends. */
async function requestOf(call: (api: Api) => Promise<unknown>): Promise<Request> {
  const sent: Request[] = []
  const api = createApi('http://here.example', async (request) => {
    sent.push(request)
    return new Response()
  })
  await call(api)
  expect(sent).toHaveLength(1)
  return sent[0] as Request
}

test('sends the parameters, the JSON body and the headers to the route', async () => {
  const request = await requestOf((api) =>
    api.activities[':uuid'].replies.$post(
      { param: { uuid: 'u-1' }, json: { message: 'hällo' } },
      { headers: { 'Idempotency-Key': 'k' } },
    ),
  )
  expect(request.method).toBe('POST')
  expect(request.url).toBe('http://here.example/api/activities/u-1/replies')
  expect(request.headers.get('content-type')).toBe('application/json')
  expect(request.headers.get('idempotency-key')).toBe('k')
  expect(await request.json()).toEqual({ message: 'hällo' })
})

test('writes the query into the URL, without undefined values', async () => {
  const { url, body } = await requestOf((api) =>
    api.activities.search.$get({ query: { term: 'a&b ü', ...{ cursor: undefined } } }),
  )
  expect(url).toBe('http://here.example/api/activities/search?term=a%26b+%C3%BC')
  expect(body).toBeNull()
})

test('sends an empty query value', async () => {
  const { url } = await requestOf((api) => api.activities.search.$get({ query: { term: '' } }))
  expect(url).toBe('http://here.example/api/activities/search?term=')
})

test.each([
  ['@anna_b', '@anna_b'],
  ['@x/../../session', '@x%2F..%2F..%2Fsession'],
  ['@x?y#z', '@x%3Fy%23z'],
])('encodes the handle %j as one path segment', async (at_handle, part) => {
  const { url } = await requestOf((api) => api.users[':at_handle'].follow.$put({ param: { at_handle } }))
  expect(url).toBe(`http://here.example/api/users/${part}/follow`)
})

test('sends a raw body with its own content type', async () => {
  const init = { body: 'bytes', headers: { 'content-type': 'image/png' } }
  const request = await requestOf((api) => api.profile.avatar.$put({}, { init }))
  expect([request.method, request.headers.get('content-type'), await request.text()]).toEqual([
    'PUT',
    'image/png',
    'bytes',
  ])
})
