import { expect, test } from 'vitest'
import { httpsUrl } from './https-only.ts'

const ask = (url: string, clientIp: string | null = '198.51.100.7', method = 'GET') =>
  httpsUrl(new Request(url, { method, headers: clientIp ? { 'cf-connecting-ip': clientIp } : {} }))

test.each([
  ['http://cruddur.example/signin?next=%2F%40anna', 'https://cruddur.example/signin?next=%2F%40anna'],
  ['http://cruddur.example:8080/', 'https://cruddur.example:8080/'],
  ['http://cruddur.example//evil.example', 'https://cruddur.example//evil.example'],
])('sends %s to %s', (url, location) => {
  for (const method of ['GET', 'POST']) expect(ask(url, undefined, method)).toBe(location)
})

test('does not redirect https:, nor requests from this machine', () => {
  expect(ask('https://cruddur.example/')).toBeUndefined()
  expect(ask('http://127.0.0.1:8787/')).toBeUndefined()
  expect(ask('http://cruddur.example/', null)).toBeUndefined()
})
