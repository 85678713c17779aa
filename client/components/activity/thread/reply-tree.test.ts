import { describe, expect, it } from 'vitest'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { type ReplyNode, replyTree } from './reply-tree.ts'

const reply = (uuid: string, parent: string, replies_count = 0) =>
  ({ uuid, reply_to_activity_uuid: parent, replies_count }) as Activity

/** "a(b c+)": c has more replies than the list. */
const draw = (nodes: readonly ReplyNode[]): string =>
  nodes
    .map(({ activity, children, hasMore }) => {
      const inner = draw(children)
      return `${activity.uuid}${hasMore ? '+' : ''}${inner && `(${inner})`}`
    })
    .join(' ')

describe('replyTree', () => {
  it('nests each reply below its parent, in the order of the list', () => {
    const replies = [reply('a', 'root', 2), reply('b', 'a'), reply('c', 'a', 1), reply('d', 'c'), reply('e', 'root')]
    expect(draw(replyTree('root', replies))).toBe('a(b c(d)) e')
  })

  it('marks replies of which the list has not all', () => {
    const replies = [reply('a', 'root', 5), reply('b', 'a'), reply('c', 'b', 1), reply('d', 'c', 3)]
    expect(draw(replyTree('root', replies))).toBe('a+(b(c(d+)))')
  })

  it('leaves out what is below a reply that is not in the list', () => {
    expect(draw(replyTree('root', [reply('b', 'deleted'), reply('c', 'b'), reply('d', 'root')]))).toBe('d')
  })
})
