import * as z from 'zod/mini'

export const purgeTarget = z.object({
  uuid: z.string(),
  handle: z.string(),
  is_deleted: z.boolean(),
  tags: z.array(z.string()),
  images_count: z.number(),
})

/**
 * An activity whose cached pages must be purged, since they may show a deleted one (sql/functions/activities/purge_targets.sql).
 * `is_deleted`: it was deleted itself; only then has it tags and images.
 */
export type PurgeTarget = z.infer<typeof purgeTarget>
