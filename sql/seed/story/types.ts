import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'
import type { Ttl } from '../../../worker/contract/limits.ts'

/** A person of the seed. Every one of them signs in with the same password. */
export interface Person {
  handle: string
  display_name: string
  bio: string
  joined_days_ago: number
  /** Whom they have followed since both were here. */
  follows: string[]
  /** Whom they have followed since, and how many minutes ago. */
  newly_follows?: Ages
  /** Whether others have to ask before they follow. */
  approves_followers?: boolean
  /** Whom they have asked, and how many minutes ago. */
  asks_to_follow?: Ages
  circle?: string[]
}

/** How many minutes ago a person did something, by handle. */
export type Ages = Record<string, number>

/** An answer; it ends with the crud that the thread began with. */
export interface Reply {
  by: string
  says: string
  /** In minutes, less than what it answers. */
  age: number
  likes?: Ages
  reposts?: Ages
  replies?: Reply[]
}

/** A crud of the seed with what hangs on it. Its age is less than its lifetime. */
export interface Crud extends Reply {
  lives: Ttl
  /** Left out: everyone. */
  audience?: Audience
  who_can_reply?: WhoCanReply
}

/** What two people wrote to each other. */
export interface Conversation {
  between: [string, string]
  /** So many of the last messages the first of the two has not read. */
  unread: number
  messages: { by: string; says: string; age: number }[]
}
