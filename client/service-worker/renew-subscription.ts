import type { PushKey } from '../../worker/contract/push.ts'
import { PUSH_PATH } from '../../worker/contract/push-path.ts'
import { subscribeBrowser } from '../push/subscribe-browser.ts'

/** Not in the types of TypeScript. Both are missing in Firefox. */
type SubscriptionChange = Event & {
  oldSubscription?: PushSubscription | null
  newSubscription?: PushSubscription | null
}

const send = (method: 'PUT' | 'DELETE', body: object) =>
  fetch(PUSH_PATH, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** Sends the site the subscription that replaces one which the browser or its push service has ended. */
export async function renewSubscription(
  { pushManager }: ServiceWorkerRegistration,
  { oldSubscription, newSubscription }: SubscriptionChange,
): Promise<void> {
  const response = await fetch(PUSH_PATH)
  // Nobody is signed in any more. After any other error, a page sends it within a day (start-service-worker.ts).
  if (response.status === 401) await newSubscription?.unsubscribe()
  if (!response.ok) return
  const { data }: PushKey = await response.json()
  if (data.public_key === null) return
  const subscription = newSubscription ?? (await subscribeBrowser(pushManager, data.public_key))
  const { endpoint, keys } = subscription.toJSON()
  await send('PUT', { endpoint, keys })
  if (oldSubscription) await send('DELETE', { endpoint: oldSubscription.endpoint })
}
