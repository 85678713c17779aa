import * as z from 'zod/mini'

/** A place where a person is signed in. */
export const device = z.object({
  uuid: z.string(),
  /** Kind of browser, such as "Firefox on Android". */
  browser: z.string(),
  /** When they signed in there. */
  created_at: z.string(),
  /** A date in UTC, such as 2026-11-28. */
  last_seen_on: z.string(),
  /** It is the one that asks. */
  current: z.boolean(),
})
device.register(z.globalRegistry, { id: 'device' })
export type Device = z.infer<typeof device>
