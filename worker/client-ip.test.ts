import { expect, test } from 'vitest'
import { clientIpOf } from './client-ip.ts'

const of = (headers: Record<string, string>) => clientIpOf(new Request('https://cruddur.example/', { headers }))

test.each([
  ['an IPv4 address is itself', '203.0.113.9', '203.0.113.9'],
  ['an IPv6 address is its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['whatever stands behind it', '2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['shortened', '2001:db8::1', '2001:db8:0:0::/64'],
  ['with zeros in front, and in capitals', '2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['an IPv4 address in an IPv6 one is the former', '::ffff:203.0.113.9', '203.0.113.9'],
  ['this machine is nobody', '127.0.0.1', null],
  ['this machine by its other name', '::1', null],
])('%s', (_, told, expected) => {
  expect(of({ 'cf-connecting-ip': told })).toBe(expected)
})

test('headers that anybody can send do not count', () => {
  const forged = { 'x-forwarded-for': '203.0.113.1', 'true-client-ip': '203.0.113.2', 'x-real-ip': '203.0.113.3' }
  expect(of({ ...forged, 'cf-connecting-ip': '203.0.113.9' })).toBe('203.0.113.9')
  expect(of({ ...forged, forwarded: 'for=203.0.113.4' })).toBeNull()
})
