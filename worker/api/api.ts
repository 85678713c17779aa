import { bodyLimit } from 'hono/body-limit'
import type { ApplyGlobalResponse } from 'hono/client'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import { AppError } from '../contract/app-error.ts'
import type { ErrorBody } from '../contract/error.ts'
import { API_BODY_MAX_BYTES } from '../contract/limits.ts'
import { registerCacheableRoutes } from '../edge-cache/cacheable-routes.ts'
import { newApp } from '../hono-env.ts'
import { exceptUnder } from '../middleware/except-under.ts'
import { jsonOnly } from '../middleware/json-only.ts'
import { limitAuthAttempts } from '../middleware/rate-limits.ts'
import { activities } from './activities.ts'
import { answerError } from './answer-error.ts'
import { arrival } from './arrival.ts'
import { avatar } from './avatar.ts'
import { circle } from './circle.ts'
import { clientErrors } from './client-errors.ts'
import { contact } from './contact.ts'
import { devices } from './devices.ts'
import { followers, followRequests } from './followers.ts'
import { health } from './health.ts'
import { images } from './images.ts'
import { live } from './live.ts'
import { messageGroups, messages } from './messages.ts'
import { moderation } from './moderation.ts'
import { notifications } from './notifications.ts'
import { openApi } from './openapi.ts'
import { profile } from './profile.ts'
import { pushSubscriptions } from './push-subscriptions.ts'
import { reactions } from './reactions.ts'
import { recovery } from './recovery.ts'
import { relations } from './relations.ts'
import { reports } from './reports.ts'
import { cacheableApiRoutes } from './route-table.ts'
import { session } from './session.ts'
import { signUp } from './sign-up.ts'
import { skipSerialization } from './skip-serialization.ts'
import { statements } from './statements.ts'
import { tags } from './tags.ts'
import { transparency } from './transparency.ts'
import { users } from './users.ts'

const limitBody = bodyLimit({
  maxSize: API_BODY_MAX_BYTES,
  onError: () => {
    throw new AppError('body_too_large')
  },
})

const root = newApp()

/** Logs and traces get the route's pattern, never the URL: URLs hold search terms and handles. */
root.use(async function nameRoute(c, next) {
  await next()
  c.env.route = routePath(c)
})

root.use(skipSerialization)

root.onError(answerError)
root.notFound((c) => answerError(new AppError('not_found'), c))

// 405 before the checks of the body.
root.use(
  methodNotAllowed({
    app: root,
    onMethodNotAllowed: (c, methods) => {
      c.header('Allow', methods.join(', '))
      return answerError(new AppError('method_not_allowed'), c)
    },
  }),
)
// Uploads have their own size limits and content types.
const AVATAR = '/api/profile/avatar'
const IMAGES = '/api/images'
root.use(exceptUnder(AVATAR, exceptUnder(IMAGES, limitBody)), exceptUnder(AVATAR, exceptUnder(IMAGES, jsonOnly)))

/** The API: a Hono app under /api. Its `env` is the request's RequestContext, see worker/context.ts. */
export const api = root
  .basePath('/api')
  .route('/health-check', health)
  .route('/openapi.json', openApi(root.routes))
  .use('/session/*', limitAuthAttempts)
  .route('/session', session)
  .route('/session', devices)
  .route('/session', signUp)
  .route('/session', recovery)
  .route('/profile', profile)
  .route('/profile/avatar', avatar)
  .route('/activities', activities)
  .route('/activities', reactions)
  .route('/images', images)
  .route('/users', users)
  .route('/users', relations)
  .route('/followers', followers)
  .route('/follow-requests', followRequests)
  .route('/circle', circle)
  .route('/arrival', arrival)
  .route('/tags', tags)
  .route('/notifications', notifications)
  .route('/message_groups', messageGroups)
  .route('/messages', messages)
  .route('/live', live)
  .route('/push-subscriptions', pushSubscriptions)
  .route('/reports', reports)
  .route('/statements', statements)
  .route('/moderation', moderation)
  .route('/transparency', transparency)
  .route('/contact', contact)
  .route('/client-errors', clientErrors)

registerCacheableRoutes(cacheableApiRoutes(root.routes))

/** Type of the API for Hono's RPC client. Any route may answer with an error body. */
export type ApiType = ApplyGlobalResponse<
  typeof api,
  { 400: { json: ErrorBody }; 401: { json: ErrorBody }; 500: { json: ErrorBody } }
>
