import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CognitoEndpoint, startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { startPostgres } from '../../local/postgres.ts'
import { ensureWorkerLogin, newWorkerLogin, urlWithLogin } from '../../sql/worker-login.ts'
import { CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../harness/bindings.ts'
import { type Neon, startNeon } from './neon.ts'

/** An empty Postgres, Neon's protocol in front of it, and a Cognito pool. */
export type Services = {
  /** postgres:// address of an empty database, with the password. */
  url: string
  neon: Neon
  cognito: CognitoEndpoint
  /** Settings of a Worker for one of its databases, which must be migrated. */
  settingsFor(url: string): Promise<Record<string, string>>
  close(): Promise<void>
}

/** @param postgresSettings Of Postgres, as `name=value`. */
export async function startServices(postgresSettings: string[] = []): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-bench-pool-'))
  const [postgres, cognito] = await Promise.all([
    startPostgres({ port: 0, durable: false, settings: postgresSettings }),
    startCognitoEndpoint({ port: 0, stateFile: join(folder, 'cognito.json'), onCode: () => {} }),
  ])
  const neon = await startNeon(postgres.port)
  return {
    url: postgres.url,
    neon,
    cognito,
    async settingsFor(url) {
      const login = newWorkerLogin(url)
      await ensureWorkerLogin(url, login)
      return {
        DATABASE_URL: urlWithLogin(url, login),
        NEON_ENDPOINT: neon.url,
        COGNITO_REGION: cognito.region,
        COGNITO_USER_POOL_ID: cognito.userPoolId,
        COGNITO_CLIENT_ID: cognito.clientId,
        COGNITO_ENDPOINT: cognito.endpoint,
        COGNITO_ISSUER: cognito.issuer,
        COGNITO_JWKS_URL: cognito.jwksUrl,
        SECRET_KEY,
        EVIDENCE_KEY,
        CONTACT_EMAIL,
      }
    },
    async close() {
      await Promise.all([neon.stop(), cognito.stop()])
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
