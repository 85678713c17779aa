import { expect, it } from 'vitest'
import { makeActivity } from '../../../styleguide/fixtures.ts'
import { describeReplies } from './describe-replies.ts'

const root = (replies_count: number) => makeActivity(0, { uuid: 'root', replies_count })
const reply = (to: string, replies_count = 0) => makeActivity(0, { reply_to_activity_uuid: to, replies_count })

it('counts direct replies as the card does', () => {
  expect(describeReplies(root(1), [reply('root')], false)).toBe('1 reply')
  expect(describeReplies(root(1_234), [reply('root')], true)).toBe('1,234 replies')
})

it('counts replies to replies too if all of them are listed', () => {
  expect(describeReplies(root(1), [reply('root', 2), reply('a'), reply('a')], false)).toBe('3 replies')
  expect(describeReplies(root(2), [reply('root', 1), reply('root'), reply('a')], false)).toBe('3 replies')
})

it('counts direct replies alone if there are more below them than are listed', () => {
  expect(describeReplies(root(1), [reply('root', 4), reply('a')], false)).toBe('1 reply')
  expect(describeReplies(root(30), [reply('root', 1), reply('a')], true)).toBe('30 replies')
})

it('never says fewer than are listed', () => {
  expect(describeReplies(root(0), [reply('root')], false)).toBe('1 reply')
})
