import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { rankTags as rank } from '../models/search.ts'

/** Ranks the trending tags. */
export async function rankTags({ databaseUrl, neonEndpoint }: Env): Promise<void> {
  await rank(new Db({ databaseUrl, neonEndpoint }))
}
