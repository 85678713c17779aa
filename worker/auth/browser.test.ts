import { describe, expect, test } from 'vitest'
import { browserOf } from './browser.ts'

const named = (headers: Record<string, string>) => browserOf(new Request('https://cruddur.example/', { headers }))

/** User agents from vendors' documentation or real devices. */
const USER_AGENTS: [name: string, userAgent: string][] = [
  ['Firefox on Android', 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'],
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['Firefox on iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15'],
  ['Chrome on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'],
  ['Chrome on Android', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'],
  ['Chrome on ChromeOS', 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'],
  ['Chrome on iPad', 'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1'],
  ['Edge on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'],
  ['Opera on macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/124.0.0.0'],
  ['Samsung Internet on Android', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36'],
  ['Safari on macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15'],
  ['Safari on iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1'],
  ['Unknown browser on Linux', 'Lynx/2.9 (Linux)'],
  ['Unknown browser', 'w3m/0.5.3'],
  ['Unknown browser', ''],
] // biome-ignore format: a table

describe('browserOf', () => {
  test.each(USER_AGENTS)('%s', (name, userAgent) => {
    expect(named({ 'user-agent': userAgent })).toBe(name)
  })

  test('returns "An app" for a Bearer token without a browser’s User-Agent', () => {
    expect(named({ 'user-agent': 'curl/8.17.0', authorization: 'Bearer x' })).toBe('An app')
    expect(named({ authorization: 'Bearer x' })).toBe('An app')
  })

  test('returns only known names for an invented User-Agent', () => {
    const odd = `${'Firefox/'.repeat(2_000)} <b>Android</b> ${'x'.repeat(10_000)}`
    expect(named({ 'user-agent': odd })).toBe('Firefox on Android')
  })
})
