import { expect, test } from 'vitest'
import { clientIpOf } from './client-ip.ts'

const of = (headers: Record<string, string>) => clientIpOf(new Request('https://cruddur.example/', { headers }))

test.each([
  ['keeps an IPv4 address', '203.0.113.9', '203.0.113.9'],
  ['reduces an IPv6 address to its /64 network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['ignores the last 64 bits', '2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['expands a shortened IPv6 address', '2001:db8::1', '2001:db8:0:0::/64'],
  ['normalizes leading zeros and capitals', '2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['unwraps an IPv4 address mapped to IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
  ['returns null for IPv4 loopback', '127.0.0.1', null],
  ['returns null for IPv6 loopback', '::1', null],
])('%s', (_, header, expected) => {
  expect(of({ 'cf-connecting-ip': header })).toBe(expected)
})

test('ignores headers that clients can forge', () => {
  const forged = { 'x-forwarded-for': '203.0.113.1', 'true-client-ip': '203.0.113.2', 'x-real-ip': '203.0.113.3' }
  expect(of({ ...forged, 'cf-connecting-ip': '203.0.113.9' })).toBe('203.0.113.9')
  expect(of({ ...forged, forwarded: 'for=203.0.113.4' })).toBeNull()
})
