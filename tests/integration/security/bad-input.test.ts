import { beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const { actors, db } = await openSite()
const JSON_TYPE = { 'content-type': 'application/json' }
const LIMIT = 65_536
const FAMILY = '👨‍👩‍👧‍👦'

let anna: Actor
beforeAll(async () => {
  anna = await actors.join()
})

const postBody = (body: BodyInit, headers = JSON_TYPE): Promise<Answer> =>
  anna.send('POST', '/api/activities', headers, body)
const postMessage = (message: unknown, ttl: unknown = '1-hour') => postBody(JSON.stringify({ message, ttl }))

describe('the message', () => {
  test.each<[string, unknown, ErrorCode]>([
    ['an empty text', '', 'message_blank'],
    ['missing', undefined, 'message_blank'],
    ['null', null, 'message_blank'],
    ['a number', 5, 'message_blank'],
    ['an object', { toString: 'x' }, 'message_blank'],
    ['spaces', '   ', 'message_blank'],
    ['newlines of a form', '\r\n\r\n', 'message_blank'],
    ['no-break spaces', '\u00a0\u2003', 'message_blank'],
    ['invisible characters', '\u034f\ufe0f\u17b4\u17b5\u3164\u0301', 'message_blank'],
    ['281 characters', 'a'.repeat(281), 'message_exceed_max_chars'],
    ['281 families', FAMILY.repeat(281), 'message_exceed_max_chars'],
    ['few characters of many bytes', `a${'\u0301'.repeat(1_400)}`, 'message_exceed_max_chars'],
    ['NUL', 'a\u0000b', 'message_invalid'],
    ['a bell', 'a\u0007b', 'message_invalid'],
    ['a tab', 'a\tb', 'message_invalid'],
    ['a lone high surrogate', 'a\ud83d b', 'message_invalid'],
    ['a lone low surrogate', 'a\ude00 b', 'message_invalid'],
  ])('%s', async (_, message, code) => {
    expectErrors(await postMessage(message), 422, [{ code, field: 'message' }])
  })

  test.each([
    ['280 characters', 'a'.repeat(280)],
    ['112 family emoji, as many bytes as fit', FAMILY.repeat(112)],
    ['280 with space around', `  ${'a'.repeat(280)}\n`],
    ['280 of which some are newlines of a form', `${'a'.repeat(278)}\r\nb`],
    ['letters of every script', 'Žluťoučký кот 猫 قطة 🐈'],
  ])('%s is accepted', async (_, message) => {
    expect(expectStatus(await postMessage(message), 201).body.message).toBe(message.trim().replaceAll('\r\n', '\n'))
  })

  test('of a reply can be longer', async () => {
    const activity = await anna.posts('hi')
    const path = `/api/activities/${activity.uuid}/replies`
    expectStatus(await anna.post(path, { message: 'a'.repeat(1_024) }), 201)
    expectErrors(await anna.post(path, { message: 'a'.repeat(1_025) }), 422, [
      { code: 'message_exceed_max_chars_1024', field: 'message' },
    ])
    expectErrors(await anna.post(path, { message: ' ' }), 422, [{ code: 'message_blank', field: 'message' }])
  })
})

describe('the TTL', () => {
  test.each([undefined, null, '', '2-days', '7 days', 7, ['1-hour'], '__proto__', 'toString'])('%j', async (ttl) => {
    const body = JSON.stringify({ message: 'hi', ...(ttl === undefined ? {} : { ttl }) })
    expectErrors(await postBody(body), 422, [{ code: 'ttl_blank', field: 'ttl' }])
  })

  test('all errors are reported at once', async () => {
    expectErrors(await postBody('{}'), 422, [
      { code: 'message_blank', field: 'message' },
      { code: 'ttl_blank', field: 'ttl' },
    ])
  })
})

describe('the body', () => {
  test.each(['', '{', '{"message":', 'hi', '{"message":"a\nb"}', `{'message':'hi'}`])(
    '%j is malformed',
    async (body) => {
      expectErrors(await postBody(body), 400, ['json_malformed'])
    },
  )

  test.each(['[]', '"hi"', '7', 'null', 'true'])('%s is not an object', async (body) => {
    expectErrors(await postBody(body), 400, ['bad_request'])
  })

  test.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
    ['plain text', 'text/plain'],
    ['a type that begins like JSON', 'application/json-patch+json'],
    ['a list of types', 'text/plain, application/json'],
  ])('%s answers 415', async (_, type) => {
    expectErrors(await postBody('{"message":"hi","ttl":"1-hour"}', { 'content-type': type }), 415, [
      'content_type_unsupported',
    ])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
    '%s is accepted',
    async (type) => {
      expectStatus(await postBody('{"message":"hi","ttl":"1-hour"}', { 'content-type': type }), 201)
    },
  )

  test('of 64 KiB is accepted, one byte more answers 413', async () => {
    const fill = (size: number) => JSON.stringify({ message: 'hi', ttl: '1-hour', x: 'x'.repeat(size - 38) })
    expect(fill(LIMIT)).toHaveLength(LIMIT)
    expectStatus(await postBody(fill(LIMIT)), 201)
    const more = await sendsHeadersOnly(anna, 'POST', '/api/activities', 'application/json', LIMIT + 1)
    expectErrors(more, 413, ['body_too_large'])
  })

  test('without a length is measured while it is read', async () => {
    // The extra byte comes last, so that the whole body is sent when the answer comes.
    const body = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < LIMIT; sent += 8_192) controller.enqueue(new Uint8Array(8_192).fill(32))
        controller.enqueue(new Uint8Array([32]))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { ...JSON_TYPE, authorization: `Bearer ${anna.accessToken}` } }
    const answer = await fetch(`${anna.origin}/api/activities`, { ...init, body, duplex: 'half' } as RequestInit)
    expect(answer.status, await answer.clone().text()).toBe(413)
    expect((await answer.json()).errors).toEqual([{ code: 'body_too_large' }])
  })

  test('of deeply nested arrays is rejected', async () => {
    const answer = await postBody('['.repeat(30_000) + ']'.repeat(30_000))
    expectErrors(answer, 400, ['bad_request'])
  })

  test('that is not UTF-8 is read with replacement characters', async () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('{"message":"a'),
      0xff,
      ...new TextEncoder().encode('b","ttl":"1-hour"}'),
    ])
    expect(expectStatus(await postBody(bytes), 201).body.message).toBe('a\ufffdb')
  })
})

test('nothing that was rejected is stored', async () => {
  const ben = await actors.join('ben')
  for (const body of [
    { message: '', ttl: '1-hour' },
    { message: 'hi', ttl: 'x' },
    { message: 'a\u0000', ttl: '1-day' },
  ]) {
    expectStatus(await ben.post('/api/activities', body), 422)
  }
  const rows = 'select from activities join users on users.uuid = user_uuid where handle = $1'
  expect(await db.sql(rows, [ben.handle])).toHaveLength(0)
})
