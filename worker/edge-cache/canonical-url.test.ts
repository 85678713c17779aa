import { describe, expect, test } from 'vitest'
import '../api/api.ts'
import { toCacheable } from './canonical-url.ts'

const UUID = '01a20dc2-7aaa-7389-b334-d306f5b17a26'
const SITE = 'https://cruddur.example'
const spelled = (path: string) => toCacheable(new URL(SITE + path))?.url.href.slice(SITE.length) ?? null

describe('returns one canonical URL for all URLs of the same content', () => {
  test.each([
    ['/', '/'],
    ['/?', '/'],
    ['/#compose', '/'],
    ['/?utm_source=x&feed=last-light', '/?feed=last-light'],
    ['/?cursor=b&feed=everyone', '/?feed=everyone&cursor=b'],
    ['/about?x=<script>', '/about'],
    ['/@Anna', '/@anna'],
    ['/@anna/followers?tab=likes', '/@anna/followers'],
    [`/@Anna/status/${UUID.toUpperCase()}?cursor=x`, `/@anna/status/${UUID}?cursor=x`],
    ['/search?term=a%20b', '/search?term=a+b'],
    ['/search?term=', '/search?term='],
    ['/tags/Caf%C3%A9', '/tags/caf%C3%A9'],
    ['/tags/Cafe%CC%81', '/tags/caf%C3%A9'],
    ['/api/tags/trending?limit=3', '/api/tags/trending?limit=3'],
    ['/api/tags/TRENDING?limit=3', '/api/tags/Trending?limit=3'],
    ['/api/users/@ANNA/activities?limit=2&tab=likes', '/api/users/@anna/activities?limit=2&tab=likes'],
    [`/api/activities/${UUID}?limit=2`, `/api/activities/${UUID}`],
    ['/x/../about', '/about'],
  ])('%s becomes %s', (path, expected) => {
    expect(spelled(path)).toBe(expected)
  })

  test('returns the pattern of the route', () => {
    expect(toCacheable(new URL(`${SITE}/@anna/status/${UUID}?cursor=x`))?.route).toBe('/:at_handle/status/:uuid')
    expect(toCacheable(new URL(`${SITE}/api/tags/trending`))?.route).toBe('/api/tags/trending')
  })

  test('leaves a canonical URL as it is', () => {
    for (const path of ['/', '/tags/Caf%C3%A9', '/search?term=a%2Bb%26cursor%3D1']) {
      const once = spelled(path) ?? ''
      expect(spelled(once)).toBe(once)
    }
  })

  test('keeps the origin', () => {
    expect(toCacheable(new URL('https://other.example/about'))?.url.href).toBe('https://other.example/about')
  })
})

describe('not cacheable', () => {
  test.each([
    '/signin',
    '/signout',
    '/settings',
    '/notifications',
    '/messages',
    `/messages/${UUID}`,
    '/nothing',
    '/@anna/follow',
    `/@anna/status/${UUID}/put-out`,
    `/@anna/status/${UUID}/rewrite`,
    '/api/session',
    '/api/health-check',
    '/api/activities/home',
    '/api/users/suggested',
    '/api/users?prefix=a',
    `/api/activities/${UUID}/weight`,
  ])('%s (not public)', (path) => {
    expect(spelled(path)).toBeNull()
  })

  test.each([
    '/about/',
    '//about',
    '/ABOUT',
    '/%61bout',
    '/about.css',
    '/about/x.css',
    '/about%2Fx.css',
    '/about;x.css',
    '/@anna/',
    '/%40anna',
    '/@anna.css',
    '/@anna/status/x',
    `/@anna/status/${UUID}.css`,
    `/@anna/status/${UUID}/x.css`,
    '/tags/x.css',
    '/tags/a%2Fb',
    '/tags/%',
    '/tags/',
    '/api/session/x.css',
    '/api/session%2Fx.css',
    '/api/activities/everyone/',
    '/api/activities/everyone.css',
    '/api//activities/everyone',
    `/@${'a'.repeat(31)}`,
    `/search?term=${'x'.repeat(2_000)}`,
  ])('%s (not a spelling of the route)', (path) => {
    expect(spelled(path)).toBeNull()
  })

  test.each(['/?feed=everyone&feed=last-light', '/api/activities/everyone?limit=1&limit=2'])(
    '%s (repeated key)',
    (path) => {
      expect(spelled(path)).toBeNull()
    },
  )
})
