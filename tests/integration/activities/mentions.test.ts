import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, lists, posts, reads, replies, rewrites, unblocks } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site

describe('happy', () => {
  test('an activity names the handles in it that are of users, once and in lower case', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const message = `@${ben.handle} @${cleo.handle.toUpperCase()} @${ben.handle} @nobody_has_this a@${anna.handle}.com @${anna.handle}`
    const activity = await posts(anna, message)
    expect(activity.mentions).toEqual([anna.handle, ben.handle, cleo.handle].sort())
    for (const who of [anna, actors.visitor()]) {
      const { ancestors: _, ...shown } = await reads(who, `/api/activities/${activity.uuid}`)
      expect(shown.mentions).toEqual(activity.mentions)
      expect((await lists(who, `/api/users/@${anna.handle}/activities`))[0]).toEqual(shown)
    }
  })

  test('so do replies and what is rewritten; without a mention there are none', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'hi')
    expect(activity.mentions).toEqual([])
    const reply = await replies(anna, activity, `look, @${ben.handle}`)
    expect(reply.mentions).toEqual([ben.handle])
    expect((await rewrites(anna, reply, 'never mind, @nobody_has_this')).mentions).toEqual([])
  })
})

describe('security', () => {
  test('a user whom the viewer does not see is not told of, nor one who deletes their account', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const cleo = await actors.join('cleo')
    const { uuid } = await posts(anna, `@${ben.handle} and @${cleo.handle}`)
    const mentions = async (who = actors.visitor()) => (await reads(who, `/api/activities/${uuid}`)).mentions
    expect(await mentions()).toEqual([ben.handle, cleo.handle].sort())
    await blocks(ben, cleo)
    expect(await mentions(cleo)).toEqual([cleo.handle])
    expect(await mentions(ben)).toEqual([ben.handle])
    await unblocks(ben, cleo)
    expect(await mentions(cleo)).toEqual([ben.handle, cleo.handle].sort())
    expectStatus(await cleo.deletesAccount(), 204)
    expect(await mentions()).toEqual([ben.handle])
  })

  test('a mention across a block links to nobody', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await blocks(ben, anna)
    expect((await posts(anna, `@${ben.handle}`)).mentions).toEqual([])
  })
})
