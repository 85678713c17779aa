import { Hono } from 'hono'

/** The least that a Worker on Hono can do: what every route is compared with. */
const app = new Hono().get('/', (c) => c.text('ok'))

export default app
