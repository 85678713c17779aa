import { expect, it } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import type { Pages } from './cache-updates.ts'
import { newPostsOf, withFreshCounts, withNewPosts } from './new-posts.ts'

const ME = 'me'
const BEN = { uuid: 'ben' }

/**
 * Cruds, a letter each: capitals are the viewer's own, `*` is passed on by Ben. Pages of a list are
 * words; with `…` at its end it goes on.
 */
const crudsIn = (word: string): Activity[] =>
  [...word.matchAll(/([a-z])(\*?)/gi)].map(([, uuid = '', mark]) => ({
    ...({ uuid } as Activity),
    user: { uuid: uuid === uuid.toUpperCase() ? ME : 'other' } as Activity['user'],
    ...(mark === '*' && { reposted_by: BEN as Activity['user'] }),
  }))
const pageOf = (word: string) => ({ data: crudsIn(word), next_cursor: word.endsWith('…') ? word : null })
const listOf = (words: string): Pages<Activity> => ({ pages: words.split(' ').map(pageOf), pageParams: [null] })
const written = (items: readonly Activity[]) =>
  items.map(({ uuid, reposted_by }) => `${uuid}${reposted_by ? '*' : ''}`).join('')

it.each([
  ['nothing new', 'abc… de', 'abc…', '', 'abc de'],
  ['some new', 'abc… de', 'xya…', 'xy', 'xyabc de'],
  ['some burnt meanwhile, so that older ones come into the page', 'acde… fgh', 'xacdef…', 'x', 'xacdef gh'],
  ['what was put out since is left out', 'abcd… ef', 'xbd…', 'x', 'xbd ef'],
  ['a list read to its end', 'abc', 'xyzabc', 'xyz', 'xyzabc'],
  ['an empty list', '', 'xy', 'xy', 'xy'],
  ['more than a page', 'abc… def', 'wxyz…', 'wxyz+', 'wxyz'],
  ['the page just reaches down to it', 'abc… def', 'xyza…', 'xyz', 'xyzabc def'],
  ['all of the list has burnt', 'ab', 'xy', 'xy', 'xy'],
  ['one’s own, from elsewhere, are no news', 'abc', 'XYabc', '', 'XYabc'],
  ['and not counted among what is', 'abc', 'xYabc', 'x', 'xYabc'],
  ['one’s own, from here, above what was not read', 'Zabc', 'Zxyabc', 'xy', 'Zxyabc'],
  ['the same, with more than a page', 'Zabc… def', 'Zwxy…', 'wxy+', 'Zwxy'],
  ['one’s own alone', 'CBA', 'xCBA', 'x', 'xCBA'],
  ['one’s own alone, on and on', 'FED… CBA', 'xFE…', 'x', 'xFED CBA'],
  ['one’s first, and those whom one follows by now', 'A', 'Axy', 'xy', 'Axy'],
  ['known, passed on anew', 'abc… def', 'e*xab…', 'x', 'e*xabc df'],
  ['known and passed on, far below what is new', 'abc… def', 'wxe*y…', 'wxy+', 'wxe*y'],
  ['passed on, and not known', 'abc', 'x*abc', 'x*', 'x*abc'],
])('%s: %s and %s', (_, held, newest, fresh, shown) => {
  const found = newPostsOf(listOf(held), pageOf(newest), ME)
  expect(written(found.fresh) + (found.more ? '+' : '')).toBe(fresh)
  const { pages } = withNewPosts(listOf(held), pageOf(newest), ME)
  expect(pages.map(({ data }) => written(data)).join(' ')).toBe(shown)
  expect(newPostsOf({ pages, pageParams: [null] }, pageOf(newest), ME).fresh).toEqual([])
})

it.each([
  ['below the list, while that stays', 'abc… de…', 'xabc…', 'de…'],
  ['below the newest page, which has taken its place', 'abc… de…', 'xyz…', 'xyz…'],
])('reads on %s', (_, held, newest, goesOn) => {
  expect(withNewPosts(listOf(held), pageOf(newest), ME).pages.at(-1)?.next_cursor).toBe(goesOn)
})

it('takes counts from the newest page, but of a crud to which the viewer is just doing something', () => {
  const crud = (uuid: string, likes_count: number, liked = false) =>
    ({ uuid, likes_count, reposts_count: 0, replies_count: 0, viewer: { liked, reposted: false } }) as Activity
  const page = (...data: Activity[]) => ({ data, next_cursor: null })
  const held = { pages: [page(crud('a', 1), crud('b', 2, true)), page(crud('c', 3), crud('d', 4))], pageParams: [null] }
  const renewed = withFreshCounts(held, page(crud('a', 5), crud('b', 1), crud('c', 3)))
  expect(renewed.pages.map(({ data }) => data.map(({ likes_count }) => likes_count))).toEqual([
    [5, 2],
    [3, 4],
  ])
  // What is the same is not drawn anew.
  expect(renewed.pages[1]).toBe(held.pages[1])
  expect(withFreshCounts(held, page(crud('d', 4)))).toBe(held)
})
