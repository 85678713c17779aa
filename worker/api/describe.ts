import type { MiddlewareHandler } from 'hono'
import type * as z from 'zod/mini'
import type { CachedContent } from '../contract/cacheable-route.ts'
import type { ErrorCode } from '../contract/error.ts'

/** What a route declares for the OpenAPI document. Auth and inputs come from its middleware, see route-table.ts. */
export type Description = {
  summary: string
  /** Schema of the body of each success status; null if it has no body. */
  answers: Partial<Record<101 | 200 | 201 | 204, z.ZodMiniType | null>>
  /** Error codes of the handler itself; route-table.ts adds those of middleware, path parameters and every route. */
  errors?: readonly ErrorCode[]
  /** Set if the edge may cache it for signed-out clients: what it shows, which decides when it is purged. */
  cacheable?: CachedContent
  /** Set if the handler reads the session itself, without `optionalUser`. */
  auth?: 'optional'
  /** Media type of an answer that is not JSON; its schema is null. */
  answerType?: string
  /** Media types of a request body that is not JSON. */
  mediaTypes?: readonly string[]
}

/** The schema that a validator checks, and the part of the request that it checks. */
export type Input = { target: 'query' | 'json'; schema: z.ZodMiniType }

const descriptions = new WeakMap<object, Description>()
const inputs = new WeakMap<object, Input>()

/**
 * Returns a pass-through handler that carries a route's description; put it first in the route's handlers. hono-openapi's
 * `describeRoute` would add 81 KB (gzip) to the Worker, since it can load any schema library: see decision 45.
 */
export function describe(description: Description): MiddlewareHandler {
  const handler: MiddlewareHandler = (_, next) => next()
  descriptions.set(handler, description)
  return handler
}

/** Records the schema of a validator and returns the validator. */
export function withInput<T extends object>(validator: T, input: Input): T {
  inputs.set(validator, input)
  return validator
}

export const descriptionOf = (handler: object): Description | undefined => descriptions.get(handler)
export const inputOf = (handler: object): Input | undefined => inputs.get(handler)
