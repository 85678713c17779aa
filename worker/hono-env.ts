import { Hono } from 'hono'
import type { RequestContext } from './context.ts'

/** What a handler finds in `c.env`. */
export type HonoEnv = { Bindings: RequestContext }

/** An app or a noun's part of it, typed. */
export const newApp = () => new Hono<HonoEnv>()
