/**
 * Limits and lifetimes: the numbers that the database, the API and the screen share.
 * Lengths are grapheme clusters (what a reader counts as one character); each has a byte cap of ten times that.
 */

/** Lifetimes that an author can pick, in seconds, shortest first (the order of the chooser). */
export const LIFETIMES = {
  '1-hour': 3_600,
  '3-hours': 10_800,
  '12-hours': 43_200,
  '1-day': 86_400,
  '3-days': 259_200,
  '7-days': 604_800,
  '30-days': 2_592_000,
} as const

/** The name of a lifetime, as API clients send it. */
export type Ttl = keyof typeof LIFETIMES

export const TTLS = Object.keys(LIFETIMES) as Ttl[]

/** What the chooser begins with, for whoever has not said otherwise. */
export const DEFAULT_TTL: Ttl = '7-days'

/** How the site can look; system: as the reader's device has it. */
export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

export const CRUD_MAX = 280
export const REPLY_MAX = 1_024
export const MESSAGE_MAX = 1_024
export const DISPLAY_NAME_MAX = 60
export const BIO_MAX = 280
export const HANDLE_MAX = 30
export const SEARCH_TERM_MAX = 100

/** A tag may have so many code points; after # more than that is text. */
export const TAG_MAX = 100

/** A body may be this long, in bytes. */
export const BODY_MAX_BYTES = 65_536

/** A page's form may be this long, in bytes: past BODY_MAX_BYTES the API refuses it, and it comes back with its text. */
export const FORM_MAX_BYTES = 1_048_576

/** A picture may be this long, in bytes, and have this many pixels; it is kept as a square of so many. */
export const AVATAR_MAX_BYTES = 5_242_880
export const AVATAR_MAX_PIXELS = 40_000_000
export const AVATAR_SIZE = 512

/** Cognito's default password policy, which ours is: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 256

/** After so many failed tries to sign in within a day, from devices that an account does not know, its owner is notified. */
export const GUESSES_BEFORE_WARNING = 10

/** How many items a page of a list has, and how many it may have. */
export const PAGE_DEFAULT = 20
export const PAGE_MAX = 100

/** The longest that an answer may be served from a cache at the edge, in seconds. */
export const EDGE_MAX_AGE_SECONDS = 15

/** Before this instant there was no crud, so an older uuid was never one of ours (404, not 410). */
export const LAUNCHED_AT = Date.parse('2026-10-01T00:00:00Z')
