import * as z from 'zod/mini'

export const trace = z.object({ uuid: z.string(), handle: z.string(), goes: z.boolean(), tags: z.array(z.string()) })

/** An activity whose pages show one that is deleted (sql/functions/activities/purge_targets.sql); `goes`: it is deleted too. */
export type Trace = z.infer<typeof trace>
