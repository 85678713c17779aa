import { expect, it } from 'vitest'
import { makeActivity } from '../../../styleguide/fixtures.ts'
import { describeReplies } from './describe-replies.ts'

const root = (replies_count: number) => makeActivity(0, { uuid: 'root', replies_count })
const reply = (to: string, replies_count = 0) => makeActivity(0, { reply_to_activity_uuid: to, replies_count })

it('counts direct replies as the card does', () => {
  expect(describeReplies(root(1), [reply('root')], false)).toBe('1 reply')
  expect(describeReplies(root(1_234), [reply('root')], true)).toBe('1,234 replies')
})

it('says how many replies to replies are listed too', () => {
  expect(describeReplies(root(1), [reply('root', 2), reply('a'), reply('a')], false)).toBe(
    '1 reply, and 2 more below it',
  )
  expect(describeReplies(root(2), [reply('root', 1), reply('root'), reply('a')], false)).toBe(
    '2 replies, and 1 more below them',
  )
})

it('gives no number of them if there are more than are listed', () => {
  expect(describeReplies(root(1), [reply('root', 4), reply('a')], false)).toBe('1 reply, and more below it')
  expect(describeReplies(root(30), [reply('root', 1), reply('a')], true)).toBe('30 replies, and more below them')
})

it('never says fewer than are listed', () => {
  expect(describeReplies(root(0), [reply('root')], false)).toBe('1 reply')
})
