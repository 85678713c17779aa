import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { deletes, handlesIn, lists, posts, reads, replies, uuidsIn } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

const uniqueWord = (prefix: string) => `${prefix}${crypto.randomUUID().slice(0, 8)}`
const activitySearch = (term: string) => `/api/activities/search?term=${encodeURIComponent(term)}`
const userSearch = (term: string) => `/api/users/search?term=${encodeURIComponent(term)}`

describe('activities', () => {
  test('are found by a word in any case, including replies, newest first', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('zebra')
    const first = await posts(anna, `A ${word.toUpperCase()}!`)
    const reply = await replies(anna, first, `what of the ${word}?`)
    await posts(anna, `no z${word}`)
    const visitor = actors.visitor()
    expect(await uuidsIn(visitor, activitySearch(word))).toEqual([reply.uuid, first.uuid])
    expect((await lists(anna, activitySearch(word)))[1]).toEqual({ ...first, replies_count: 1 })
  })

  test('are found by all words in any order; quotes, - and or work as in a web search', async () => {
    const [anna] = await users(site, 'anna')
    const [one, two, three] = [uniqueWord('one'), uniqueWord('two'), uniqueWord('three')]
    const both = await posts(anna, `${one} and ${two}`)
    const next = await posts(anna, `${one} ${two}`)
    const last = await posts(anna, `${two} ${three}`)
    const found = (term: string) => uuidsIn(anna, activitySearch(term))
    expect(await found(`${two} ${one}`)).toEqual([next.uuid, both.uuid])
    expect(await found(`"${one} ${two}"`)).toEqual([next.uuid])
    expect(await found(`"${two} ${one}"`)).toEqual([])
    expect(await found(`${two} -${one}`)).toEqual([last.uuid])
    expect(await found(`${one} or ${three}`)).toEqual([last.uuid, next.uuid, both.uuid])
  })

  test('are found in any language, by tag and by handle', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('Žluť')
    const activity = await posts(anna, `${word} привет مرحبا #${word} @${anna.handle}`)
    for (const term of [word.toLowerCase(), `${word} ПРИВЕТ`, `${word} مرحبا`, `#${word}`, `@${anna.handle}`]) {
      expect(await uuidsIn(anna, activitySearch(term)), term).toEqual([activity.uuid])
    }
  })

  test('are found by a link that is pasted, with its scheme or without', async () => {
    const [anna] = await users(site, 'anna')
    const host = `${uniqueWord('h')}.example`
    const activity = await posts(anna, `Read https://${host}/notes/2026?a=b#c and tell me`)
    const home = await posts(anna, `(http://${host})`)
    const other = await posts(anna, `https://${host}/other`)
    const found = (term: string) => uuidsIn(actors.visitor(), activitySearch(term))
    for (const term of [
      `https://${host}/notes/2026?a=b#c`,
      `HTTP://${host}/notes/2026?a=b#c`,
      `${host}/notes/2026?a=b#c`,
    ])
      expect(await found(term), term).toEqual([activity.uuid])
    expect(await found(`"https://${host}/other"`)).toEqual([other.uuid])
    expect(await found(`https://${host}`)).toEqual([other.uuid, home.uuid, activity.uuid])
  })

  test('are not found once expired or deleted', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('w')
    const expired = await posts(anna, word)
    const deleted = await posts(anna, word)
    await expireActivities(db, expired.uuid)
    await deletes(anna, deleted)
    expect(await uuidsIn(anna, activitySearch(word))).toEqual([])
  })

  test.each([
    '"',
    '-',
    "'; drop table users; --",
    '\\',
    ':* & | !',
    '<->',
    '%',
    '_',
    '((((',
    'a & ! ( b',
    '🔥',
    '$1',
    'or or or',
    '""""',
  ])('the term %j causes no error', async (term) => {
    const [anna] = await users(site, 'anna')
    await posts(anna, 'something')
    for (const path of [activitySearch(term), userSearch(term)])
      expect(Array.isArray(await lists(anna, path))).toBe(true)
  })

  test('% and _ are no wildcards, and an empty query finds nothing', async () => {
    const [anna] = await users(site, 'anna')
    await posts(anna, 'something')
    for (const term of ['%', '_', '"', '...']) expect(await lists(anna, activitySearch(term)), term).toEqual([])
  })
})

