import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'
import type { Ttl } from '../../../worker/contract/ttl.ts'

/** A person of the seed. */
export interface Person {
  handle: string
  display_name: string
  bio: string
  joined_days_ago: number
  /** Handles that they have followed since both had joined. */
  follows: string[]
  /** Later follows: minutes ago, by handle. */
  newly_follows?: Ages
  /** Whether others have to ask before they follow. */
  approves_followers?: boolean
  /** Whom they have asked, and how many minutes ago. */
  asks_to_follow?: Ages
  circle?: string[]
  /** Whether home still suggests users to follow and a first crud. */
  is_new?: boolean
}

/** Minutes ago, by handle of the person who did something. */
export type Ages = Record<string, number>

/** A reply; it expires with the root of its thread. */
export interface Reply {
  by: string
  message: string
  /** Content warning. */
  warning?: string
  /** Age in minutes, less than its parent's. */
  age: number
  likes?: Ages
  reposts?: Ages
  replies?: Reply[]
}

/** A top-level activity with its replies and reactions. Its age is less than its TTL. */
export interface Crud extends Reply {
  ttl: Ttl
  /** Left out: everyone. */
  audience?: Audience
  who_can_reply?: WhoCanReply
}

/** A conversation of two people. */
export interface Conversation {
  between: [string, string]
  /** Number of last messages that the first of the two has not read. */
  unread: number
  /** Whether it waits among the message requests of the first. */
  is_request?: true
  messages: { by: string; message: string; age: number }[]
}
