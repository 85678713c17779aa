import { transparency as shape } from '../contract/moderation.ts'
import { newApp } from '../hono-env.ts'
import { monthsOf } from '../models/moderation.ts'
import { describe } from './describe.ts'

/** Route of /api/transparency: numbers of moderation by month, without personal data. */
export const transparency = newApp().get(
  '/',
  describe({ summary: 'Reports, decisions and appeals by month', answers: { 200: shape }, cacheable: 'other' }),
  async (c) => {
    return c.json({ months: await monthsOf(c.env.db) }, 200)
  },
)
