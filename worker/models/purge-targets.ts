import * as z from 'zod/mini'

export const purgeTarget = z.object({
  uuid: z.string(),
  handle: z.string(),
  is_deleted: z.boolean(),
  tags: z.array(z.string()),
})

/**
 * An activity whose cached pages may show one that was deleted (sql/functions/activities/purge_targets.sql). `is_deleted`: it was
 * deleted too.
 */
export type PurgeTarget = z.infer<typeof purgeTarget>
