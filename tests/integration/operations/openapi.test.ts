import { Validator } from '@seriousme/openapi-schema-validator'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import { openApiOf } from '../../../worker/api/openapi.ts'
import { routeTable } from '../../../worker/api/route-table.ts'
import { toAnswer } from '../../harness/client.ts'
import { checkAnswer } from '../../harness/openapi-check.ts'
import { openSite } from '../../harness/site.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const read = async () => expectStatus(await site.actors.visitor().get('/api/openapi.json'), 200).body

/** All mounted routes; ALL is middleware. */
const MOUNTED = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
]

describe('GET /api/openapi.json', () => {
  test('is a valid OpenAPI document', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(await read())
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('lists every mounted route and nothing else', async () => {
    const { paths } = await read()
    const listed = Object.entries<object>(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(listed.sort()).toEqual([...MOUNTED].sort())
    expect(listed).toContain('GET /api/openapi.json')
  })

  test('names the schemas of answers and the ways to authenticate', async () => {
    const { components, paths } = await read()
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['activity', 'user', 'profile', 'notification', 'message', 'message_group', 'error']),
    )
    expect(components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' })
    expect(components.securitySchemes.session).toMatchObject({ type: 'apiKey', in: 'cookie' })
    expect(paths['/api/activities/home'].get.security).toEqual([{ bearer: [] }, { session: [] }])
    expect(paths['/api/activities/everyone'].get.security).toContainEqual({})
    expect(paths['/api/session'].post.security).toEqual([])
  })

  test('gives each operation a unique id', async () => {
    const { paths } = await read()
    const ids = Object.values<Record<string, { operationId: string }>>(paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(MOUNTED.length)
  })
})

test('a route without a description is detected', () => {
  expect(routeTable(api.routes).undescribed).toEqual([])
  const app = new Hono().get('/api/forgotten', (c) => c.text(''))
  expect(routeTable(app.routes).undescribed).toEqual([{ method: 'GET', path: '/api/forgotten' }])
})

describe('an answer that does not match the document is detected', () => {
  const url = new URL('http://localhost/api/activities/everyone')
  const check = (status: number, body: unknown) =>
    checkAnswer('GET', url, toAnswer(status, new Headers({ 'content-type': 'application/json' }), JSON.stringify(body)))
  const failure = (...codes: string[]) => ({ errors: codes.map((code) => ({ code })), request_id: 'x' })

  test('a matching answer passes', () => {
    check(200, { data: [], next_cursor: null })
    check(400, failure('cursor_malformed'))
    expect(openApiOf(api.routes).paths['/api/activities/everyone']).toBeDefined()
  })

  test.each([
    ['an extra property', 200, { data: [], next_cursor: null, total: 1 }],
    ['a missing property', 200, { data: [] }],
    ['a status that is not listed', 418, failure('internal')],
    ['a code that the route does not list', 400, failure('json_malformed')],
    ['a code of another status', 400, failure('internal')],
  ])('%s', (_, status, body) => {
    expect(() => check(status, body)).toThrow()
  })
})
