import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { handlesIn, posts, uuidsIn } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'

const site = await openSite()
const { actors, db } = site

const uniqueWord = (name: string) => `${name}${crypto.randomUUID().slice(0, 8)}`
const activitySearch = (term: string) => `/api/activities/search?term=${encodeURIComponent(term)}`
const userSearch = (term: string) => `/api/users/search?term=${encodeURIComponent(term)}`
const setName = (who: { uuid: string }, name: string) =>
  db.sql('update users set display_name = $1 where uuid = $2', [name, who.uuid])

describe('activities', () => {
  test('are found without regard to accents, also by phrases and exclusions', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('čaj')
    const accented = await posts(anna, `Crème brûlée ${word} in Łódź, Straße 3`)
    const plain = await posts(anna, `Creme brulee ${word.replace('č', 'c')} in Lodz, Strasse 3`)
    const found = (term: string) => uuidsIn(actors.visitor(), activitySearch(`${word} ${term}`))
    for (const term of ['', 'creme', 'CRÈME', '"brulee caj', 'lodz strasse', 'ŁÓDŹ straße', '"creme brulée"']) {
      expect(await found(term.replace('"brulee caj', `"brulee ${word}"`)), term).toEqual([plain.uuid, accented.uuid])
    }
    expect(await found('-lodz')).toEqual([])
    expect(await found('"3 creme"')).toEqual([])
    expect(await uuidsIn(anna, activitySearch(`${word.replace('č', 'c')} #lodz`))).toEqual([plain.uuid, accented.uuid])
  })

  test('keep the marks of scripts in which they tell words apart', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('w')
    const activity = await posts(anna, `${word} がぎ 한국어 الْعَرَبِيَّة हिन्दी`)
    for (const term of ['がぎ', '한국어', 'الْعَرَبِيَّة', 'हिन्दी']) {
      expect(await uuidsIn(anna, activitySearch(`${word} ${term}`)), term).toEqual([activity.uuid])
    }
    for (const term of ['かき', '하국어'])
      expect(await uuidsIn(anna, activitySearch(`${word} ${term}`)), term).toEqual([])
  })

  test('are found by the previous release, whose queries keep accents', async () => {
    const [anna] = await users(site, 'anna')
    const word = uniqueWord('žluť')
    const { uuid } = await posts(anna, `${word} kůň`)
    const rows = await db.sql(`select uuid from activities where search @@ websearch_to_tsquery('simple', $1)`, [
      `${word} kůň`,
    ])
    expect(rows).toEqual([{ uuid }])
  })
})

describe('users', () => {
  test('are found without regard to accents', async () => {
    const word = uniqueWord('nystrom')
    const [zoe, ben] = await users(site, 'zoe', 'ben')
    await Promise.all([setName(zoe, `Zoé ${word.replace('o', 'ö')}`), setName(ben, `Zoe ${word}`)])
    for (const term of [`zoe ${word}`, `ZOÉ ${word.toUpperCase()}`, `zoë ${word.replace('o', 'ó')}`]) {
      expect((await handlesIn(actors.visitor(), userSearch(term))).sort(), term).toEqual(
        [ben.handle, zoe.handle].sort(),
      )
    }
  })

  test('complete a mention by handle, then by the beginning of the name', async () => {
    const word = uniqueWord('mz')
    const [anna, ben, cleo] = await users(site, 'anna', `${word}e`, 'cleo')
    await setName(cleo, `${word}é Nyström`)
    const complete = (prefix: string) => handlesIn(anna, `/api/users?prefix=${encodeURIComponent(prefix)}`)
    for (const prefix of [word, `@${word}é`, `${word}e\u0301`]) {
      expect(await complete(prefix), prefix).toEqual([ben.handle, cleo.handle])
    }
    expect(await complete(`${word}e ny`)).toEqual([cleo.handle])
    await ben.put(`/api/users/@${anna.handle}/block`)
    expect(await complete(word)).toEqual([cleo.handle])
    await cleo.put(`/api/users/@${anna.handle}/block`)
    expect(await complete(word)).toEqual([])
  })
})
