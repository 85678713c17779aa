import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import {
  addsToCircle,
  blocks,
  handlesIn,
  lists,
  postsTo,
  readPages,
  removesFromCircle,
} from '../../support/actors/actions.ts'
import { manyUsers, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site
const CIRCLE = '/api/circle'

describe('happy', () => {
  test('somebody is in it or not, however often that is asked for', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    for (const _ of [1, 2]) expect((await addsToCircle(anna, ben)).handle).toBe(ben.handle)
    expect(await handlesIn(anna, CIRCLE)).toEqual([ben.handle])
    for (const _ of [1, 2]) await removesFromCircle(anna, ben)
    expect(await lists(anna, CIRCLE)).toEqual([])
  })

  test('it is paged by handle', async () => {
    const [anna] = await users(site, 'anna')
    const others = await manyUsers(site, 7)
    for (const other of others) await addsToCircle(anna, other)
    const byHandle = others.toSorted((a, b) => (a.handle < b.handle ? -1 : 1)).map(({ uuid }) => uuid)
    const pages = await readPages(anna, CIRCLE, 3)
    expect(pages).toEqual([byHandle.slice(0, 3), byHandle.slice(3, 6), byHandle.slice(6)])
  })
})

describe('error', () => {
  test('oneself, and nobody', async () => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.put(`${CIRCLE}/@${anna.handle}`), 422, ['circle_self'])
    for (const method of ['PUT', 'DELETE']) {
      for (const segment of ['@nobody_has_this', 'anna', '@a-b']) {
        expectErrors(await anna.send(method, `${CIRCLE}/${segment}`), 404, ['not_found'])
      }
    }
    expectErrors(await anna.get(`${CIRCLE}?cursor=A-B`), 400, [{ code: 'cursor_malformed', field: 'cursor' }])
  })
})

describe('security', () => {
  test('nobody but its owner learns of it: no notification, no count, no list, no profile', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const seenBy = (who: typeof ben) =>
      Promise.all(
        [
          `/api/users/@${anna.handle}`,
          `/api/users/@${ben.handle}`,
          `/api/users/@${ben.handle}/followers`,
          '/api/notifications',
          '/api/notifications/unread',
          CIRCLE,
          '/api/profile',
        ].map(async (path) => expectStatus(await who.get(path), 200).body),
      )
    const before = [await seenBy(ben), await seenBy(cleo)]
    await addsToCircle(anna, ben)
    expect([await seenBy(ben), await seenBy(cleo)]).toEqual(before)
    expect(await db.sql('select from notifications where recipient_uuid = $1', [ben.uuid])).toHaveLength(0)
  })

  test('a block takes either out of the other’s, and neither can be put back', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await addsToCircle(anna, ben)
    await addsToCircle(ben, anna)
    await blocks(ben, anna)
    for (const [one, other] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      expect(await lists(one, CIRCLE)).toEqual([])
      expectErrors(await one.put(`${CIRCLE}/@${other.handle}`), 404, ['not_found'])
    }
    expect(await db.sql('select from circle_members where owner_uuid in ($1, $2)', [anna.uuid, ben.uuid])).toEqual([])
  })

  test('signed out there is none', async () => {
    const [ben] = await users(site, 'ben')
    expectErrors(await actors.visitor().get(CIRCLE), 401, ['unauthorized'])
    for (const method of ['PUT', 'DELETE']) {
      expectErrors(await actors.visitor().send(method, `${CIRCLE}/@${ben.handle}`), 401, ['unauthorized'])
    }
  })

  test('nobody is put into a circle in somebody else’s name', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    expectStatus(await anna.put(`${CIRCLE}/@${cleo.handle}`, { owner_uuid: ben.uuid, viewer_sub: ben.sub }), 200)
    const crud = await postsTo(ben, { audience: 'circle' }, 'to my circle')
    expectStatus(await cleo.get(`/api/activities/${crud.uuid}`), 410)
    expect(await lists(ben, CIRCLE)).toEqual([])
  })
})
