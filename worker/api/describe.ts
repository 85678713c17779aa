import type { MiddlewareHandler } from 'hono'
import type * as z from 'zod/mini'
import type { Shown } from '../contract/cacheable.ts'
import type { ErrorCode } from '../contract/error.ts'

/** What a route says of itself. Authentication and inputs are read off the middleware beside it, see route-table.ts. */
export type Description = {
  summary: string
  /** The body of each good answer, by status; null: it has none. */
  answers: Partial<Record<200 | 201 | 204, z.ZodMiniType | null>>
  /** Error codes beside those of its middleware, its path's parameters and of every route. */
  errors?: readonly ErrorCode[]
  /** What it shows, where the edge may cache it for signed-out clients; by its path and the keys of its query schema. */
  cacheable?: Shown
  /** Set where the handler reads the session itself: it works signed out, without `optionalUser`. */
  auth?: 'optional'
  /** Media types of a body that is not JSON. */
  mediaTypes?: readonly string[]
}

/** An input's schema, which its validator holds. */
export type Input = { target: 'query' | 'json'; schema: z.ZodMiniType }

const descriptions = new WeakMap<object, Description>()
const inputs = new WeakMap<object, Input>()

/**
 * Describes a route where it is mounted; comes first in its list of handlers. Ours rather than hono-openapi's
 * `describeRoute`, which weighs 81 KB of Worker (gzip) because it may load any schema library: see decision 45.
 */
export function describe(description: Description): MiddlewareHandler {
  const handler: MiddlewareHandler = (_, next) => next()
  descriptions.set(handler, description)
  return handler
}

/** Notes which schema a validator validates. @returns the validator */
export function withInput<T extends object>(validator: T, input: Input): T {
  inputs.set(validator, input)
  return validator
}

export const descriptionOf = (handler: object): Description | undefined => descriptions.get(handler)
export const inputOf = (handler: object): Input | undefined => inputs.get(handler)
