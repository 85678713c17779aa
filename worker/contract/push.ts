import * as z from 'zod/mini'
import { notification } from './notification.ts'

/** Printable ASCII, as `PushSubscription.endpoint` is serialized. Those of today's push services have 100 to 600 characters. */
const endpoint = z
  .string({ error: 'push_endpoint_invalid' })
  .check(z.regex(/^[!-~]{1,1024}$/, { error: 'push_endpoint_invalid' }))

const keyOf = (form: RegExp) =>
  z.string({ error: 'push_keys_invalid' }).check(z.regex(form, { error: 'push_keys_invalid' }))

/**
 * The endpoint and keys of a browser's PushSubscription, as its `toJSON` returns them: in base64url without padding. Stored until the
 * session ends, so a subscribed browser sends it again after each sign-in. Idempotent.
 */
export const pushSubscription = z.object({
  endpoint,
  keys: z.object(
    {
      // 65 bytes that start with 4: an uncompressed point of P-256.
      p256dh: keyOf(/^B[A-P][\w-]{85}$/),
      // 16 bytes.
      auth: keyOf(/^[\w-]{22}$/),
    },
    { error: 'push_keys_invalid' },
  ),
})
export type PushSubscription = z.infer<typeof pushSubscription>

/** Names a subscription to end. */
export const pushEndpoint = z.object({ endpoint })

/** The key for `applicationServerKey`, in base64url; null if push is not configured. */
export const pushKey = z.object({ data: z.object({ public_key: z.nullable(z.string()) }) })
export type PushKey = z.infer<typeof pushKey>

/**
 * Content of a push message, encrypted for the browser; never a user's text. `uuid`: the activity, conversation (`message`), report or
 * statement that it is about; null for a follow, a request to follow and `security`. `actor`: a handle, null where the notification has
 * none. `expires_at`: when to stop showing it (ISO 8601).
 */
export const pushPayload = z.object({
  kind: z.enum([...notification.shape.kind.options, 'message']),
  actor: z.nullable(z.string()),
  uuid: z.nullable(z.string()),
  expires_at: z.string(),
})
export type PushPayload = z.infer<typeof pushPayload>
