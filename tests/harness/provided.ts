import type { JWK } from 'jose'
import type { WorkerLogin } from '../../sql/worker-login.ts'

/** What the global setups hand to every test file, by `inject`. */
declare module 'vitest' {
  export interface ProvidedContext {
    postgres: ProvidedPostgres
    pool: ProvidedPool
    site: BuiltSite
  }
}

/** The run's Postgres: `template` is a migrated database that nobody connects to. */
export type ProvidedPostgres = {
  /** postgres:// address of the maintenance database, with the password. */
  url: string
  neonEndpoint: string
  template: string
  /** What a Worker signs in as, to any database of the run. */
  workerLogin: WorkerLogin
}

/** The run's own Cognito pool, for tests that cannot start one, and the keys that every pool of the run signs with. */
export type ProvidedPool = {
  endpoint: string
  issuer: string
  jwksUrl: string
  clientId: string
  keys: PoolKeys
}

/** Private keys, as the endpoint keeps them: Cognito signs access and id tokens with two. */
export type PoolKeys = { access: JWK; id: JWK }

/** The Worker and its client, built once a run. */
export type BuiltSite = { configPath: string; workerDir: string }
