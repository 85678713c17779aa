import { describe, expect, test } from 'vitest'
import type { WhoCanReply } from '../../../worker/contract/audience.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, follows, letsReply, lists, postsTo, reads, replies } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

const asks = (who: ApiUser, json: unknown, { uuid }: { uuid: string }) =>
  who.send('PATCH', `/api/activities/${uuid}`, { 'content-type': 'application/json' }, JSON.stringify(json))

/** An author, a follower, somebody mentioned and a stranger. */
async function cast() {
  const [author, follower, mentioned, stranger] = await users(site, 'author', 'follower', 'mentioned', 'stranger')
  await follows(follower, author)
  return { author, follower, mentioned, stranger }
}

const MAY: Record<WhoCanReply, string[]> = {
  everyone: ['author', 'follower', 'mentioned', 'stranger'],
  followers: ['author', 'follower'],
  mentioned: ['author', 'mentioned'],
  nobody: ['author'],
}

describe('who may reply', () => {
  test.each(Object.keys(MAY) as WhoCanReply[])(
    '%s: may, also deep in the thread; others get 403',
    async (who_can_reply) => {
      const who = await cast()
      const root = await postsTo(who.author, { who_can_reply }, `hi @${who.mentioned.handle}`)
      const deep = await replies(who.author, root, 'to go on')
      for (const [name, person] of Object.entries(who)) {
        const may = MAY[who_can_reply].includes(name)
        for (const { uuid } of [root, deep]) {
          const shown = await reads(person, `/api/activities/${uuid}`)
          expect(shown, name).toMatchObject({ who_can_reply, viewer: { can_reply: may } })
          const answer = await person.post(`/api/activities/${uuid}/replies`, { message: `by ${name}` })
          if (may) expectStatus(answer, 201)
          else expectErrors(answer, 403, ['reply_not_allowed'])
        }
      }
      expect(await lists(actors.visitor(), `/api/activities/${root.uuid}/replies`)).toHaveLength(
        MAY[who_can_reply].length + 1,
      )
      expect((await reads(actors.visitor(), `/api/activities/${root.uuid}`)).viewer).toBeNull()
    },
  )

  test('changed later, it holds for new replies: those that are there stay', async () => {
    const { author, stranger } = await cast()
    const root = await postsTo(author, {}, 'hi')
    const reply = await replies(stranger, root, 'first')
    expect(await letsReply(author, root, 'nobody')).toMatchObject({ uuid: root.uuid, who_can_reply: 'nobody' })
    expectErrors(await stranger.post(`/api/activities/${reply.uuid}/replies`, { message: 'more' }), 403, [
      'reply_not_allowed',
    ])
    expect(await lists(stranger, `/api/activities/${root.uuid}/replies`)).toHaveLength(1)
    await letsReply(author, root, 'everyone')
    await replies(stranger, reply, 'more')
  })

  test('a refused reply leaves its key to be used again', async () => {
    const { author, stranger } = await cast()
    const root = await postsTo(author, { who_can_reply: 'nobody' }, 'hi')
    const send = () =>
      stranger.send(
        'POST',
        `/api/activities/${root.uuid}/replies`,
        { 'content-type': 'application/json', 'idempotency-key': `key-${root.uuid}` },
        JSON.stringify({ message: 'ho' }),
      )
    expectErrors(await send(), 403, ['reply_not_allowed'])
    await letsReply(author, root, 'everyone')
    expectStatus(await send(), 201)
  })

  test('who was mentioned and is blocked is not among them', async () => {
    const { author, mentioned, stranger } = await cast()
    const root = await postsTo(author, { who_can_reply: 'mentioned' }, `hi @${mentioned.handle}`)
    const deep = await replies(mentioned, root, 'mine')
    await blocks(author, mentioned)
    // Their own reply they see still; the thread is not theirs to go on with.
    expectErrors(await mentioned.post(`/api/activities/${deep.uuid}/replies`, { message: 'more' }), 403, [
      'reply_not_allowed',
    ])
    expectErrors(await stranger.post(`/api/activities/${deep.uuid}/replies`, { message: 'hm' }), 403, [
      'reply_not_allowed',
    ])
  })
})

describe('error', () => {
  test.each([[{}], [{ who_can_reply: null }], [{ who_can_reply: 'circle' }], [{ who_can_reply: '' }]])(
    '%j: 422, and nothing changes',
    async (json) => {
      const { author } = await cast()
      const root = await postsTo(author, { who_can_reply: 'followers' }, 'hi')
      expectErrors(await asks(author, json, root), 422, [{ code: 'who_can_reply_invalid', field: 'who_can_reply' }])
      expect((await reads(author, `/api/activities/${root.uuid}`)).who_can_reply).toBe('followers')
    },
  )

  test('of a reply: 422, for its root has the say', async () => {
    const { author } = await cast()
    const reply = await replies(author, await postsTo(author, {}, 'hi'), 'ho')
    expectErrors(await asks(author, { who_can_reply: 'nobody' }, reply), 422, [
      { code: 'not_top_level', field: 'who_can_reply' },
    ])
  })
})

describe('security', () => {
  test('somebody else’s is 403, and what they may not see 410', async () => {
    const { author, stranger } = await cast()
    const crud = await postsTo(author, {}, 'hi')
    expectErrors(await asks(stranger, { who_can_reply: 'nobody' }, crud), 403, ['not_yours'])
    const hidden = await postsTo(author, { audience: 'circle' }, 'hi')
    expectErrors(await asks(stranger, { who_can_reply: 'nobody' }, hidden), 410, ['gone'])
    const rows = await db.sql('select who_can_reply from activities where user_uuid = $1', [author.uuid])
    expect(rows).toEqual([{ who_can_reply: 'everyone' }, { who_can_reply: 'everyone' }])
  })
})
