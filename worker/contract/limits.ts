/**
 * Limits shared by database, API and client.
 * Lengths are in grapheme clusters (what a reader counts as one character); the limit in bytes is ten times that.
 */

/** Themes of the site. `system` follows the device's setting. */
export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

export const CRUD_MAX = 280
export const REPLY_MAX = 1_024
export const MESSAGE_MAX = 1_024
export const DISPLAY_NAME_MAX = 60
export const BIO_MAX = 280
export const HANDLE_MAX = 30
export const SEARCH_TERM_MAX = 100
export const REPORT_NOTE_MAX = 1_024
export const STATEMENT_MAX = 1_024
export const APPEAL_MAX = 1_024
export const WARNING_MAX = 60

/** Reports by one user or from one client IP within an hour. */
export const REPORTS_PER_HOUR = 10

/** Length limit of a tag, in code points; a longer one is plain text. */
export const TAG_MAX = 100

/** Size limit of a request body, in bytes. */
export const BODY_MAX_BYTES = 65_536

/**
 * Size limit of a form sent to a page, in bytes. Larger than BODY_MAX_BYTES: between the two the API refuses it, and the page
 * shows the form again with the text.
 */
export const FORM_MAX_BYTES = 1_048_576

/** Limits of an uploaded avatar, in bytes and in pixels; AVATAR_SIZE is the side of the stored square, in pixels. */
export const AVATAR_MAX_BYTES = 5_242_880
export const AVATAR_MAX_PIXELS = 40_000_000
export const AVATAR_SIZE = 512

/** Limits of an uploaded image, in bytes and in pixels; the longest side of the stored one and of its placeholder, in pixels. */
export const IMAGE_MAX_BYTES = 10_485_760
export const IMAGE_MAX_PIXELS = 40_000_000
export const IMAGE_SIZE = 1_280
export const PLACEHOLDER_SIZE = 16

/** Images of an activity, and the length limit of the alt text of each. */
export const IMAGES_MAX = 4
export const ALT_MAX = 1_000

/** Length limits of a password. Same as Cognito's default policy: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 256

/** Failed sign-ins within a day, on devices unknown to the account, after which its owner is notified. */
export const GUESSES_BEFORE_WARNING = 10

/** Home suggests users to a new user until they follow this many. */
export const ARRIVAL_FOLLOWS = 5

/** Default and maximum number of items on a page of a list. */
export const PAGE_DEFAULT = 20
export const PAGE_MAX = 100

/** Maximum age of an edge cache entry, in seconds. */
export const EDGE_MAX_AGE_SECONDS = 15

/** Launch of the site, Unix time in ms. A uuid from before was never an activity: 404, not 410. */
export const LAUNCHED_AT = Date.parse('2026-10-01T00:00:00Z')
