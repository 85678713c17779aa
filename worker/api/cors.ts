import { cors } from 'hono/cors'
import { parseEnv } from '../env.ts'

/** Lets scripts of allowed origins call the API with a Bearer token, never with cookies. */
export const allowOrigins = cors({
  origin: (origin, c) => (parseEnv(c.env).allowedOrigins.includes(origin) ? origin : null),
  allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match'],
  exposeHeaders: ['ETag', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
  maxAge: 600,
})
