import { bodyLimit } from 'hono/body-limit'
import type { ApplyGlobalResponse } from 'hono/client'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import { AppError } from '../contract/app-error.ts'
import type { ErrorBody } from '../contract/error.ts'
import { BODY_MAX_BYTES } from '../contract/limits.ts'
import { registerCacheableRoutes } from '../edge-cache/cacheable-routes.ts'
import { newApp } from '../hono-env.ts'
import { jsonOnly } from '../middleware/json-only.ts'
import { outside } from '../middleware/outside.ts'
import { limitDoors } from '../middleware/rate-limits.ts'
import { activities } from './activities.ts'
import { answerError } from './answer-error.ts'
import { avatar } from './avatar.ts'
import { clientErrors } from './client-errors.ts'
import { devices } from './devices.ts'
import { handOver } from './hand-over.ts'
import { health } from './health.ts'
import { messageGroups, messages } from './messages.ts'
import { notifications } from './notifications.ts'
import { openApi } from './openapi.ts'
import { profile } from './profile.ts'
import { reactions } from './reactions.ts'
import { recovery } from './recovery.ts'
import { relations } from './relations.ts'
import { cacheableApiRoutes } from './route-table.ts'
import { session } from './session.ts'
import { signUp } from './sign-up.ts'
import { tags } from './tags.ts'
import { users } from './users.ts'

const limitBody = bodyLimit({
  maxSize: BODY_MAX_BYTES,
  onError: () => {
    throw new AppError('body_too_large')
  },
})

const root = newApp()

/** Names this request in the log and the trace by the pattern of its route, never by its URL. */
root.use(async function nameRoute(c, next) {
  await next()
  c.env.route = routePath(c)
})

root.use(handOver)

root.onError(answerError)
root.notFound((c) => answerError(new AppError('not_found'), c))

// Order: whether the address knows the method, then what its body must be.
root.use(
  methodNotAllowed({
    app: root,
    onMethodNotAllowed: (c, methods) => {
      c.header('Allow', methods.join(', '))
      return answerError(new AppError('method_not_allowed'), c)
    },
  }),
)
// A picture has a limit and a type of its own.
const AVATAR = '/api/profile/avatar'
root.use(outside(AVATAR, limitBody), outside(AVATAR, jsonOnly))

/** The API, as one Hono app under /api. Its `env` is the request's context, see worker/context.ts. */
export const api = root
  .basePath('/api')
  .route('/health-check', health)
  .route('/openapi.json', openApi(root.routes))
  .use('/session/*', limitDoors)
  .route('/session', session)
  .route('/session', devices)
  .route('/session', signUp)
  .route('/session', recovery)
  .route('/profile', profile)
  .route('/profile/avatar', avatar)
  .route('/activities', activities)
  .route('/activities', reactions)
  .route('/users', users)
  .route('/users', relations)
  .route('/tags', tags)
  .route('/notifications', notifications)
  .route('/message_groups', messageGroups)
  .route('/messages', messages)
  .route('/client-errors', clientErrors)

registerCacheableRoutes(cacheableApiRoutes(root.routes))

/** What the typed client knows of the API; every route may answer with an error body. */
export type ApiType = ApplyGlobalResponse<
  typeof api,
  { 400: { json: ErrorBody }; 401: { json: ErrorBody }; 500: { json: ErrorBody } }
>
