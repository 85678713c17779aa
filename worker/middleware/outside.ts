import type { Env, MiddlewareHandler } from 'hono'

/**
 * Runs middleware for every path that does not begin with `prefix`. Hono's `except` does so by a router and two chains of handlers
 * of its own, which cost as much as the rest of a request's middleware.
 */
export const outside = <E extends Env>(prefix: string, middleware: MiddlewareHandler<E>): MiddlewareHandler<E> =>
  async function outside(c, next) {
    return c.req.path.startsWith(prefix) ? next() : middleware(c, next)
  }
