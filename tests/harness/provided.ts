import type { JWK } from 'jose'
import type { WorkerLogin } from '../../sql/worker-login.ts'

/** What the global setups provide to every test file, read by `inject`. */
declare module 'vitest' {
  export interface ProvidedContext {
    postgres: ProvidedPostgres
    pool: ProvidedPool
    site: BuiltSite
  }
}

/** The run's Postgres; `template` is a migrated database that is only copied. */
export type ProvidedPostgres = {
  /** postgres:// URL of the maintenance database, with the password. */
  url: string
  neonEndpoint: string
  template: string
  /** Postgres login of the Worker, for every database of the run. */
  workerLogin: WorkerLogin
}

/** A Cognito pool for tests in workerd, which cannot start one, and the signing keys of every pool of the run. */
export type ProvidedPool = {
  endpoint: string
  issuer: string
  jwksUrl: string
  clientId: string
  keys: PoolKeys
}

/** Private keys: Cognito signs access tokens with one and id tokens with another. */
export type PoolKeys = { access: JWK; id: JWK }

/** The Worker and its client, built once a run. */
export type BuiltSite = { configPath: string; workerDir: string }