describe('users', () => {
  test('are found by parts of handle and name in any case, the best match first', async () => {
    const word = uniqueWord('quill')
    const [anna, ben] = await users(site, word, `x${word}`)
    await db.sql('update users set display_name = $1 where uuid = $2', [`Über ${word} Größe`, ben.uuid])
    expect(await handlesIn(actors.visitor(), userSearch(word.toUpperCase()))).toEqual([anna.handle, ben.handle])
    expect(await handlesIn(anna, userSearch(`über ${word}`))).toEqual([ben.handle])
    expect(await handlesIn(anna, userSearch(`ÜBER ${word} gröSSe`.replace('SS', 'ß')))).toEqual([ben.handle])
    expect((await handlesIn(anna, userSearch(anna.handle)))[0]).toBe(anna.handle)
    expect((await lists(anna, userSearch(`über ${word}`)))[0]).toMatchObject({
      uuid: ben.uuid,
      handle: ben.handle,
      display_name: `Über ${word} Größe`,
      avatar_url: null,
    })
  })

  test('are found by the beginning of a name of one or two letters', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const setName = async (who: { uuid: string }, text: string) =>
      db.sql('update users set display_name = $1 where uuid = $2', [text, who.uuid])
    await Promise.all([setName(anna, '李明'), setName(ben, '김'), setName(cleo, 'Öz Bey')])
    expect(await handlesIn(anna, userSearch('李明'))).toContain(anna.handle)
    expect(await handlesIn(anna, userSearch('李'))).toContain(anna.handle)
    expect(await handlesIn(anna, userSearch('김'))).toContain(ben.handle)
    expect(await handlesIn(anna, userSearch('ÖZ'))).toContain(cleo.handle)
    expect(await handlesIn(anna, userSearch('oz'))).toContain(cleo.handle)
    expect(await handlesIn(anna, userSearch('明'))).not.toContain(anna.handle)
  })

  test('%, _ and \\ are literal', async () => {
    const word = uniqueWord('w')
    const [anna, ben] = await users(site, word, `${word}_z`)
    await db.sql('update users set display_name = $1 where uuid = $2', [`100% ${word} \\o/`, anna.uuid])
    expect(await handlesIn(anna, userSearch(`% ${word}`))).toEqual([anna.handle])
    expect(await handlesIn(anna, userSearch(`${word} \\o`))).toEqual([anna.handle])
    expect(await handlesIn(anna, userSearch(`${word}_z`))).toEqual([ben.handle])
    expect(await handlesIn(anna, userSearch(`${word}%`))).toEqual([])
    expect(await handlesIn(anna, userSearch(`${word.slice(0, 4)}_${word.slice(5)}`))).toEqual([])
  })

  test('are not found by email', async () => {
    const [anna] = await users(site, 'anna')
    expect(await handlesIn(anna, userSearch(`${anna.handle}@example.com`))).toEqual([])
    expect(JSON.stringify(await lists(anna, userSearch(anna.handle)))).not.toContain('@example.com')
  })
})

describe('handle completion', () => {
  test('lists handles by prefix, followed users first, without the viewer', async () => {
    const word = uniqueWord('mq')
    const [ben, cleo, anna] = await users(site, `${word}a`, `${word}b`, `${word}c`)
    const complete = (prefix: string) => handlesIn(anna, `/api/users?prefix=${encodeURIComponent(prefix)}`)
    expect(await complete(word)).toEqual([ben.handle, cleo.handle])
    expect(await complete(`@${word.toUpperCase()}B`)).toEqual([cleo.handle])
    await anna.put(`/api/users/@${cleo.handle}/follow`)
    expect(await complete(word)).toEqual([cleo.handle, ben.handle])
    expect(await complete(`${word.slice(0, 5)}_`)).toEqual([])
    expect(await handlesIn(anna, `/api/users?prefix=${word}&limit=1`)).toEqual([cleo.handle])
  })

  test.each(['', '@', ' a', '%', 'a'.repeat(61), '🔥'])('rejects the prefix %j', async (prefix) => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.get(`/api/users?prefix=${encodeURIComponent(prefix)}`), 422, [
      { code: 'search_term_blank', field: 'prefix' },
    ])
  })

  test('needs a viewer', async () => {
    expectErrors(await actors.visitor().get('/api/users?prefix=a'), 401, ['unauthorized'])
  })
})

describe('error', () => {
  test.each(['/api/activities/search', '/api/users/search'])('%s', async (path) => {
    const [anna] = await users(site, 'anna')
    for (const query of ['', '?term=', '?term=%20%0A', '?term=%E2%80%8D', '?term=%00', '?term=a%07']) {
      expectErrors(await anna.get(`${path}${query}`), 422, [{ code: 'search_term_blank', field: 'term' }])
    }
    expectErrors(await anna.get(`${path}?term=${'x'.repeat(101)}`), 422, [
      { code: 'search_term_exceed_max_chars', field: 'term' },
    ])
    expect((await reads(anna, `${path}?term=${'x'.repeat(100)}`)).data).toEqual([])
    expectErrors(await anna.get(`${path}?term=a&limit=101`), 400, [{ code: 'limit_malformed', field: 'limit' }])
  })
})
