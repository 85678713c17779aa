import { newApp } from '../hono-env.ts'
import { isAnswering } from '../models/health.ts'

export const health = newApp().get('/', async (c) => {
  const { env, db } = c.env
  if (c.req.query('deep') === '1') await isAnswering(db)
  return c.json({ success: true, version: env.version }, 200)
})
