import * as z from 'zod/mini'

/** `deep=1` asks the database too. */
export const healthQuery = z.object({ deep: z.optional(z.string()) })

/** `version` is the release that answers. */
export const health = z.object({ success: z.literal(true), version: z.string() })
