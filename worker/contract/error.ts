/**
 * All error codes of the API with their HTTP status. Codes are stable: clients and the texts in client/texts/error-messages.ts depend
 * on them. Some names, typos included, come from the original Cruddur.
 */
export const ERROR_STATUS = {
  // 400: malformed
  json_malformed: 400,
  cursor_malformed: 400,
  limit_malformed: 400,
  bad_request: 400,
  // 401
  unauthorized: 401,
  session_ended: 401,
  credentials_wrong: 401,
  // 403
  cross_origin: 403,
  not_yours: 403,
  reply_not_allowed: 403,
  suspended: 403,
  sign_up_closed: 403,
  another_moderator: 403,
  email_unconfirmed: 403,
  password_reset_required: 403,
  // 404, 405, 410
  not_found: 404,
  method_not_allowed: 405,
  gone: 410,
  // 409
  handle_required: 409,
  challenge_unsupported: 409,
  password_change_required: 409,
  image_attached: 409,
  report_decided: 409,
  not_a_request: 409,
  already_appealed: 409,
  // 413, 415
  body_too_large: 413,
  content_type_unsupported: 415,
  // 422: invalid input
  message_blank: 422,
  message_exceed_max_chars: 422,
  message_exceed_max_chars_1024: 422,
  message_invalid: 422,
  mention_missing: 422,
  ttl_blank: 422,
  audience_invalid: 422,
  who_can_reply_invalid: 422,
  not_top_level: 422,
  not_repostable: 422,
  display_name_blank: 422,
  display_name_exceed_max_chars: 422,
  display_name_invalid: 422,
  display_name_reserved: 422,
  email_blank: 422,
  email_invalid: 422,
  email_taken: 422,
  handle_blank: 422,
  handle_invalid: 422,
  handle_reserved: 422,
  handle_taken: 422,
  password_blank: 422,
  password_weak: 422,
  password_wrong: 422,
  code_blank: 422,
  code_wrong: 422,
  follow_self: 422,
  block_self: 422,
  circle_self: 422,
  mute_self: 422,
  mute_invalid: 422,
  bio_exceed_max_chars: 422,
  bio_invalid: 422,
  theme_invalid: 422,
  banner_color_invalid: 422,
  approves_followers_invalid: 422,
  report_subject_invalid: 422,
  report_token_invalid: 422,
  report_reason_blank: 422,
  report_note_too_long: 422,
  report_note_invalid: 422,
  report_also_invalid: 422,
  report_self: 422,
  name_blank: 422,
  good_faith_missing: 422,
  decision_invalid: 422,
  rule_blank: 422,
  statement_blank: 422,
  statement_too_long: 422,
  statement_invalid: 422,
  until_invalid: 422,
  warning_blank: 422,
  warning_too_long: 422,
  warning_invalid: 422,
  appeal_blank: 422,
  appeal_too_long: 422,
  appeal_invalid: 422,
  appeal_too_late: 422,
  search_term_blank: 422,
  search_term_exceed_max_chars: 422,
  notification_unknown: 422,
  message_group_uuid_blank: 422,
  user_reciever_handle_blank: 422,
  recipient_unreachable: 422,
  idempotency_key_invalid: 422,
  idempotency_key_reused: 422,
  avatar_type_unsupported: 422,
  avatar_damaged: 422,
  avatar_too_many_pixels: 422,
  image_type_unsupported: 422,
  image_damaged: 422,
  image_too_many_pixels: 422,
  images_too_many: 422,
  image_unknown: 422,
  alt_blank: 422,
  alt_exceed_max_chars: 422,
  alt_invalid: 422,
  alt_required_invalid: 422,
  open_warnings_invalid: 422,
  push_endpoint_invalid: 422,
  push_keys_invalid: 422,
  push_service_unknown: 422,
  // 429, 5xx
  too_many_requests: 429,
  stranger_messages_used_up: 429,
  new_account_limit: 429,
  code_used_up: 429,
  account_locked_briefly: 429,
  internal: 500,
  database_unavailable: 503,
  identity_unavailable: 503,
  identity_misconfigured: 503,
  pictures_unavailable: 503,
  live_unavailable: 503,
  overloaded: 503,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERROR_STATUS

/** The parts of the URL of an activity's page. */
type ActivityUrlParts = { uuid: string; handle: string }

/**
 * One error. `field`: the input it belongs to. `suggestions`: values that would be accepted. `replaced_by`: the newest version of
 * the requested activity, which was rewritten. `until`: when a limit ends (ISO 8601).
 */
export type ErrorItem = {
  code: ErrorCode
  field?: string
  suggestions?: string[]
  replaced_by?: ActivityUrlParts
  until?: string
}

/** The body of every response with a status of 400 or more. */
export type ErrorBody = { errors: ErrorItem[]; request_id: string }
