import { describe, expect, test } from 'vitest'
import { PING, PONG } from '../../../worker/contract/live.ts'
import type { Client } from '../../harness/client.ts'
import type { LiveSocket } from '../../harness/live-socket.ts'
import { openSite } from '../../harness/site.ts'
import {
  addsToCircle,
  approvesFollowers,
  blocks,
  deletes,
  follows,
  likes,
  mutes,
  posts,
  postsTo,
  replies,
  reposts,
  rewrites,
  sendsMessage,
  unlikes,
} from '../../support/actors/actions.ts'
import { opensSocket } from '../../support/actors/live-socket.ts'
import { type ApiUser, moderators, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()

/** Users with an open tab each. */
async function makeTabs<Names extends string[]>(...names: Names) {
  const people = await users(site, ...names)
  const sockets = await Promise.all((people as ApiUser[]).map((person) => opensSocket(person)))
  return { people, sockets }
}

/** What each socket was sent, after everything that the Worker had to send: nudges go out in order, before a later answer to a ping. */
async function framesOf(sockets: LiveSocket[]): Promise<string[][]> {
  await Promise.all(sockets.map(settled))
  return sockets.map(({ frames }) => frames.filter((frame) => frame !== PONG))
}

async function settled(socket: LiveSocket): Promise<void> {
  const pongs = () => socket.frames.filter((frame) => frame === PONG).length
  const before = pongs()
  socket.send(PING)
  await expect.poll(pongs).toBe(before + 1)
}

const NOTIFICATION = '{"kind":"notification"}'

describe('a notification nudges its recipient alone', () => {
  test.each<[string, (anna: ApiUser, ben: ApiUser) => Promise<unknown>]>([
    ['a reply', async (anna, ben) => replies(ben, await posts(anna, 'hi'), 'ho')],
    ['a mention', (anna, ben) => posts(ben, `hi @${anna.handle}`)],
    [
      'a mention in a rewritten activity',
      async (anna, ben) => rewrites(ben, await posts(ben, 'hi'), `hi @${anna.handle}`),
    ],
    ['a like', async (anna, ben) => likes(ben, await posts(anna, 'hi'))],
    ['a repost', async (anna, ben) => reposts(ben, await posts(anna, 'hi'))],
    ['a follow', (anna, ben) => follows(ben, anna)],
    [
      'a follow request',
      async (anna, ben) => {
        await approvesFollowers(anna)
        await follows(ben, anna)
      },
    ],
  ])('%s', async (_, act) => {
    const { people, sockets } = await makeTabs('anna', 'ben', 'cleo')
    const [anna, ben] = people
    await act(anna, ben)
    await expect.poll(() => framesOf(sockets)).toEqual([[NOTIFICATION], [], []])
  })

  test('all tabs of its recipient', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben')
    const [anna, ben] = people
    const second = await opensSocket(anna)
    await follows(ben, anna)
    await expect.poll(() => framesOf([...sockets, second])).toEqual([[NOTIFICATION], [], [NOTIFICATION]])
  })

  test('a decision of a moderator: its author and whoever reported', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben', 'cleo')
    const [anna, ben] = people
    const [moderator] = await moderators(site, 'moderator')
    const { uuid, message, report_token } = await posts(anna, 'bad')
    const report = { activity_uuid: uuid, message, report_token, reason: 'spam' }
    const { body } = expectStatus(await ben.post('/api/reports', report), 201)
    const decision = { action: 'delete', rule: 'spam', statement: 'why' }
    expectStatus(await moderator.post(`/api/moderation/reports/${body.uuid}/decision`, decision), 204)
    await expect.poll(() => framesOf(sockets)).toEqual([[NOTIFICATION], [NOTIFICATION], []])
  })
})

