import { requireUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import { arrival as arrivalBody } from '../contract/arrival.ts'
import { newApp } from '../hono-env.ts'
import { arrivalOf, dismissArrival } from '../models/arrival.ts'
import { describe } from './describe.ts'
import { toActivity } from './from-stored.ts'

/** Routes of /api/arrival, onboarding: what home shows a new user until they follow a few users, have posted, or dismiss it. */
export const arrival = newApp()
  .get(
    '/',
    describe({ summary: 'Users to follow, for a new user', answers: { 200: arrivalBody } }),
    requireUser,
    async (c) => {
      const { people, ...rest } = await arrivalOf(readerOf(c.env), c.var.viewer)
      const shown = people.map(async ({ latest, ...person }) => ({
        ...person,
        latest: latest && (await toActivity(c.env, latest)),
      }))
      return c.json({ ...rest, people: await Promise.all(shown) }, 200)
    },
  )
  .delete(
    '/',
    describe({ summary: 'Dismiss what home shows a new user', answers: { 204: null } }),
    requireUser,
    async (c) => {
      await dismissArrival(c.env.db, c.var.viewer)
      return c.body(null, 204)
    },
  )
