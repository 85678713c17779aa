/** Limits that database, API and client share. */

// Lengths of users' texts in grapheme clusters, each of which a reader counts as one character; in UTF-8 a text has ten times as many
// bytes at most.
export const CRUD_MAX = 280
export const REPLY_MAX = 1_024
export const MESSAGE_MAX = 1_024
export const DISPLAY_NAME_MAX = 60
export const BIO_MAX = 280
export const HANDLE_MAX = 30
export const SEARCH_TERM_MAX = 100
export const REPORT_NOTE_MAX = 1_024
export const STATEMENT_OF_REASONS_MAX = 1_024
export const APPEAL_MAX = 1_024
export const CONTENT_WARNING_MAX = 60
export const ALT_MAX = 1_000

/** Reports by one user or from one client IP within an hour. */
export const REPORTS_PER_HOUR = 10

/** Length limit of a tag, in code points. A longer one is plain text. */
export const TAG_MAX = 100

/** Size limit of the body of an API request that is not an upload, in bytes. */
export const API_BODY_MAX_BYTES = 65_536

/**
 * Size limit of a form without files that is sent to a page, in bytes. Larger than the API's limit, so that for a form between the two
 * a page can show the API's error and keep the user's text.
 */
export const PAGE_FORM_MAX_BYTES = 1_048_576

/** Limits of an uploaded avatar, in bytes and in pixels. */
export const AVATAR_MAX_BYTES = 5_242_880
export const AVATAR_MAX_PIXELS = 40_000_000

/** Side of the square that is stored as avatar, in pixels. */
export const AVATAR_SIZE = 512

/** Limits of an uploaded image of an activity, in bytes and in pixels. */
export const IMAGE_MAX_BYTES = 10_485_760
export const IMAGE_MAX_PIXELS = 40_000_000

/** Longest side of the image that is stored, in pixels. */
export const IMAGE_SIZE = 1_280

/** Longest side of the small image that is shown until the image has loaded, in pixels. */
export const PLACEHOLDER_SIZE = 16

/** Images of an activity. */
export const IMAGES_MAX = 4

/** Length limits of a password, in UTF-16 code units. As in Cognito's default policy: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 256

/** Failed sign-ins within a day, on devices unknown to the account, after which its owner is notified. */
export const FAILED_SIGN_INS_BEFORE_NOTICE = 10

/** Onboarding: home suggests users to a new user until they follow this many. */
export const ARRIVAL_FOLLOWS_MAX = 5

/** Default and maximum number of items on a page of a list. */
export const PAGE_DEFAULT = 20
export const PAGE_MAX = 100

/** Maximum age of an edge cache entry, in seconds. */
export const EDGE_MAX_AGE_SECONDS = 15
