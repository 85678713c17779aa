import * as z from 'zod/mini'

export const purgeTarget = z.object({
  uuid: z.string(),
  handle: z.string(),
  is_deleted: z.boolean(),
  tags: z.array(z.string()),
})

/**
 * An activity whose cached pages show one that is deleted (sql/functions/activities/purge_targets.sql). `is_deleted`: it is that
 * one, or deleted with it; only then has it `tags`.
 */
export type PurgeTarget = z.infer<typeof purgeTarget>
