import type { Env, MiddlewareHandler } from 'hono'

/**
 * Runs middleware for each path that does not begin with `prefix`. Hono's `except` does the same with a router and two handler
 * chains of its own, which cost as much as all other middleware of a request.
 */
export const exceptUnder = <E extends Env>(prefix: string, middleware: MiddlewareHandler<E>): MiddlewareHandler<E> =>
  async function exceptUnder(c, next) {
    return c.req.path.startsWith(prefix) ? next() : middleware(c, next)
  }
