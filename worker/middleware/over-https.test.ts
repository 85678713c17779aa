import { expect, test } from 'vitest'
import { overHttps } from './over-https.ts'

const ask = (url: string, clientIp: string | null = '198.51.100.7', method = 'GET') =>
  overHttps(new Request(url, { method }), { clientIp })

test.each([
  ['http://cruddur.example/signin?next=%2F%40anna', 'https://cruddur.example/signin?next=%2F%40anna'],
  ['http://cruddur.example:8080/', 'https://cruddur.example:8080/'],
  ['http://cruddur.example//evil.example', 'https://cruddur.example//evil.example'],
])('%s goes on at %s', (url, location) => {
  for (const method of ['GET', 'POST']) {
    const answer = ask(url, undefined, method)
    expect(answer?.status).toBe(308)
    expect(answer?.headers.get('location')).toBe(location)
  }
})

test('what is asked for by https is answered, and everything on this machine, whatever it says of itself', () => {
  expect(ask('https://cruddur.example/')).toBeUndefined()
  expect(ask('http://127.0.0.1:8787/')).toBeUndefined()
  expect(ask('http://cruddur.example/', null)).toBeUndefined()
})
