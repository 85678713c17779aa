import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { deletes, handlesIn, lists, posts, reads, replies, uuidsIn } from '../../support/actors/actions.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectErrors } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, actors } = site

const wordLike = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
const cruds = (term: string) => `/api/activities/search?term=${encodeURIComponent(term)}`
const persons = (term: string) => `/api/users/search?term=${encodeURIComponent(term)}`

describe('cruds', () => {
  test('are found by a word, in any case, newest first, replies as well', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('zebra')
    const first = await posts(anna, `A ${word.toUpperCase()}!`)
    const reply = await replies(anna, first, `what of the ${word}?`)
    await posts(anna, `no z${word}`)
    const visitor = actors.visitor()
    expect(await uuidsIn(visitor, cruds(word))).toEqual([reply.uuid, first.uuid])
    expect((await lists(anna, cruds(word)))[1]).toEqual({ ...first, replies_count: 1 })
  })

  test('by all words in any order; quotes, - and or work as in a web search', async () => {
    const [anna] = await users(site, 'anna')
    const [one, two, three] = [wordLike('one'), wordLike('two'), wordLike('three')]
    const both = await posts(anna, `${one} and ${two}`)
    const next = await posts(anna, `${one} ${two}`)
    const last = await posts(anna, `${two} ${three}`)
    const found = (term: string) => uuidsIn(anna, cruds(term))
    expect(await found(`${two} ${one}`)).toEqual([next.uuid, both.uuid])
    expect(await found(`"${one} ${two}"`)).toEqual([next.uuid])
    expect(await found(`"${two} ${one}"`)).toEqual([])
    expect(await found(`${two} -${one}`)).toEqual([last.uuid])
    expect(await found(`${one} or ${three}`)).toEqual([last.uuid, next.uuid, both.uuid])
  })

  test('in every language, by tag and by handle', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('Žluť')
    const crud = await posts(anna, `${word} привет مرحبا #${word} @${anna.handle}`)
    for (const term of [word.toLowerCase(), `${word} ПРИВЕТ`, `${word} مرحبا`, `#${word}`, `@${anna.handle}`]) {
      expect(await uuidsIn(anna, cruds(term)), term).toEqual([crud.uuid])
    }
  })

  test('without regard to accents, in a phrase and when left out, too', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('čaj')
    const accented = await posts(anna, `Crème brûlée ${word} in Łódź, Straße 3`)
    const plain = await posts(anna, `Creme brulee ${word.replace('č', 'c')} in Lodz, Strasse 3`)
    const found = (term: string) => uuidsIn(actors.visitor(), cruds(`${word} ${term}`))
    for (const term of ['', 'creme', 'CRÈME', '"brulee caj', 'lodz strasse', 'ŁÓDŹ straße', '"creme brulée"']) {
      expect(await found(term.replace('"brulee caj', `"brulee ${word}"`)), term).toEqual([plain.uuid, accented.uuid])
    }
    expect(await found('-lodz')).toEqual([])
    expect(await found('"3 creme"')).toEqual([])
    expect(await uuidsIn(anna, cruds(`${word.replace('č', 'c')} #lodz`))).toEqual([plain.uuid, accented.uuid])
  })

  test('letters of other scripts stay what they are', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('w')
    const activity = await posts(anna, `${word} がぎ 한국어 الْعَرَبِيَّة हिन्दी`)
    for (const term of ['がぎ', '한국어', 'الْعَرَبِيَّة', 'हिन्दी']) {
      expect(await uuidsIn(anna, cruds(`${word} ${term}`)), term).toEqual([activity.uuid])
    }
    for (const term of ['かき', '하국어']) expect(await uuidsIn(anna, cruds(`${word} ${term}`)), term).toEqual([])
  })

  test('are found by the queries of the release before, which do not fold', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('žluť')
    const { uuid } = await posts(anna, `${word} kůň`)
    const rows = await db.sql(`select uuid from activities where search @@ websearch_to_tsquery('simple', $1)`, [
      `${word} kůň`,
    ])
    expect(rows).toEqual([{ uuid }])
  })

  test('that have ended or were put out are not found', async () => {
    const [anna] = await users(site, 'anna')
    const word = wordLike('w')
    const ended = await posts(anna, word)
    const deleted = await posts(anna, word)
    await expireActivities(db, ended.uuid)
    await deletes(anna, deleted)
    expect(await uuidsIn(anna, cruds(word))).toEqual([])
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
  ])('the term %j does no harm', async (term) => {
    const [anna] = await users(site, 'anna')
    await posts(anna, 'something')
    for (const path of [cruds(term), persons(term)]) expect(Array.isArray(await lists(anna, path))).toBe(true)
  })

  test('a % or _ is no wildcard, and an empty query finds nothing', async () => {
    const [anna] = await users(site, 'anna')
    await posts(anna, 'something')
    for (const term of ['%', '_', '"', '...']) expect(await lists(anna, cruds(term)), term).toEqual([])
  })
})

