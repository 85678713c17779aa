import { Hono } from 'hono'

/** The cheapest possible Worker on Hono, with which every route is compared. */
const app = new Hono().get('/', (c) => c.text('ok'))

export default app
