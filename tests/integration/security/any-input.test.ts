import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import { openSite } from '../../harness/site.ts'
import { users } from '../../support/actors/many-users.ts'

const site = await openSite()

const ROUTES = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
]

/** Requests per route. */
const REQUESTS_PER_ROUTE = 20

const oddText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '', ' ', '\u0000', '\ud800', '\u202e', '</script>', "' or 1=1 --", '%', '..', '%2e%2e%2f', 'null', '1e999', '-1', '0',
    '2147483648', '9223372036854775808', '1-hour', '9-years', '@', '@a', 'a'.repeat(5_000), '🔥'.repeat(2_000),
    '01a20dc2-7aaa-7389-b334-d306f5b17a26', '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    'eyJhIjoxfQ', 'WyJ4Il0',
  ),
) // biome-ignore format: a table
const value = fc.oneof(
  { weight: 4, arbitrary: oddText },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[]]),
)
const names = [
  'message', 'ttl', 'replaces', 'handle', 'email', 'password', 'new_password', 'current', 'new', 'code', 'display_name',
  'bio', 'default_ttl', 'theme', 'audience', 'who_can_reply', 'default_audience', 'approves_followers', 'alt_required', 'open_warnings', 'images', 'seconds', 'up_to', 'message_group_uuid', 'name', 'frames', 'route', 'begun_before',
  // Fields that no body may set.
  'user_uuid', 'uuid', 'likes_count', 'expires_at', 'created_at', '__proto__', 'constructor', 'viewer',
] // biome-ignore format: a table
const fields = fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1, maxKeys: 8 })
const bodies = fc.oneof({ weight: 5, arbitrary: fields }, value)
const queries = fc.dictionary(fc.constantFrom('cursor', 'limit', 'term', 'tab', 'prefix', 'before', 'x'), oddText, {
  maxKeys: 3,
})

const request = fc.record({ body: bodies, query: queries, param: fc.oneof(oddText, fc.constant(undefined)) })

describe.each(ROUTES)('%s', (route) => {
  const [method = '', pattern = ''] = route.split(' ')

  test('answers any input with 2xx or 4xx and error codes, never with 5xx', async () => {
    const [anna] = await users(site, 'anna')
    const seed = [...route].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
    for (const { body, query, param } of fc.sample(request, { numRuns: REQUESTS_PER_ROUTE, seed })) {
      const segment = param === undefined ? `@${anna.handle}` : param.toWellFormed()
      const path = pattern.replace(/:\w+/, encodeURIComponent(segment))
      const search = new URLSearchParams(Object.entries(query).map(([key, text]) => [key, text.toWellFormed()]))
      const sendsBody = !['GET', 'HEAD'].includes(method)
      const answer = await anna.send(
        method,
        `${path}?${search}`,
        sendsBody ? { 'content-type': 'application/json' } : {},
        sendsBody ? JSON.stringify(body) : undefined,
      )
      const description = `${method} ${path}?${search} ${JSON.stringify(body).slice(0, 500)}`
      expect(answer.status, `${description}\n${answer.text}`).toBeLessThan(500)
      if (answer.status < 400) continue
      expect(answer.body?.errors?.length, description).toBeGreaterThan(0)
      expect(answer.text, description).not.toMatch(/\bat \S+:\d+|postgres|select |NeonDb/i)
    }
  })
})