describe('people', () => {
  test('are found by parts of handle and name, in any case, the most like it first', async () => {
    const word = wordLike('quill')
    const [anna, ben] = await users(site, word, `x${word}`)
    await db.sql('update users set display_name = $1 where uuid = $2', [`Über ${word} Größe`, ben.uuid])
    expect(await handlesIn(actors.visitor(), persons(word.toUpperCase()))).toEqual([anna.handle, ben.handle])
    expect(await handlesIn(anna, persons(`über ${word}`))).toEqual([ben.handle])
    expect(await handlesIn(anna, persons(`ÜBER ${word} gröSSe`.replace('SS', 'ß')))).toEqual([ben.handle])
    expect((await handlesIn(anna, persons(anna.handle)))[0]).toBe(anna.handle)
    expect((await lists(anna, persons(`über ${word}`)))[0]).toMatchObject({
      uuid: ben.uuid,
      handle: ben.handle,
      display_name: `Über ${word} Größe`,
      avatar_url: null,
    })
  })

  test('without regard to accents', async () => {
    const word = wordLike('nystrom')
    const [zoe, ben] = await users(site, 'zoe', 'ben')
    const name = (who: { uuid: string }, text: string) =>
      db.sql('update users set display_name = $1 where uuid = $2', [text, who.uuid])
    await Promise.all([name(zoe, `Zoé ${word.replace('o', 'ö')}`), name(ben, `Zoe ${word}`)])
    for (const term of [`zoe ${word}`, `ZOÉ ${word.toUpperCase()}`, `zoë ${word.replace('o', 'ó')}`]) {
      expect((await handlesIn(actors.visitor(), persons(term))).sort(), term).toEqual([ben.handle, zoe.handle].sort())
    }
  })

  test('by a name of one or two letters, where it begins', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const name = async (who: { uuid: string }, text: string) =>
      db.sql('update users set display_name = $1 where uuid = $2', [text, who.uuid])
    await Promise.all([name(anna, '李明'), name(ben, '김'), name(cleo, 'Öz Bey')])
    expect(await handlesIn(anna, persons('李明'))).toContain(anna.handle)
    expect(await handlesIn(anna, persons('李'))).toContain(anna.handle)
    expect(await handlesIn(anna, persons('김'))).toContain(ben.handle)
    expect(await handlesIn(anna, persons('ÖZ'))).toContain(cleo.handle)
    expect(await handlesIn(anna, persons('oz'))).toContain(cleo.handle)
    expect(await handlesIn(anna, persons('明'))).not.toContain(anna.handle)
  })

  test('% and _ and \\ are what they are', async () => {
    const word = wordLike('w')
    const [anna, ben] = await users(site, word, `${word}_b`)
    await db.sql('update users set display_name = $1 where uuid = $2', [`100% ${word} \\o/`, anna.uuid])
    expect(await handlesIn(anna, persons(`% ${word}`))).toEqual([anna.handle])
    expect(await handlesIn(anna, persons(`${word} \\o`))).toEqual([anna.handle])
    expect(await handlesIn(anna, persons(`${word}_b`))).toEqual([ben.handle])
    expect(await handlesIn(anna, persons(`${word}%`))).toEqual([])
    expect(await handlesIn(anna, persons(`${word.slice(0, 4)}_${word.slice(5)}`))).toEqual([])
  })

  test('nothing private is told', async () => {
    const [anna] = await users(site, 'anna')
    expect(await handlesIn(anna, persons(`${anna.handle}@example.com`))).toEqual([])
    expect(JSON.stringify(await lists(anna, persons(anna.handle)))).not.toContain('@example.com')
  })
})

describe('completion of a mention', () => {
  test('is by the beginning of a handle, those one follows first, without oneself', async () => {
    const word = wordLike('mq')
    const [ben, cleo, anna] = await users(site, `${word}a`, `${word}b`, `${word}c`)
    const complete = (prefix: string) => handlesIn(anna, `/api/users?prefix=${encodeURIComponent(prefix)}`)
    expect(await complete(word)).toEqual([ben.handle, cleo.handle])
    expect(await complete(`@${word.toUpperCase()}B`)).toEqual([cleo.handle])
    await anna.put(`/api/users/@${cleo.handle}/follow`)
    expect(await complete(word)).toEqual([cleo.handle, ben.handle])
    expect(await complete(`${word.slice(0, 5)}_`)).toEqual([])
    expect(await handlesIn(anna, `/api/users?prefix=${word}&limit=1`)).toEqual([cleo.handle])
  })

  test('is by the beginning of a name after that, without regard to accents', async () => {
    const word = wordLike('mz')
    const [anna, ben, cleo] = await users(site, 'anna', `${word}e`, 'cleo')
    await db.sql('update users set display_name = $1 where uuid = $2', [`${word}é Nyström`, cleo.uuid])
    const complete = (prefix: string) => handlesIn(anna, `/api/users?prefix=${encodeURIComponent(prefix)}`)
    for (const prefix of [word, `@${word}é`, `${word}e\u0301`]) {
      expect(await complete(prefix), prefix).toEqual([ben.handle, cleo.handle])
    }
    await ben.put(`/api/users/@${anna.handle}/block`)
    expect(await complete(word)).toEqual([cleo.handle])
    await cleo.put(`/api/users/@${anna.handle}/block`)
    expect(await complete(word)).toEqual([])
  })

  test.each(['', '@', 'a b', '%', 'a'.repeat(31), '🔥'])('%j is no beginning of one', async (prefix) => {
    const [anna] = await users(site, 'anna')
    expectErrors(await anna.get(`/api/users?prefix=${encodeURIComponent(prefix)}`), 422, [
      { code: 'search_term_blank', field: 'prefix' },
    ])
  })

  test('is for those who are signed in', async () => {
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