describe('nothing is sent', () => {
  /** Runs `act`, then a like that nudges Anna, which everything before would precede. */
  async function framesAfter(act: (anna: ApiUser, ben: ApiUser, cleo: ApiUser) => Promise<unknown>) {
    const { people, sockets } = await makeTabs('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = people
    await act(anna, ben, cleo)
    const [dora] = await users(site, 'dora')
    await Promise.all([anna, ben, cleo].map((person) => follows(dora, person)))
    await expect.poll(async () => (await framesOf(sockets)).every((frames) => frames.length > 0)).toBe(true)
    return framesOf(sockets)
  }

  test.each<[string, (anna: ApiUser, ben: ApiUser, cleo: ApiUser) => Promise<unknown>]>([
    [
      'to whoever muted the actor',
      async (anna, ben) => {
        const activity = await posts(anna, 'hi')
        await mutes(anna, ben)
        await likes(ben, activity)
        await reposts(ben, activity)
        await replies(ben, activity, `ho @${anna.handle}`)
        await follows(ben, anna)
      },
    ],
    [
      'for a mention by a blocked user',
      async (anna, ben) => {
        await blocks(anna, ben)
        await posts(ben, `hi @${anna.handle}`)
      },
    ],
    [
      'for a mention outside of the audience',
      async (anna, ben, cleo) => {
        await addsToCircle(ben, cleo)
        await postsTo(ben, { audience: 'circle' }, `hi @${anna.handle}`)
      },
    ],
    [
      'for one’s own reply, mention and like',
      async (anna) => {
        await likes(anna, await replies(anna, await posts(anna, `hi @${anna.handle}`), 'ho'))
      },
    ],
    [
      'for a second like, and for what is taken back',
      async (anna, ben) => {
        const activity = await posts(anna, 'hi')
        await site.db.sql('insert into likes (user_uuid, activity_uuid) values ($1, $2)', [ben.uuid, activity.uuid])
        await likes(ben, activity)
        await unlikes(ben, activity)
        await deletes(anna, activity)
      },
    ],
  ])('%s', async (_, act) => {
    expect(await framesAfter(act)).toEqual([[NOTIFICATION], [NOTIFICATION], [NOTIFICATION]])
  })

  test('for a request that is repeated with its idempotency key', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben')
    const [anna, ben] = people
    const activity = await posts(anna, 'hi')
    const sends = async (path: string, json: object, key: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      expectStatus(await ben.send('POST', path, headers, JSON.stringify(json)), 201)
    }
    const [reply, message] = [crypto.randomUUID(), crypto.randomUUID()]
    for (let i = 0; i < 2; i += 1) {
      await sends(`/api/activities/${activity.uuid}/replies`, { message: 'ho' }, reply)
      await sends('/api/messages', { message: 'ho', handle: anna.handle }, message)
    }
    await follows(ben, anna)
    await expect
      .poll(async () => (await framesOf(sockets))[0]?.map((frame) => JSON.parse(frame).kind))
      .toEqual(['notification', 'message', 'notification'])
  })
})

describe('a conversation nudges its two members', () => {
  const message = (uuid: string) => JSON.stringify({ kind: 'message', uuid })

  test('for a message, and for its deletion', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben', 'cleo')
    const [anna, ben] = people
    const { uuid, message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    await expect.poll(() => framesOf(sockets)).toEqual([[message(group)], [message(group)], []])
    expectStatus(await ben.delete(`/api/messages/${uuid}`), 204)
    const twice = [message(group), message(group)]
    await expect.poll(() => framesOf(sockets)).toEqual([twice, twice, []])
  })

  test('but not whoever has declined it', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben')
    const [anna, ben] = people
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'psst')
    expectStatus(await anna.delete(`/api/message_groups/${group}`), 204)
    const { uuid } = await sendsMessage(ben, anna, 'psst')
    expectStatus(await ben.delete(`/api/messages/${uuid}`), 204)
    const own = [message(group), message(group), message(group)]
    await expect.poll(() => framesOf(sockets)).toEqual([[message(group)], own])
  })

  test('when a moderator deletes a message', async () => {
    const { people, sockets } = await makeTabs('anna', 'ben')
    const [anna, ben] = people
    const [moderator] = await moderators(site, 'moderator')
    const sent = await sendsMessage(ben, anna, 'bad')
    const [listed] = (await anna.get(`/api/message_groups/${sent.message_group_uuid}/messages`)).body.data
    const report = { message_uuid: sent.uuid, message: 'bad', report_token: listed.report_token, reason: 'spam' }
    const { body } = expectStatus(await anna.post('/api/reports', report), 201)
    const decision = { action: 'delete', rule: 'spam', statement: 'why' }
    expectStatus(await moderator.post(`/api/moderation/reports/${body.uuid}/decision`, decision), 204)
    const nudge = message(sent.message_group_uuid)
    const sorted = async () => (await framesOf(sockets)).map((frames) => frames.toSorted())
    await expect.poll(sorted).toEqual([
      [nudge, nudge, NOTIFICATION],
      [nudge, nudge, NOTIFICATION],
    ])
  })
})

test('no frame holds a text, a handle or a uuid but that of one’s own conversation', async () => {
  const { people, sockets } = await makeTabs('anna', 'ben')
  const [anna, ben] = people
  const activity = await posts(anna, 'a secret thought')
  await likes(ben, activity)
  await replies(ben, activity, `a secret answer @${anna.handle}`)
  const { message_group_uuid: group } = await sendsMessage(ben as Client & ApiUser, anna, 'a secret message')
  await expect.poll(async () => (await framesOf(sockets)).flat().length).toBe(4)
  const allowed = ['{"kind":"notification"}', `{"kind":"message","uuid":"${group}"}`]
  expect((await framesOf(sockets)).flat().filter((frame) => !allowed.includes(frame))).toEqual([])
})
