import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { startNeonEndpoint } from '../../local/neon.ts'
import { startPostgres } from '../../local/postgres.ts'
import { writeFunctionsSchema } from '../../sql/function-files.ts'
import { migrate } from '../../sql/migrate.ts'
import { ensureWorkerLogin, newWorkerLogin } from '../../sql/worker-login.ts'
import type { PoolKeys } from './provided.ts'

const TEMPLATE = 'cruddur'

/** Starts the run's Postgres with a migrated template, its Neon endpoint and a Cognito pool; returns their teardown. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  writeFunctionsSchema()
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-pool-'))
  const stateFile = join(folder, 'cognito.json')
  const [postgres, cognito] = await Promise.all([
    startPostgres({ port: 0, durable: false }),
    startCognitoEndpoint({ port: 0, stateFile, onCode: () => {} }),
  ])
  await migrate(postgres.url)
  // Roles belong to the server, so one login serves every copy of this database.
  const workerLogin = newWorkerLogin(postgres.url)
  await ensureWorkerLogin(postgres.url, workerLogin)
  const neon = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: postgres.port } })
  const { keys } = JSON.parse(await readFile(stateFile, 'utf8')) as { keys: PoolKeys }
  const { endpoint, issuer, jwksUrl, clientId } = cognito
  const maintenance = new URL(postgres.url)
  maintenance.pathname = '/postgres'
  project.provide('postgres', { url: maintenance.href, neonEndpoint: neon.url, template: TEMPLATE, workerLogin })
  project.provide('pool', { endpoint, issuer, jwksUrl, clientId, keys })
  return async () => {
    await Promise.all([neon.stop(), cognito.stop()])
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
