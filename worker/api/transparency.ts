import { listOf } from '../contract/list.ts'
import { transparencyMonth } from '../contract/moderation.ts'
import { newApp } from '../hono-env.ts'
import { transparency as monthsOf } from '../models/moderation.ts'
import { describe } from './describe.ts'

/** Route of /api/transparency: numbers of moderation by month, without personal data. */
export const transparency = newApp().get(
  '/',
  describe({
    summary: 'Reports, decisions and appeals by month',
    answers: { 200: listOf(transparencyMonth) },
    cacheable: 'other',
  }),
  async (c) => {
    return c.json(await monthsOf(c.env.db), 200)
  },
)
