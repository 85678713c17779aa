import { migrate } from '../sql/migrate.ts'
import { HistoryError } from '../sql/migrations.ts'
import { ensureWorkerLogin, newWorkerLogin, urlWithLogin } from '../sql/worker-login.ts'
import type { Branch, Neon } from './neon.ts'

type Options = {
  log: (line: string) => void
  /** The folder of migrations; tests use their own. */
  folder?: string
}

/**
 * Migrates the database of a preview. The returned pooled URL has the Worker's login. If the pull request has edited or renumbered
 * its own migrations since, creates a new database.
 */
export async function migratedBranch(neon: Neon, name: string, options: Options): Promise<Branch> {
  const found = await neon.ensure(name)
  try {
    await migrate(found.direct, options)
    return await withWorkerLogin(found)
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error
    options.log(`${error.message} The preview gets a new database.`)
  }
  const recreated = await neon.recreate(name)
  await migrate(recreated.direct, options)
  return withWorkerLogin(recreated)
}

/** Sets a new password at each push. */
async function withWorkerLogin({ direct, pooled }: Branch): Promise<Branch> {
  const login = newWorkerLogin(direct)
  await ensureWorkerLogin(direct, login)
  return { direct, pooled: urlWithLogin(pooled, login) }
}
