import * as z from 'zod/mini'

/** Query of the health check. `deep=1` also queries the database. */
export const healthQuery = z.object({ deep: z.optional(z.string()) })

/** Body of the health check. `version`: id of the Worker's version that is running. */
export const health = z.object({ success: z.literal(true), version: z.string() })
