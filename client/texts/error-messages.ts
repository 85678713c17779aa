import { ERROR_STATUS, type ErrorCode } from '../../worker/contract/error.ts'
import {
  BIO_MAX,
  CRUD_MAX,
  DISPLAY_NAME_MAX,
  HANDLE_MAX,
  PASSWORD_MIN,
  REPLY_MAX,
  SEARCH_TERM_MAX,
} from '../../worker/contract/limits.ts'
import { numberText } from '../ui/form/count-text.ts'

/** The sentence shown for each error code: what is wrong, and what to do. */
export const SENTENCES: Record<ErrorCode, string> = {
  json_malformed: 'That arrived garbled. Please send it again.',
  cursor_malformed: 'This address is incomplete. Start again from the top of the page.',
  limit_malformed: 'A page holds between 1 and 100. Please change the address.',
  bad_request: 'That arrived garbled. Please send it again.',
  unauthorized: 'Please sign in first.',
  session_ended: 'You have been signed out. Please sign in again.',
  credentials_wrong: 'Email and password do not match. Check both, or get a new password.',
  cross_origin: 'That came from another site, so it was not done. Please do it from here.',
  reply_not_allowed: 'Its author has not let you reply.',
  not_yours: 'Only its author can do that.',
  email_unconfirmed: 'Your address is not confirmed yet. Enter the code that we sent you.',
  password_reset_required: 'Your password has to be set anew before you go on. Ask for a code to do that.',
  not_found: 'There is nothing at this address. Check it for a typo.',
  method_not_allowed: 'That cannot be done here. Please go back and try again.',
  gone: 'This crud has burnt out.',
  handle_required: 'You need a handle first. Please pick one.',
  challenge_unsupported: 'Your account asks for a step that cannot be done here yet. Get a new password to go on.',
  password_change_required: 'Please set a new password to go on.',
  body_too_large: 'That is too large to send. Please make it shorter.',
  content_type_unsupported: 'That cannot be read here. Please use the form on the page.',
  message_blank: 'Write a word or two first.',
  message_exceed_max_chars: `Up to ${CRUD_MAX} characters fit. Please cut a little.`,
  message_exceed_max_chars_1024: `Up to ${numberText(REPLY_MAX)} characters fit. Please cut a little.`,
  message_invalid: 'There is a character in it that cannot be shown. Please type that part again.',
  ttl_blank: 'Pick how long it should burn.',
  audience_invalid: 'Pick who may see it.',
  who_can_reply_invalid: 'Pick who may reply.',
  not_top_level: 'Who may reply is up to whoever began the thread.',
  not_repostable: 'This crud is not for everyone, so it cannot be reposted.',
  display_name_blank: 'Tell us what to call you.',
  display_name_exceed_max_chars: `Up to ${DISPLAY_NAME_MAX} characters fit. Please shorten it.`,
  display_name_invalid: 'There is a character in it that cannot be shown. Please type it again.',
  display_name_reserved: 'That would pass for a name of ours. Please pick another.',
  email_blank: 'Enter your email address.',
  email_invalid: 'That is not a whole email address. It looks like name@example.com.',
  email_taken: 'There is an account with this address already. Sign in, or get a new password.',
  handle_blank: 'Pick a handle.',
  handle_invalid: `A handle has letters a to z, digits and _, up to ${HANDLE_MAX} of them.`,
  handle_reserved: 'This handle is kept for Cruddur itself. Pick another.',
  handle_taken: 'Somebody has this handle already. Pick another.',
  password_blank: 'Enter your password.',
  password_weak: `Make it stronger: at least ${PASSWORD_MIN} characters, with a small and a capital letter, a digit and a symbol.`,
  password_wrong: 'That is not your current password. Please try again.',
  code_blank: 'Enter the code from your email.',
  code_wrong: 'That is not the code, or it is too old. Check the newest email from us, or ask for a new one.',
  follow_self: 'You cannot follow yourself.',
  circle_self: 'You are in your own circle already.',
  block_self: 'You cannot block yourself.',
  mute_self: 'You cannot mute yourself.',
  mute_invalid: 'Pick how long to mute.',
  bio_exceed_max_chars: `Up to ${BIO_MAX} characters fit. Please cut a little.`,
  bio_invalid: 'There is a character in it that cannot be shown. Please type that part again.',
  approves_followers_invalid: 'Pick whether to approve followers.',
  theme_invalid: 'Pick how the site should look.',
  search_term_blank: 'Type what to look for.',
  search_term_exceed_max_chars: `Up to ${SEARCH_TERM_MAX} characters fit. Please look for less.`,
  notification_unknown: 'That notification is not known here. Please load the page again.',
  message_group_uuid_blank: 'That conversation is not known here. Please open it again.',
  user_reciever_handle_blank: 'Whom is it for? Enter a handle.',
  recipient_unreachable: 'Nobody can be reached under this handle. Check it for a typo.',
  idempotency_key_invalid: 'That arrived garbled. Please send it again.',
  idempotency_key_reused: 'This was sent before with other words. Please send it again.',
  avatar_type_unsupported: 'That is not a picture we can take. PNG, JPEG, WebP and GIF work.',
  avatar_damaged: 'This picture is damaged. Please try another.',
  avatar_too_many_pixels: 'This picture is too large to work on. Please try a smaller one.',
  too_many_requests: 'That was a lot at once. Wait a while, then try again.',
  code_used_up: 'That was too many tries for this code. Ask for a new one.',
  account_locked_briefly:
    'After so many wrong tries the account may be locked for some minutes. If yours was right, wait and enter it again.',
  internal: 'This one is our fault. Your words are safe; try again in a moment.',
  database_unavailable: 'We cannot reach our cruds just now. Try again in a moment.',
  identity_unavailable: 'Signing in is out of reach just now. Try again in a moment.',
  identity_misconfigured: 'Signing in does not work just now, and that is our fault. Try again later.',
  pictures_unavailable: 'Pictures cannot be reached right now. Please try again in a moment.',
  overloaded: 'A lot of people are here just now. Try again in a moment.',
}

/** Errors of the input itself. */
const INPUT_ERRORS = new Set<ErrorCode>([
  'message_blank',
  'message_exceed_max_chars',
  'message_exceed_max_chars_1024',
  'message_invalid',
  'ttl_blank',
])

/** Returns the sentence for a text that was not sent; undefined for a server error, which has a default. */
export function sendFailure(code: ErrorCode): string | undefined {
  if (INPUT_ERRORS.has(code)) return SENTENCES[code]
  if (ERROR_STATUS[code] >= 500) return undefined
  // The conversation or the user is gone. Does not reveal why, since it may be a block.
  if (code === 'not_found' || code === 'recipient_unreachable') return 'Not sent. You cannot write to each other.'
  return `Not sent. It is kept here. ${SENTENCES[code] ?? SENTENCES.internal}`
}
