import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, likes, posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { opensSocket, socketStatus } from '../../support/actors/live-socket.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { SOCKET_FAULT_HEADER, type SocketFault } from '../../support/faults/faulty-sockets.ts'

const site = await openSite({ faultySockets: true })

const breaks = (fault: SocketFault) => site.actors.visitor().get('/api/health-check', { [SOCKET_FAULT_HEADER]: fault })

/** Each write that nudges somebody, once. */
async function writes(anna: ApiUser, ben: ApiUser): Promise<void> {
  const activity = await posts(anna, `hi @${ben.handle}`)
  await replies(ben, activity, 'ho')
  await likes(ben, activity)
  await follows(ben, anna)
  await sendsMessage(ben, anna, 'psst')
}

/** The fastest time of `writes` by three pairs of users, in ms: a busy machine slows all of them down rarely. */
async function timeOfWrites(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i += 1) {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const startedAt = performance.now()
    await writes(anna, ben)
    times.push(performance.now() - startedAt)
  }
  return Math.min(...times)
}

/** Faults that refuse a socket. While the objects are slow, the tab gives up by itself. */
const REFUSING: [SocketFault, status: number][] = [
  ['down', 503],
  ['over-limit', 503],
  ['unbound', 404],
]

describe.each<SocketFault>(['down', 'over-limit', 'slow', 'unbound'])('while the objects are %s', (fault) => {
  test('all writes succeed, as fast as ever, and nudges are lost', async () => {
    await breaks('none')
    const before = await timeOfWrites()
    const [cleo, dora, emil] = await users(site, 'cleo', 'dora', 'emil')
    const socket = await opensSocket(cleo)
    await breaks(fault)
    const during = await timeOfWrites()
    await follows(dora, cleo)
    await breaks('none')
    // An object that is waited for would add seconds.
    expect(during).toBeLessThan(2 * before + 500)
    await follows(emil, cleo)
    await expect.poll(() => socket.frames).toEqual(['{"kind":"notification"}'])
  })
})

test.each(REFUSING)(
  'while the objects are %s, a socket is refused with %i, and opens again afterwards',
  async (fault, status) => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await breaks(fault)
    expect(await socketStatus(anna)).toBe(status)
    await breaks('none')
    const socket = await opensSocket(anna)
    await follows(ben, anna)
    await expect.poll(() => socket.frames).toEqual(['{"kind":"notification"}'])
  },
)

test('logs that nudges fail, but not each one', async () => {
  await breaks('down')
  await timeOfWrites()
  await breaks('none')
  const lines = site.log.filter((line) => line.includes('live_unavailable') && !line.includes('/api/live'))
  // One a minute; more than a dozen nudges have failed by now.
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThan(5)
})
