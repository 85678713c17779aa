import { describe, expect, test } from 'vitest'
import { AppError } from '../contract/app-error.ts'
import { assertSameOrigin } from './same-origin.ts'

const SITE = 'https://cruddur.example'

function verdict(method: string, headers: Record<string, string>): string {
  try {
    assertSameOrigin(new Request(`${SITE}/api/session`, { method, headers }))
    return 'passes'
  } catch (error) {
    return error instanceof AppError ? (error.items[0]?.code ?? '') : String(error)
  }
}

describe.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s', (method) => {
  test.each([
    ['from our own page', { origin: SITE, 'sec-fetch-site': 'same-origin' }],
    ['from our own page in an old browser', { origin: SITE }],
    ['from our own page without Origin', { 'sec-fetch-site': 'same-origin' }],
    ['of an API client', { authorization: 'Bearer x' }],
    ['of an API client on another site', { authorization: 'Bearer x', origin: 'https://evil.example' }],
    ['of an API client with a lower-case scheme', { authorization: 'bearer x' }],
  ])('%s passes', (_, headers) => {
    expect(verdict(method, headers)).toBe('passes')
  })

  test.each([
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from another site, in an old browser', { origin: 'https://evil.example' }],
    ['from a sister domain', { origin: 'https://x.cruddur.example', 'sec-fetch-site': 'same-site' }],
    ['from a name that begins like ours', { origin: `${SITE}.evil.example` }],
    ['from the same host without TLS', { origin: 'http://cruddur.example' }],
    ['from another port', { origin: `${SITE}:8443` }],
    ['from a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['with Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
    ['with headers that disagree', { origin: SITE, 'sec-fetch-site': 'cross-site' }],
    ['without either header', {}],
    ['with only a cookie', { cookie: '__Host-access=x' }],
    ['with Basic credentials', { authorization: 'Basic eDp5', origin: 'https://evil.example' }],
    ['with Basic credentials and no Origin', { authorization: 'Basic eDp5' }],
    ['with Negotiate', { authorization: 'Negotiate x', origin: 'https://evil.example' }],
    ['with a scheme that begins like Bearer', { authorization: 'Bearers x', origin: 'https://evil.example' }],
    ['with an empty Authorization', { authorization: '', origin: 'https://evil.example' }],
  ])('%s is refused', (_, headers) => {
    expect(verdict(method, headers)).toBe('cross_origin')
  })
})

test.each(['GET', 'HEAD', 'OPTIONS'])('%s passes from any site', (method) => {
  expect(verdict(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe('passes')
})
