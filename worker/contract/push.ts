import * as z from 'zod/mini'
import { notification } from './notification.ts'

/** Printable ASCII, as `PushSubscription.endpoint` is serialized. Those of today's push services have 100 to 600 characters. */
const endpoint = z
  .string({ error: 'push_endpoint_invalid' })
  .check(z.regex(/^[!-~]{1,1024}$/, { error: 'push_endpoint_invalid' }))

const keyOf = (form: RegExp) =>
  z.string({ error: 'push_keys_invalid' }).check(z.regex(form, { error: 'push_keys_invalid' }))

/**
 * What an application server needs of a browser's PushSubscription, as its `toJSON` returns it: base64url without padding. It ends with
 * the session, so a browser that is subscribed stores it again after signing in; storing it twice changes nothing.
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

/** The key for `applicationServerKey`, in base64url; null where push is not configured: then no setting is shown. */
export const pushKey = z.object({ data: z.object({ public_key: z.nullable(z.string()) }) })
export type PushKey = z.infer<typeof pushKey>

/**
 * What a push message holds, encrypted for the browser: never a text. It is about the activity `uuid`, the conversation (`message`),
 * the report or the statement; null for a follow, a request to follow and `security`. `actor` is a handle, null where the
 * notification has none. At `expires_at` (ISO 8601) what it is about ends: show it no longer.
 */
export const pushPayload = z.object({
  kind: z.enum([...notification.shape.kind.options, 'message']),
  actor: z.nullable(z.string()),
  uuid: z.nullable(z.string()),
  expires_at: z.string(),
})
export type PushPayload = z.infer<typeof pushPayload>
