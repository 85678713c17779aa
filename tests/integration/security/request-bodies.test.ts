import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db } = site
const { hostname, port, host } = new URL(site.origin)

let anna: Actor
beforeAll(async () => {
  anna = await actors.join()
})

type RawAnswer = { status: number; text: string }

/** Sends raw bytes and waits for an answer, at most `patience` ms; status 0 if none came. */
function sendRaw(head: string[], body: string, patience = 20_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    const end = () => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text })
    }
    socket.on('data', (chunk) => {
      text += chunk
      if (/\r\n\r\n/.test(text)) setImmediate(end)
    })
    socket.on('close', end)
    socket.on('error', end)
    socket.setTimeout(patience, end)
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}

const requestHead = (method: string, path: string, type: string, ...more: string[]) => [
  `${method} ${path} HTTP/1.1`,
  `Host: ${host}`,
  `Origin: ${site.origin}`,
  'Sec-Fetch-Site: same-origin',
  `Cookie: ${[...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`,
  ...(type ? [`Content-Type: ${type}`] : []),
  ...more,
]

const FORM = 'application/x-www-form-urlencoded'
const KIB = 1_024

/** Chunks of a body that does not end. */
const chunks = (bytes: number) => `4000\r\n${' '.repeat(16 * KIB)}\r\n`.repeat(Math.ceil(bytes / (16 * KIB)))

describe('a chunked body without end', () => {
  test.each<[string, string, string, number]>([
    ['POST', '/api/activities', 'application/json', 80 * KIB],
    ['POST', '/api/session', 'application/json', 80 * KIB],
    ['POST', '/api/client-errors', 'application/json', 80 * KIB],
    ['PATCH', '/api/profile', 'application/json', 80 * KIB],
    ['PUT', '/api/profile/avatar', 'image/png', 5_200 * KIB],
    ['POST', '/api/images', 'image/png', 10_300 * KIB],
    // Forms without a length are rejected unread.
    ['POST', '/', FORM, 0],
    ['POST', '/signin', FORM, 0],
    ['POST', '/settings/avatar', 'multipart/form-data; boundary=x', 0],
  ])('%s %s as %s answers 413 as soon as it is too large', async (method, path, type, bytes) => {
    const { status, text } = await sendRaw(requestHead(method, path, type, 'Transfer-Encoding: chunked'), chunks(bytes))
    expect(status, text.slice(0, 500)).toBe(413)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('a body with a wrong length', () => {
  const body = '{"message":"wrong length","ttl":"1-hour"}'

  test.each([
    ['shorter than stated, with the connection cut', `Content-Length: ${body.length + 100}`],
    ['negative', 'Content-Length: -1'],
    ['not a number', 'Content-Length: many'],
    ['too large a number', `Content-Length: ${'9'.repeat(40)}`],
    ['stated twice, differently', `Content-Length: ${body.length}\r\nContent-Length: 1`],
    ['stated twice, differently, in one header', `Content-Length: ${body.length}, 1`],
    ['with an unknown transfer coding', `Content-Length: ${body.length}\r\nTransfer-Encoding: xchunked`],
  ])('%s', async (_, length) => {
    const head = requestHead('POST', '/api/activities', 'application/json', length)
    const { status, text } = await sendRaw(head, body, 1_000)
    // 0 if the Worker waits for the rest of the body.
    expect(status, text).not.toBe(201)
  })

  test('longer than stated: the rest is not treated as another request', async () => {
    const smuggled = `${requestHead('DELETE', '/api/session/all', '', 'Content-Length: 0').slice(0, 2).join('\r\n')}\r\n\r\n`
    const head = requestHead('POST', '/api/activities', 'application/json', `Content-Length: ${body.length}`)
    const { status } = await sendRaw(head, `${body}${smuggled}`)
    expect(status).toBe(201)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('only the last of these was created', async () => {
    expect(await db.sql(`select from activities where message = 'wrong length'`)).toHaveLength(1)
  })
})
