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

/** What came back of bytes that were sent as they are. The line stays open until then, or for a second. */
type Heard = { status: number; text: string }

function speaks(head: string[], body: string): Promise<Heard> {
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
    socket.setTimeout(1_000, end)
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}

const headOf = (method: string, path: string, type: string, ...more: string[]) => [
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

/** The beginning of a body that does not say how long it is, and does not end. */
const chunks = (bytes: number) => `4000\r\n${' '.repeat(16 * KIB)}\r\n`.repeat(Math.ceil(bytes / (16 * KIB)))

describe('a body without end, which does not say how long it is', () => {
  test.each<[string, string, string, number]>([
    ['POST', '/api/activities', 'application/json', 80 * KIB],
    ['POST', '/api/session', 'application/json', 80 * KIB],
    ['POST', '/api/client-errors', 'application/json', 80 * KIB],
    ['PATCH', '/api/profile', 'application/json', 80 * KIB],
    ['PUT', '/api/profile/avatar', 'image/png', 5_200 * KIB],
    // Forms say how long they are, or are not read at all.
    ['POST', '/', FORM, 0],
    ['POST', '/signin', FORM, 0],
    ['POST', '/settings/avatar', 'multipart/form-data; boundary=x', 0],
  ])('%s %s as %s: 413 as soon as there is too much of it', async (method, path, type, bytes) => {
    const { status, text } = await speaks(headOf(method, path, type, 'Transfer-Encoding: chunked'), chunks(bytes))
    expect(status, text.slice(0, 500)).toBe(413)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })
})

describe('a body whose length is a lie', () => {
  const body = '{"message":"a lie","ttl":"1-hour"}'

  test.each([
    ['shorter than it says, and the line is cut', `Content-Length: ${body.length + 100}`],
    ['negative', 'Content-Length: -1'],
    ['no number', 'Content-Length: many'],
    ['past all numbers', `Content-Length: ${'9'.repeat(40)}`],
    ['told twice, differently', `Content-Length: ${body.length}\r\nContent-Length: 1`],
    ['told twice, differently, in one line', `Content-Length: ${body.length}, 1`],
    ['hidden behind another coding', `Content-Length: ${body.length}\r\nTransfer-Encoding: xchunked`],
  ])('%s', async (_, length) => {
    const head = headOf('POST', '/api/activities', 'application/json', length)
    const { status, text } = await speaks(head, body)
    // Zero: whoever waits for more than there is waits for as long as the sender does.
    expect(status, text).not.toBe(201)
  })

  test('longer than it says: the rest is not another request of this person', async () => {
    const smuggled = `${headOf('DELETE', '/api/session/all', '', 'Content-Length: 0').slice(0, 2).join('\r\n')}\r\n\r\n`
    const head = headOf('POST', '/api/activities', 'application/json', `Content-Length: ${body.length}`)
    const { status } = await speaks(head, `${body}${smuggled}`)
    expect(status).toBe(201)
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('nothing but the last of these was made', async () => {
    expect(await db.sql(`select from activities where message = 'a lie'`)).toHaveLength(1)
  })
})
