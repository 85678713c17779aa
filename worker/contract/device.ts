import * as z from 'zod/mini'

/** A session of the viewer, shown as a device. */
export const device = z.object({
  uuid: z.string(),
  /** Kind of browser, such as "Firefox on Android". */
  browser: z.string(),
  /** When the user signed in. */
  created_at: z.string(),
  /** Date in UTC, such as 2026-11-28. */
  last_seen_on: z.string(),
  /** Whether it is the session of this request. */
  current: z.boolean(),
})
device.register(z.globalRegistry, { id: 'device' })
export type Device = z.infer<typeof device>
