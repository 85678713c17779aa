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
  json_malformed: 'That didn’t arrive in one piece. Please send it again.',
  cursor_malformed: 'This link is incomplete. Go back to the start of the list.',
  limit_malformed: 'A page shows 1 to 100 items. Please change the link.',
  bad_request: 'That didn’t arrive in one piece. Please send it again.',
  unauthorized: 'Please sign in first.',
  session_ended: 'You’ve been signed out. Please sign in again.',
  credentials_wrong: 'Wrong email or password. Check both, or get a new password.',
  cross_origin: 'That request came from another site, so we ignored it. Please do it here.',
  reply_not_allowed: 'You can’t reply to this crud.',
  not_yours: 'Only the author can do that.',
  email_unconfirmed: 'Your email address isn’t confirmed yet. Enter the code we sent you.',
  password_reset_required: 'You need to set a new password before you go on. Ask for a code to do that.',
  not_found: 'There’s nothing at this address. Check it for typos.',
  method_not_allowed: 'That doesn’t work here. Please go back and try again.',
  gone: 'This crud has burnt out.',
  handle_required: 'You need a handle first. Please pick one.',
  challenge_unsupported: 'Your account needs a step that we don’t support yet. Get a new password to go on.',
  password_change_required: 'Please set a new password to go on.',
  body_too_large: 'That’s too big to send. Please make it shorter.',
  content_type_unsupported: 'We can’t read that format. Please use the form on the page.',
  message_blank: 'Write a word or two first.',
  message_exceed_max_chars: `Up to ${CRUD_MAX} characters fit. Please shorten it.`,
  message_exceed_max_chars_1024: `Up to ${numberText(REPLY_MAX)} characters fit. Please shorten it.`,
  message_invalid: 'It has a character that can’t be shown. Please type that part again.',
  ttl_blank: 'Pick how long it burns.',
  audience_invalid: 'Pick who can see it.',
  who_can_reply_invalid: 'Pick who can reply.',
  not_top_level: 'Whoever started the thread decides who can reply.',
  not_repostable: 'This crud isn’t for everyone, so it can’t be reposted.',
  display_name_blank: 'Tell us what to call you.',
  display_name_exceed_max_chars: `Up to ${DISPLAY_NAME_MAX} characters fit. Please shorten it.`,
  display_name_invalid: 'It has a character that can’t be shown. Please type it again.',
  display_name_reserved: 'That name looks like one of ours. Please pick another.',
  email_blank: 'Enter your email address.',
  email_invalid: 'Enter a full email address, like name@example.com.',
  email_taken: 'This address already has an account. Sign in, or get a new password.',
  handle_blank: 'Pick a handle.',
  handle_invalid: `A handle has letters a to z, numbers and _, up to ${HANDLE_MAX} of them.`,
  handle_reserved: 'This handle is kept for Cruddur itself. Pick another.',
  handle_taken: 'Somebody already has this handle. Pick another.',
  password_blank: 'Enter your password.',
  password_weak: `Make it stronger: at least ${PASSWORD_MIN} characters, with a lowercase and an uppercase letter, a number and a symbol.`,
  password_wrong: 'That’s not your current password. Please try again.',
  code_blank: 'Enter the code from your email.',
  code_wrong: 'That code is wrong or too old. Check our latest email, or ask for a new one.',
  follow_self: 'You can’t follow yourself.',
  circle_self: 'You’re already in your own circle.',
  block_self: 'You can’t block yourself.',
  mute_self: 'You can’t mute yourself.',
  mute_invalid: 'Pick how long to mute.',
  bio_exceed_max_chars: `Up to ${BIO_MAX} characters fit. Please shorten it.`,
  bio_invalid: 'It has a character that can’t be shown. Please type that part again.',
  approves_followers_invalid: 'Pick whether to approve followers.',
  theme_invalid: 'Pick how the site should look.',
  search_term_blank: 'Type something to search for.',
  search_term_exceed_max_chars: `Up to ${SEARCH_TERM_MAX} characters fit. Please shorten it.`,
  notification_unknown: 'We don’t know that notification. Please reload the page.',
  message_group_uuid_blank: 'We don’t know that conversation. Please open it again.',
  user_reciever_handle_blank: 'Who is it for? Enter a handle.',
  recipient_unreachable: 'You can’t message anyone with this handle. Check it for typos.',
  idempotency_key_invalid: 'That didn’t arrive in one piece. Please send it again.',
  idempotency_key_reused: 'This was already sent with different words. Please send it again.',
  avatar_type_unsupported: 'We can’t use that file. Choose a PNG, JPEG, WebP or GIF.',
  avatar_damaged: 'This picture is damaged. Please try another.',
  avatar_too_many_pixels: 'This picture is too large. Please try a smaller one.',
  too_many_requests: 'That was a lot at once. Wait a while, then try again.',
  code_used_up: 'That was too many tries with this code. Ask for a new one.',
  account_locked_briefly:
    'After so many wrong tries, the account may be locked for a few minutes. If yours was right, try it again then.',
  internal: 'This one is our fault. Your words are safe; try again in a moment.',
  database_unavailable: 'Cruddur can’t be reached right now. Try again in a moment.',
  identity_unavailable: 'Signing in isn’t working right now. Try again in a moment.',
  identity_misconfigured: 'Signing in isn’t working right now, and that’s our fault. Try again later.',
  pictures_unavailable: 'Pictures aren’t available right now. Try again in a moment.',
  overloaded: 'A lot of people are here right now. Try again in a moment.',
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
  if (code === 'not_found' || code === 'recipient_unreachable') return 'Not sent. You can’t message each other.'
  return `Not sent. It is kept here. ${SENTENCES[code] ?? SENTENCES.internal}`
}
