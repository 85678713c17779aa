import { expect, it } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { List } from '../../../worker/contract/list.ts'
import type { Pages } from '../cache/cache-updates.ts'
import { newRepliesOf, withNewReplies } from './new-replies.ts'

const ME = 'me'

/** Returns a page of replies, one per letter. Capitals: the viewer's own. `…`: there is a next page. */
const pageOf = (word: string): List<Activity> => ({
  data: [...word.replace('…', '')].map((uuid) => ({
    ...({ uuid } as Activity),
    user: { uuid: uuid === uuid.toUpperCase() ? ME : 'other' } as Activity['user'],
  })),
  next_cursor: word.endsWith('…') ? word : null,
})
const listOf = (words: string): Pages<Activity> => ({ pages: words.split(' ').map(pageOf), pageParams: [null] })
const lettersOf = (items: readonly Activity[]) => items.map(({ uuid }) => uuid).join('')
const wordsOf = ({ pages }: Pages<Activity>) =>
  pages.map(({ data, next_cursor }) => lettersOf(data) + (next_cursor === null ? '' : '…')).join(' ')

it.each([
  ['nothing new', 'ab', 'ab', '', 'ab'],
  ['new at the end', 'ab', 'abcd', 'cd', 'abcd'],
  ['new between the others, below one of them', 'ab', 'axb', 'x', 'axb'],
  ['the first of all', '', 'a', 'a', 'a'],
  ['on the last page', 'ab… cd', 'cde', 'e', 'ab… cde'],
  ['more than the page holds', 'ab', 'abc…', 'c+', 'abc…'],
  ['more pages were left before', 'ab…', 'abc…', 'c', 'abc…'],
  ['the viewer’s own, added by this tab after the fetch', 'abC', 'abd', 'd', 'abdC'],
  ['the viewer’s own, from another tab', 'ab', 'abC', '', 'abC'],
  ['one was deleted', 'abc', 'acd', 'd', 'acd'],
])('%s', (_, list, page, expected, after) => {
  const { fresh, hasMore } = newRepliesOf(listOf(list), pageOf(page), ME)
  expect(lettersOf(fresh) + (hasMore ? '+' : '')).toBe(expected)
  expect(wordsOf(withNewReplies(listOf(list), pageOf(page), ME))).toBe(after)
})
