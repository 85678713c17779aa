import { encryptNotification } from '@block65/webcrypto-web-push'
import type { PushPayload } from '../contract/push.ts'
import type { Db } from '../db/client.ts'
import type { Push } from '../db/nudged.ts'
import { sha256, toHex } from '../digest.ts'
import type { Env } from '../env.ts'
import { deleteGonePushSubscriptions } from '../models/push-subscriptions.ts'
import { log } from '../observe/log.ts'
import { isPaused, pauseAfter } from './push-pauses.ts'
import { type Sender, vapidAuthorization } from './vapid.ts'

/** What a push needs of the context of the request that causes it. */
type PushContext = { requestId: string; settings: Env; db: Db; waitUntil: (work: Promise<unknown>) => void }
type Subscription = Push['subscriptions'][number]

/** Timeout of one push, in ms: the pushes behind it in the queue wait. */
const TIMEOUT_MS = 5_000

/** Timeout of all pushes of a request together, in ms. The runtime ends work 30 s after the response. */
const TIMEOUT_OF_ALL_MS = 20_000

/** Number of concurrent pushes: a request has six connections, of which the write may still need some. */
const CONCURRENCY = 4

/** The longest TTL that every push service accepts, in seconds: Google's takes four weeks. */
const TTL_MAX_SECONDS = 2_419_200

/** Kinds that may wait until a phone wakes up anyway: urgency low. Messages have high, all others normal. */
const LOW_URGENCY: readonly PushPayload['kind'][] = ['like', 'repost', 'follow']

/** Kinds of which an offline browser later gets only the latest of each conversation or activity. */
const REPLACED_BY_NEXT: readonly PushPayload['kind'][] = ['message', 'like', 'repost']

/** Interval of log lines about failed pushes, per isolate, in ms: while a push service is down, each push fails. */
const LOG_INTERVAL_MS = 60_000
let loggedAt = 0

/** Pushes to the browsers of users, after the response. Never fails: a user who gets no push sees it on the next visit. */
export function sendPushes(context: PushContext, pushes: readonly Push[]): void {
  const { push, contactEmail } = context.settings
  if (push && pushes.length > 0) context.waitUntil(sendAll(context, { ...push, contactEmail }, pushes).catch(() => {}))
}

async function sendAll({ requestId, db }: PushContext, sender: Sender, pushes: readonly Push[]): Promise<void> {
  const timeout = AbortSignal.timeout(TIMEOUT_OF_ALL_MS)
  const gone: string[] = []
  const queue = pushes
    .flatMap(({ payload, subscriptions }) =>
      subscriptions.map((subscription, index) => ({ payload, subscription, index })),
    )
    // Each user's first browser comes before any second one, so that a user with many browsers delays nobody.
    .sort((a, b) => a.index - b.index)
    .values()
  const sendQueue = async () => {
    for (const { payload, subscription } of queue) {
      if (timeout.aborted) return
      const { uuid, endpoint } = subscription
      const ttl = Math.floor((Date.parse(payload.expires_at) - Date.now()) / 1000)
      if (ttl < 1 || isPaused(endpoint)) continue
      const signal = AbortSignal.any([timeout, AbortSignal.timeout(TIMEOUT_MS)])
      const response = await send(sender, payload, subscription, ttl, signal).catch(() => null)
      if (response) pauseAfter(endpoint, response)
      if (response?.status === 404 || response?.status === 410) gone.push(uuid)
      else if (!response?.ok) logFailure(requestId, endpoint, response?.status ?? null)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, sendQueue))
  if (gone.length > 0) await db.write(deleteGonePushSubscriptions, { subscription_uuids: gone })
}

/** Returns the push service's response. RFC 8030, encrypted by RFC 8291. `ttl` in seconds. */
async function send(
  sender: Sender,
  payload: PushPayload,
  { endpoint, keys }: Subscription,
  ttl: number,
  signal: AbortSignal,
): Promise<Response> {
  const body = new TextEncoder().encode(JSON.stringify(payload))
  const [authorization, encrypted, topic] = await Promise.all([
    vapidAuthorization(sender, endpoint),
    encryptNotification({ endpoint, keys, expirationTime: null }, body),
    topicOf(payload, keys.auth),
  ])
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization,
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(Math.min(ttl, TTL_MAX_SECONDS)),
      urgency: payload.kind === 'message' ? 'high' : LOW_URGENCY.includes(payload.kind) ? 'low' : 'normal',
      ...(topic && { topic }),
    },
    body: encrypted,
    // Otherwise a push service could make us send requests elsewhere.
    redirect: 'manual',
    signal,
  })
  await response.body?.cancel()
  return response
}

/** Returns the Topic header; undefined for a push of its own. A hash, so that a push service does not learn who shares a conversation. */
async function topicOf({ kind, uuid }: PushPayload, secret: string): Promise<string | undefined> {
  if (!REPLACED_BY_NEXT.includes(kind)) return undefined
  return toHex(await sha256(`${secret} ${kind} ${uuid}`)).slice(0, 32)
}

/** Logs the push service's host alone: an endpoint identifies a browser. `status`: null without a response. */
function logFailure(requestId: string, endpoint: string, status: number | null): void {
  if (Date.now() - loggedAt < LOG_INTERVAL_MS) return
  loggedAt = Date.now()
  log({ event: 'push_failed', request_id: requestId, push_service: new URL(endpoint).hostname, status })
}
