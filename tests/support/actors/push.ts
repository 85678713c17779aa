import type { PushSubscription } from '../../../worker/contract/push.ts'
import { PUSH_PATH } from '../../../worker/contract/push-path.ts'
import type { Answer, Client } from '../../harness/client.ts'
import type { PushService, ReceivedPush } from '../../harness/push-service.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

/** Turns notifications on in a new browser of a user; returns its subscription. */
export async function subscribes(who: Client, service: PushService): Promise<PushSubscription> {
  const subscription = service.subscribe()
  expectStatus(await who.put(PUSH_PATH, subscription), 204)
  return subscription
}

/** Turns notifications off in a browser; returns the answer unchecked. */
export const unsubscribes = (who: Client, { endpoint }: PushSubscription): Promise<Answer> =>
  who.send('DELETE', PUSH_PATH, { 'content-type': 'application/json' }, JSON.stringify({ endpoint }))

/** What was pushed to a browser so far. */
export const pushedTo = ({ received }: PushService, { endpoint }: PushSubscription): ReceivedPush[] =>
  received.filter((push) => push.endpoint === endpoint)
