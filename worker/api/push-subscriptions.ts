import { requireUser } from '../auth/require.ts'
import { fromBase64Url } from '../base64url.ts'
import { AppError } from '../contract/app-error.ts'
import { pushEndpoint, pushKey, pushSubscription } from '../contract/push.ts'
import { newApp } from '../hono-env.ts'
import { isPushService } from '../live/push-service.ts'
import { deletePushSubscription, savePushSubscription } from '../models/push-subscriptions.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

/** Routes of /api/push-subscriptions: the browsers that the viewer's notifications are pushed to. */
export const pushSubscriptions = newApp()
  .get(
    '/',
    describe({ summary: 'The key for push subscriptions, null without push', answers: { 200: pushKey } }),
    requireUser,
    (c) => c.json({ data: { public_key: c.env.settings.push?.publicKey ?? null } }, 200),
  )
  .put(
    '/',
    describe({
      summary: 'Push the viewer’s notifications to this browser, until the session ends',
      answers: { 204: null },
      errors: ['not_found', 'push_service_unknown'],
    }),
    requireUser,
    body(pushSubscription),
    async (c) => {
      const { push } = c.env.settings
      if (!push) throw new AppError('not_found')
      const subscription = c.req.valid('json')
      if (!isPushService(subscription.endpoint, push.endpoint))
        throw new AppError([{ code: 'push_service_unknown', field: 'endpoint' }])
      if (!(await isPublicKey(subscription.keys.p256dh)))
        throw new AppError([{ code: 'push_keys_invalid', field: 'keys.p256dh' }])
      await savePushSubscription(c.env.db, c.var.viewer, subscription)
      return c.body(null, 204)
    },
  )
  .delete(
    '/',
    describe({ summary: 'Push no more to this browser', answers: { 204: null } }),
    requireUser,
    body(pushEndpoint),
    async (c) => {
      await deletePushSubscription(c.env.db, c.var.viewer, c.req.valid('json').endpoint)
      return c.body(null, 204)
    },
  )

/** Returns whether 65 bytes are a point of P-256: otherwise nothing can be encrypted for it. */
const isPublicKey = (p256dh: string): Promise<boolean> =>
  crypto.subtle.importKey('raw', fromBase64Url(p256dh), { name: 'ECDH', namedCurve: 'P-256' }, false, []).then(
    () => true,
    () => false,
  )
