import * as z from 'zod/mini'
import { type Activity, activity, storedActivity } from './activity.ts'
import { listedUser } from './user.ts'

const suggestion = z.extend(listedUser, {
  bio: z.string(),
  /** Their newest activity for everyone; null without one. */
  latest: z.nullable(activity),
})
const storedSuggestion = z.extend(suggestion, { latest: z.nullable(storedActivity) })

/**
 * Onboarding, what home shows a new user: `people` to follow, empty once they follow ARRIVAL_FOLLOWS users, and whether they have ever posted.
 * For a user who has dismissed this, `people` is empty and `has_posted` true.
 */
export const arrival = z.object({
  people: z.array(suggestion),
  following_count: z.number(),
  has_posted: z.boolean(),
})
arrival.register(z.globalRegistry, { id: 'arrival' })
export type Arrival = Omit<z.infer<typeof arrival>, 'people'> & { people: Suggestion[] }

/** A suggestion in the client, see `Activity`. */
export type Suggestion = Omit<z.infer<typeof suggestion>, 'latest'> & { latest: Activity | null }

/** `arrival` as Postgres returns it, see storedActivity. */
export const storedArrival = z.extend(arrival, { people: z.array(storedSuggestion) })
export type StoredArrival = z.infer<typeof storedArrival>
