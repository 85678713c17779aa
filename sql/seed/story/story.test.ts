import { describe, expect, it } from 'vitest'
import { CONTENT_WARNING_MAX, CRUD_MAX, MESSAGE_MAX } from '../../../worker/contract/limits.ts'
import { handlesIn } from '../../../worker/contract/linkify.ts'
import { TTL_SECONDS } from '../../../worker/contract/ttl.ts'
import { CONVERSATIONS } from './conversations.ts'
import { CRUDS } from './cruds.ts'
import { PEOPLE } from './people.ts'
import type { Ages, Reply } from './types.ts'

const HANDLES = new Set(PEOPLE.map(({ handle }) => handle))

describe('the story', () => {
  it('has people who follow each other, each once', () => {
    expect(PEOPLE.length).toBeGreaterThanOrEqual(8)
    for (const { handle, follows, newly_follows = {}, asks_to_follow = {}, circle = [], joined_days_ago } of PEOPLE) {
      const followed = [...follows, ...Object.keys(newly_follows), ...Object.keys(asks_to_follow)]
      expect(new Set(followed).size).toBe(followed.length)
      expect(followed).not.toContain(handle)
      assertKnown([...followed, ...circle])
      for (const age of Object.values(newly_follows)) expect(age).toBeLessThan(joined_days_ago * 24 * 60)
    }
  })

  it('has live activities of every TTL, older than their replies and reactions', () => {
    expect(new Set(CRUDS.map(({ ttl }) => ttl))).toEqual(new Set(Object.keys(TTL_SECONDS)))
    for (const crud of CRUDS) {
      expect(crud.age * 60).toBeLessThan(TTL_SECONDS[crud.ttl] - 60)
      assertSound(crud)
    }
  })

  it('has conversations in order, with unread messages by the other person', () => {
    for (const { between, unread, messages } of CONVERSATIONS) {
      assertKnown(between)
      expect(messages.map(({ age }) => age)).toEqual(messages.map(({ age }) => age).sort((a, b) => b - a))
      for (const { by, message } of messages) {
        expect(between).toContain(by)
        expect(message.length).toBeLessThanOrEqual(MESSAGE_MAX)
      }
      expect(messages.slice(messages.length - unread).every(({ by }) => by === between[1])).toBe(true)
    }
  })
})

function assertSound({ by, message, warning = '', age, likes = {}, reposts = {}, replies = [] }: Reply): void {
  assertKnown([by, ...handlesIn(message)])
  expect(message.length).toBeLessThanOrEqual(CRUD_MAX)
  expect(warning.length).toBeLessThanOrEqual(CONTENT_WARNING_MAX)
  assertLater(age, likes)
  assertLater(age, reposts)
  for (const reply of replies) {
    expect(reply.age).toBeLessThan(age)
    assertSound(reply)
  }
}

function assertLater(than: number, ages: Ages): void {
  assertKnown(Object.keys(ages))
  for (const age of Object.values(ages)) expect(age).toBeLessThan(than)
}

function assertKnown(handles: string[]): void {
  for (const handle of handles) expect(HANDLES).toContain(handle)
}
