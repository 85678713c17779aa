import { expect, it } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Pages } from '../cache/cache-updates.ts'
import { newPostsOf, withFreshCounts, withNewPosts } from './new-posts.ts'

const ME = 'me'
const BEN = { uuid: 'ben' }

/**
 * Returns the activities of a page, one per letter. Capitals: the viewer's own. `*`: reposted by Ben. In a list, words are pages;
 * `…` at the end of a page: there is a next one.
 */
const activitiesIn = (word: string): Activity[] =>
  [...word.matchAll(/([a-z])(\*?)/gi)].map(([, uuid = '', mark]) => ({
    ...({ uuid } as Activity),
    user: { uuid: uuid === uuid.toUpperCase() ? ME : 'other' } as Activity['user'],
    ...(mark === '*' && { reposted_by: BEN as Activity['user'] }),
  }))
const pageOf = (word: string) => ({ data: activitiesIn(word), next_cursor: word.endsWith('…') ? word : null })
const listOf = (words: string): Pages<Activity> => ({ pages: words.split(' ').map(pageOf), pageParams: [null] })
const lettersOf = (items: readonly Activity[]) =>
  items.map(({ uuid, reposted_by }) => `${uuid}${reposted_by ? '*' : ''}`).join('')

it.each([
  ['nothing new', 'abc… de', 'abc…', '', 'abc de'],
  ['some new', 'abc… de', 'xya…', 'xy', 'xyabc de'],
  ['some expired meanwhile, so the page reaches further down', 'acde… fgh', 'xacdef…', 'x', 'xacdef gh'],
  ['some deleted meanwhile', 'abcd… ef', 'xbd…', 'x', 'xbd ef'],
  ['a list of which all pages are loaded', 'abc', 'xyzabc', 'xyz', 'xyzabc'],
  ['an empty list', '', 'xy', 'xy', 'xy'],
  ['more than a page', 'abc… def', 'wxyz…', 'wxyz+', 'wxyz'],
  ['the page overlaps the list by one', 'abc… def', 'xyza…', 'xyz', 'xyzabc def'],
  ['all of the list has expired', 'ab', 'xy', 'xy', 'xy'],
  ['the viewer’s own, from another tab, are not new', 'abc', 'XYabc', '', 'XYabc'],
  ['the viewer’s own from another tab, with new ones', 'abc', 'xYabc', 'x', 'xYabc'],
  ['the viewer’s own from this tab, above new ones', 'Zabc', 'Zxyabc', 'xy', 'Zxyabc'],
  ['the viewer’s own from this tab, with more than a page', 'Zabc… def', 'Zwxy…', 'wxy+', 'Zwxy'],
  ['only the viewer’s own', 'CBA', 'xCBA', 'x', 'xCBA'],
  ['only the viewer’s own, on several pages', 'FED… CBA', 'xFE…', 'x', 'xFED CBA'],
  ['the viewer’s first, and older ones of a new followee', 'A', 'Axy', 'xy', 'Axy'],
  ['a known one, reposted again', 'abc… def', 'e*xab…', 'x', 'e*xabc df'],
  ['a known one, reposted, and more than a page', 'abc… def', 'wxe*y…', 'wxy+', 'wxe*y'],
  ['an unknown one, reposted', 'abc', 'x*abc', 'x*', 'x*abc'],
])('%s: %s and %s', (_, list, newest, fresh, shown) => {
  const found = newPostsOf(listOf(list), pageOf(newest), ME)
  expect(lettersOf(found.fresh) + (found.hasMore ? '+' : '')).toBe(fresh)
  const { pages } = withNewPosts(listOf(list), pageOf(newest), ME)
  expect(pages.map(({ data }) => lettersOf(data)).join(' ')).toBe(shown)
  expect(newPostsOf({ pages, pageParams: [null] }, pageOf(newest), ME).fresh).toEqual([])
})

it.each([
  ['below the list, if the page overlaps it', 'abc… de…', 'xabc…', 'de…'],
  ['below the newest page, if that replaces the list', 'abc… de…', 'xyz…', 'xyz…'],
])('loads the next page %s', (_, list, newest, nextCursor) => {
  expect(withNewPosts(listOf(list), pageOf(newest), ME).pages.at(-1)?.next_cursor).toBe(nextCursor)
})

it('takes counts from the newest page, except for an activity with a pending write of the viewer', () => {
  const activity = (uuid: string, likes_count: number, liked = false) =>
    ({ uuid, likes_count, reposts_count: 0, replies_count: 0, viewer: { liked, reposted: false } }) as Activity
  const page = (...data: Activity[]) => ({ data, next_cursor: null })
  const list = {
    pages: [page(activity('a', 1), activity('b', 2, true)), page(activity('c', 3), activity('d', 4))],
    pageParams: [null],
  }
  const updated = withFreshCounts(list, page(activity('a', 5), activity('b', 1), activity('c', 3)))
  expect(updated.pages.map(({ data }) => data.map(({ likes_count }) => likes_count))).toEqual([
    [5, 2],
    [3, 4],
  ])
  // Unchanged pages stay the same objects, so that they are not rendered again.
  expect(updated.pages[1]).toBe(list.pages[1])
  expect(withFreshCounts(list, page(activity('d', 4)))).toBe(list)
})
