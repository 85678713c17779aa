import type { RouterRoute } from 'hono/types'
import type * as z from 'zod/mini'
import { optionalUser, requireModerator, requireUser } from '../auth/require.ts'
import type { CacheableRoute, QueryKeys } from '../contract/cacheable-route.ts'
import { ERROR_STATUS, type ErrorCode } from '../contract/error.ts'
import { idempotency } from '../middleware/idempotency.ts'
import { type Description, descriptionOf, type Input, inputOf } from './describe.ts'
import { codesOf } from './schema-codes.ts'

/** One API route: its description together with what its middleware and path imply. */
export type ApiRoute = Omit<Description, 'auth' | 'errors'> & {
  method: string
  /** Hono's pattern, such as /api/activities/:uuid. */
  path: string
  auth: 'none' | 'optional' | 'required' | 'moderator'
  query: Input['schema'] | undefined
  queryKeys: QueryKeys
  json: Input['schema'] | undefined
  takesIdempotencyKey: boolean
  errors: readonly ErrorCode[]
  /** Codes of invalid inputs. One response may hold several, even of different statuses. */
  inputErrors: ReadonlySet<ErrorCode>
}

/** A mounted route without a description. */
export type UndescribedRoute = Pick<ApiRoute, 'method' | 'path'>

const EVERY_ROUTE: ErrorCode[] = ['too_many_requests', 'internal', 'database_unavailable', 'overloaded']
/** A Bearer token is checked before every write, also on routes that work signed out. */
const EVERY_WRITE: ErrorCode[] = ['cross_origin', 'unauthorized', 'identity_unavailable', 'body_too_large']
const WITH_USER: ErrorCode[] = [
  'unauthorized',
  'session_ended',
  'password_reset_required',
  'handle_required',
  'identity_unavailable',
  'identity_misconfigured',
]
const WITH_IDEMPOTENCY_KEY: ErrorCode[] = ['idempotency_key_invalid', 'idempotency_key_reused', 'gone']

const AUTH = new Map<unknown, ApiRoute['auth']>([
  [requireUser, 'required'],
  [optionalUser, 'optional'],
  [requireModerator, 'moderator'],
])

const ALL_CODES = Object.keys(ERROR_STATUS) as ErrorCode[]

/** Returns the handlers of each route, by method and path. */
function handlersOf(mounted: RouterRoute[]): Map<string, object[]> {
  const handlers = new Map<string, object[]>()
  for (const { method, path, handler } of mounted) {
    // Hono lists middleware of several routes as method ALL.
    if (method === 'ALL') continue
    const key = `${method} ${path}`
    handlers.set(key, [...(handlers.get(key) ?? []), handler])
  }
  return handlers
}

/** Returns an app's API routes; `undescribed` are those without a description. */
export function routeTable(mounted: RouterRoute[]): { routes: ApiRoute[]; undescribed: UndescribedRoute[] } {
  const routes: ApiRoute[] = []
  const undescribed: UndescribedRoute[] = []
  for (const [key, handlers] of handlersOf(mounted)) {
    const [method = '', path = ''] = key.split(' ')
    const description = handlers.map(descriptionOf).find((found) => found !== undefined)
    if (description) routes.push(toRoute(method, path, description, handlers))
    else undescribed.push({ method, path })
  }
  return { routes, undescribed }
}

function toRoute(method: string, path: string, description: Description, handlers: object[]): ApiRoute {
  const auth = description.auth ?? handlers.map((handler) => AUTH.get(handler)).find(Boolean) ?? 'none'
  const inputs = handlers.map(inputOf)
  const schemaOf = (target: Input['target']) => inputs.find((input) => input?.target === target)?.schema
  const json = schemaOf('json')
  const query = schemaOf('query')
  const takesIdempotencyKey = handlers.includes(idempotency)
  const inputErrors = new Set([json, query].flatMap((schema) => (schema ? [...codesOf(schema)] : [])))
  const errors = new Set([
    ...EVERY_ROUTE,
    ...(method === 'GET' ? [] : EVERY_WRITE),
    ...(method === 'GET' || description.mediaTypes ? [] : (['content_type_unsupported'] as const)),
    ...(auth === 'none' ? [] : WITH_USER),
    ...(method !== 'GET' && auth === 'required' ? (['suspended'] as const) : []),
    ...(path.includes('/:') || auth === 'moderator' ? (['not_found'] as const) : []),
    ...(query && 'cursor' in shapeOf(query) ? (['cursor_malformed'] as const) : []),
    ...(json ? (['json_malformed'] as const) : []),
    ...(takesIdempotencyKey ? WITH_IDEMPOTENCY_KEY : []),
    ...inputErrors,
    ...(description.errors ?? []),
  ])
  return {
    ...description,
    method,
    path,
    auth,
    query,
    queryKeys: query ? keysOf(query) : {},
    json,
    takesIdempotencyKey,
    inputErrors,
    errors: ALL_CODES.filter((code) => errors.has(code)),
  }
}

/** Returns the routes that the edge may cache. Runs when an isolate starts, so it computes nothing else. */
export function cacheableApiRoutes(mounted: RouterRoute[]): CacheableRoute[] {
  return [...handlersOf(mounted)].flatMap(([key, handlers]) => {
    const [, route = ''] = key.split(' ')
    const shows = handlers.map(descriptionOf).find(Boolean)?.cacheable
    const query = handlers.map(inputOf).find((input) => input?.target === 'query')?.schema
    return shows ? [{ route, shows, query: query ? keysOf(query) : {} }] : []
  })
}

/** Returns the keys of a query schema, with the allowed values of enums and 'text' for all others. */
function keysOf(schema: Input['schema']): QueryKeys {
  const entries = Object.entries(shapeOf(schema)).map(([key, field]): [string, QueryKeys[string]] => {
    const { def } = field._zod
    const inner = def.type === 'default' ? (def.innerType as z.core.$ZodTypes)._zod.def : def
    return [key, inner.type === 'enum' ? Object.values(inner.entries).map(String) : 'text']
  })
  return Object.fromEntries(entries)
}

/** Returns the fields of an object schema; none for a union. */
function shapeOf(schema: Input['schema']): Record<string, z.core.$ZodTypes> {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  return def.type === 'object' ? (def.shape as Record<string, z.core.$ZodTypes>) : {}
}
