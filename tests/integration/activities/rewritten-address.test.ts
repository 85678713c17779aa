import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, deletes, mutes, posts, replies, rewrites } from '../../support/actors/actions.ts'
import { expireActivities, runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { findTextInTables } from '../../support/assertions/find-text-in-tables.ts'

const site = await openSite()
const { actors, db } = site

const gone = ({ uuid, user }: Activity): ErrorItem => ({ code: 'gone', replaced_by: { uuid, handle: user.handle } })
const ask = (who: Client, { uuid }: { uuid: string }) => who.get(`/api/activities/${uuid}`)

describe('happy', () => {
  test('the old address names the new activity, to everybody who may see that', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const old = await posts(anna, 'teh')
    const rewritten = await rewrites(anna, old, 'the')
    await mutes(ben, anna)
    for (const who of [anna, ben, actors.visitor()]) expectErrors(await ask(who, old), 410, [gone(rewritten)])
    expectStatus(await ask(ben, rewritten), 200)
  })

  test('of several rewrites each address names the newest', async () => {
    const [anna] = await users(site, 'anna')
    const first = await posts(anna, 'one')
    const second = await rewrites(anna, first, 'two')
    const third = await rewrites(anna, second, 'three')
    for (const old of [first, second]) expectErrors(await ask(anna, old), 410, [gone(third)])
  })

  test('a rewritten reply, too; the replies that went with the old one name nothing', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const root = await posts(anna, 'hi')
    const old = await replies(ben, root, 'hoo')
    const below = await replies(anna, old, 'below')
    const rewritten = await rewrites(ben, old, 'ho')
    expectErrors(await ask(anna, old), 410, [gone(rewritten)])
    expectErrors(await ask(anna, below), 410, ['gone'])
  })

  test('the page leads there, with and without its author in the address', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const old = await posts(anna, 'teh')
    const rewritten = await rewrites(anna, old, 'the')
    for (const who of [actors.visitor(), ben]) {
      const page = expectStatus(await who.visits(`/@${anna.handle}/status/${old.uuid}`), 302)
      expect(page.headers.get('location')).toBe(`/@${anna.handle}/status/${rewritten.uuid}`)
      expect(page.headers.get('cache-control')).toMatch(/no-store/)
    }
  })

  test('the addresses of the last fifty are kept', async () => {
    const [anna] = await users(site, 'anna')
    let newest = await posts(anna, '0')
    const all = [newest]
    for (const index of Array(52).keys()) {
      newest = await rewrites(anna, newest, `${index + 1}`)
      all.push(newest)
    }
    expectErrors(await ask(anna, all[3] ?? newest), 410, [gone(newest)])
    expectErrors(await ask(anna, all[2] ?? newest), 410, [gone(newest)])
    expectErrors(await ask(anna, all[1] ?? newest), 410, ['gone'])
  })
})

describe('error', () => {
  test.each(['deleted', 'expired'])(
    'once the new one is %s, the old address names nothing, and no table has it',
    async (how) => {
      const [anna] = await users(site, 'anna')
      const old = await posts(anna, 'teh')
      const rewritten = await rewrites(anna, old, 'the')
      expect(Object.keys(await findTextInTables(db, [old.uuid]))).toEqual(['activities'])
      if (how === 'deleted') await deletes(anna, rewritten)
      else await expireActivities(db, rewritten.uuid)
      expectErrors(await ask(anna, old), 410, ['gone'])
      expectStatus(await anna.visits(`/@${anna.handle}/status/${old.uuid}`), 410)
      await runCron(site)
      expect(await findTextInTables(db, [old.uuid, rewritten.uuid])).toEqual({})
    },
  )

  test('a write to the old address is refused as for any that is gone', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const old = await posts(anna, 'teh')
    await rewrites(anna, old, 'the')
    expectErrors(await ben.put(`/api/activities/${old.uuid}/like`), 410, ['gone'])
    expectErrors(await anna.post('/api/activities', { message: 'again', replaces: old.uuid }), 410, ['gone'])
  })
})

describe('security', () => {
  test('users who must not see the new activity do not learn of it', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const old = await posts(anna, 'teh')
    await rewrites(anna, old, 'the')
    await blocks(anna, ben)
    expectErrors(await ask(ben, old), 410, ['gone'])
  })

  test('a reply below a deleted thread is not told of', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const root = await posts(anna, 'hi')
    const old = await replies(ben, root, 'hoo')
    await rewrites(ben, old, 'ho')
    await expireActivities(db, root.uuid)
    expectErrors(await ask(ben, old), 410, ['gone'])
  })

  test('the text that was replaced is in no table', async () => {
    const [anna] = await users(site, 'anna')
    const secret = `secret${crypto.randomUUID().slice(0, 8)}`
    await rewrites(anna, await posts(anna, secret), 'never mind')
    expect(await findTextInTables(db, [secret])).toEqual({})
  })
})
