import { describe, expect, test } from 'vitest'
import { CLOSE, LIVE_PATH, PING, PONG, SOCKETS_MAX } from '../../../worker/contract/live.ts'
import { openSite } from '../../harness/site.ts'
import { lists } from '../../support/actors/actions.ts'
import { opensSocket, socketStatus } from '../../support/actors/live-socket.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site

const SESSION = JSON.stringify({ kind: 'session' })

describe('GET /api/live', () => {
  test('opens a socket for a session, in one round trip', async () => {
    const anna = await actors.join()
    const before = site.database.count()
    expect(await socketStatus(anna)).toBe(101)
    expect(site.database.count() - before).toBe(1)
  })

  test('refuses visitors, ended sessions, other origins and requests without one', async () => {
    const anna = await actors.join()
    expect(await socketStatus(actors.visitor())).toBe(401)
    expect(await socketStatus(anna, { origin: 'https://evil.example' })).toBe(403)
    expect(await socketStatus(anna, { origin: '' })).toBe(403)
    const copy = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) copy.cookies.set(name, value)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(await socketStatus(copy)).toBe(401)
  })

  test('answers 400 to a plain request', async () => {
    const anna = await actors.join()
    expectErrors(await anna.get(LIVE_PATH), 400, ['bad_request'])
  })

  test('answers pings', async () => {
    const socket = await opensSocket(await actors.join())
    socket.send(PING)
    await expect.poll(() => socket.frames).toEqual([PONG])
  })

  test('closes a socket that sends anything else', async () => {
    const socket = await opensSocket(await actors.join())
    socket.send('hello')
    expect(await socket.closed).toBe(1003)
  })

  test('closes the oldest socket of a user who opens too many', async () => {
    const anna = await actors.join()
    const oldest = await opensSocket(anna)
    for (let i = 1; i < SOCKETS_MAX; i += 1) await opensSocket(anna)
    const newest = await opensSocket(anna)
    expect(await oldest.closed).toBe(CLOSE.tooMany)
    newest.send(PING)
    await expect.poll(() => newest.frames).toEqual([PONG])
  })
})

describe('a session that ends', () => {
  /** Anna on two devices, each with an open tab, and Ben with one. */
  async function makeTabs() {
    const [anna, ben] = await Promise.all([actors.join(), actors.join('ben')])
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const [own, other, bens] = await Promise.all([anna, phone, ben].map(opensSocket))
    if (!own || !other || !bens) throw new Error('A socket is missing.')
    return { anna, phone, own, other, bens }
  }

  test('by signing out closes its own tabs without a nudge, and no others', async () => {
    const { anna, own, other, bens } = await makeTabs()
    expectStatus(await anna.delete('/api/session'), 204)
    expect(await own.closed).toBe(CLOSE.checkSession)
    for (const socket of [other, bens]) socket.send(PING)
    await expect.poll(() => [own, other, bens].map(({ frames }) => frames)).toEqual([[], [PONG], [PONG]])
  })

  test('on another device nudges and closes the tabs there', async () => {
    const { anna, own, other } = await makeTabs()
    const devices = await lists(anna, '/api/session/devices')
    const { uuid } = devices.find(({ current }) => !current)
    expectStatus(await anna.delete(`/api/session/devices/${uuid}`), 204)
    expect(await other.closed).toBe(CLOSE.checkSession)
    own.send(PING)
    await expect.poll(() => [own.frames, other.frames]).toEqual([[PONG], [SESSION]])
  })

  test('with all others nudges and closes all tabs but one’s own', async () => {
    const { anna, own, other } = await makeTabs()
    expectStatus(await anna.delete('/api/session/others'), 204)
    expect(await other.closed).toBe(CLOSE.checkSession)
    own.send(PING)
    await expect.poll(() => [own.frames, other.frames]).toEqual([[PONG], [SESSION]])
  })

  test.each([
    ['with all others and one’s own', 'DELETE', '/api/session/all', undefined],
    ['by a new password', 'PUT', '/api/session/password', { current: 'Cruddur-2026!', new: 'Another-2027?' }],
    ['with the account', 'DELETE', '/api/profile', { password: 'Cruddur-2026!' }],
  ])('%s closes all tabs, and nudges those of other sessions', async (_, method, path, json) => {
    const { anna, own, other, bens } = await makeTabs()
    const type = json ? { 'content-type': 'application/json' } : {}
    const { status } = await anna.send(method, path, type, json && JSON.stringify(json))
    expect([200, 204]).toContain(status)
    expect(await Promise.all([own.closed, other.closed])).toEqual([CLOSE.checkSession, CLOSE.checkSession])
    bens.send(PING)
    await expect.poll(() => [own, other, bens].map(({ frames }) => frames)).toEqual([[], [SESSION], [PONG]])
  })

  test('by a recovered password nudges and closes all tabs', async () => {
    const { anna, own, other } = await makeTabs()
    const visitor = anna.onAnotherDevice()
    expectStatus(await visitor.post('/api/session/recover', { email: anna.email }), 204)
    const sent = { email: anna.email, code: anna.code, password: 'Another-2027?' }
    expectStatus(await visitor.post('/api/session/recover/confirm', sent), 204)
    expect(await Promise.all([own.closed, other.closed])).toEqual([CLOSE.checkSession, CLOSE.checkSession])
    expect([own.frames, other.frames]).toEqual([[SESSION], [SESSION]])
  })
})
