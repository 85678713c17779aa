import { health as healthBody, healthQuery } from '../contract/health.ts'
import { newApp } from '../hono-env.ts'
import { isAnswering } from '../models/health.ts'
import { describe } from './describe.ts'
import { query } from './validate.ts'

export const health = newApp().get(
  '/',
  describe({ summary: 'Whether the site answers', answers: { 200: healthBody } }),
  query(healthQuery),
  async (c) => {
    const { settings, db } = c.env
    if (c.req.valid('query').deep === '1') await isAnswering(db)
    return c.json({ success: true as const, version: settings.version }, 200)
  },
)
