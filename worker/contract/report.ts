import * as z from 'zod/mini'
import { EMAIL, EMAIL_MAX } from './email.ts'
import { DISPLAY_NAME_MAX, IMAGES_MAX, REPLY_MAX, REPORT_NOTE_MAX } from './limits.ts'
import { RULES, rule } from './rules.ts'
import { text } from './text.ts'
import { handle } from './user.ts'
import { warning } from './warning.ts'

/** What can be reported. */
export const reportKind = z.enum(['activity', 'message', 'user'])
export type ReportKind = z.infer<typeof reportKind>

const shownText = text({
  blank: 'message_blank',
  tooLong: 'message_exceed_max_chars_1024',
  invalid: 'message_invalid',
  max: REPLY_MAX,
})

/** An image as an activity shows it. */
const shownImage = z.object({
  url: z.string({ error: 'report_token_invalid' }),
  alt: z.string({ error: 'report_token_invalid' }),
})

/**
 * Body of POST /api/reports. One of `activity_uuid`, `message_uuid` and `handle` says what is reported. A report of an
 * activity or message has the `message`, `warning`, `images` and `report_token` that the reporter was shown. Signed out, a report
 * needs name, email and good_faith; one of child_abuse only good_faith. `also`: blocks or mutes the author at once, for a signed-in
 * reporter.
 */
export const newReport = z
  .object({
    activity_uuid: z.optional(z.uuid({ error: 'report_subject_invalid' })),
    message_uuid: z.optional(z.uuid({ error: 'report_subject_invalid' })),
    handle: z.optional(handle),
    message: z.optional(shownText),
    /** The content warning that the reporter was shown. */
    warning: z.optional(warning),
    /** In order. */
    images: z.optional(
      z
        .array(shownImage, { error: 'report_token_invalid' })
        .check(z.maxLength(IMAGES_MAX, { error: 'report_token_invalid' })),
    ),
    report_token: z.optional(z.string({ error: 'report_token_invalid' })),
    reason: z.enum(RULES, { error: 'report_reason_blank' }),
    note: z.optional(text({ tooLong: 'report_note_too_long', invalid: 'report_note_invalid', max: REPORT_NOTE_MAX })),
    name: z.optional(
      text({
        tooLong: 'display_name_exceed_max_chars',
        invalid: 'display_name_invalid',
        max: DISPLAY_NAME_MAX,
        oneLine: true,
      }),
    ),
    email: z.optional(
      z.pipe(
        z.pipe(
          z.string({ error: 'email_invalid' }),
          z.transform((value) => value.trim().toLowerCase()),
        ),
        z.string().check(
          z.maxLength(EMAIL_MAX, { error: 'email_invalid', abort: true }),
          z.refine((value) => value === '' || EMAIL.test(value), { error: 'email_invalid' }),
        ),
      ),
    ),
    good_faith: z.optional(z.boolean({ error: 'good_faith_missing' })),
    also: z.optional(z.enum(['block', 'mute'], { error: 'report_also_invalid' })),
  })
  .check(
    z.refine(
      ({ activity_uuid, message_uuid, handle }) =>
        [activity_uuid, message_uuid, handle].filter((subject) => subject !== undefined).length === 1,
      { error: 'report_subject_invalid' },
    ),
  )
export type NewReport = z.infer<typeof newReport>

/**
 * Response to a report. `reference`: looks up the answer, also signed out. `has_images`: false if an image could not be copied, so that
 * moderators see it only until it is deleted.
 */
export const receivedReport = z.object({ uuid: z.string(), reference: z.string(), has_images: z.boolean() })
receivedReport.register(z.globalRegistry, { id: 'received_report' })

/**
 * What became of a report: `open` until it is decided; `closed` if nobody decided it within 16 days. `acted`: whether something was
 * done about what was reported; null until it is decided. Kept for 30 days.
 */
export const reportAnswer = z.object({
  reference: z.string(),
  state: z.enum(['open', 'decided', 'closed']),
  created_at: z.string(),
  decided_at: z.nullable(z.string()),
  acted: z.nullable(z.boolean()),
  rule: z.nullable(rule),
})
reportAnswer.register(z.globalRegistry, { id: 'report_answer' })
export type ReportAnswer = z.infer<typeof reportAnswer>
