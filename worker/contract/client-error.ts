import * as z from 'zod/mini'

/** What a browser may tell of an error: a name and places in our own files. A message could hold what somebody typed. */
export const CLIENT_ERROR_FRAMES_MAX = 20

const name = z.string().check(z.regex(/^[A-Za-z][\w]{0,59}$/))
/** "at name (https://…/assets/entry-abc.js:1:234)", as a stack has it, with our files' paths alone. */
const frame = z.string().check(z.regex(/^at [\w$.<>[\] ]{0,80} ?\(?\/assets\/[\w.-]{1,100}\.js:\d{1,7}:\d{1,7}\)?$/))

export const clientError = z.strictObject({
  name,
  /** The pattern of the page's address, such as /:at_handle. */
  route: z.string().check(z.regex(/^(\*|(\/(:?[\w-]{1,40})?)+)$/), z.maxLength(200)),
  frames: z.array(frame).check(z.maxLength(CLIENT_ERROR_FRAMES_MAX)),
})

export type ClientError = z.infer<typeof clientError>
