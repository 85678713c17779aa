import * as z from 'zod/mini'

/** Limit of stack frames in a report. */
const FRAMES_MAX = 20

const name = z.string().check(z.regex(/^[A-Za-z][\w]{0,59}$/))
/** A stack frame, "at name (/assets/entry-abc.js:1:234)": a path of our own files, without the origin. */
const frame = z.string().check(z.regex(/^at [\w$.<>[\] ]{0,80} ?\(?\/assets\/[\w.-]{1,100}\.js:\d{1,7}:\d{1,7}\)?$/))

/** Body of POST /api/client-errors: name and stack of an error. No message, since it could hold a user's text. */
export const clientError = z.strictObject({
  name,
  /** The page's route pattern, such as /:at_handle. */
  route: z.string().check(z.regex(/^(\*|(\/(:?[\w-]{1,40})?)+)$/), z.maxLength(200)),
  frames: z.array(frame).check(z.maxLength(FRAMES_MAX)),
})

export type ClientError = z.infer<typeof clientError>
