import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { startPostgres } from '../../local/postgres.ts'
import { migrate } from '../../sql/migrate.ts'
import { layData, type Places } from './data.ts'
import { startNeon } from './neon.ts'

/** What the Worker stands on: Postgres with plenty of rows, behind Neon's protocol, and a Cognito pool. */
export type Stack = {
  /** postgres:// address, with the password. */
  url: string
  /** The Worker's settings. */
  settings: Record<string, string>
  places: Places
  /** Round trips to Postgres so far, of all Workers. */
  trips(): Promise<number>
  close(): Promise<void>
}

export async function openStack(): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-bench-pool-'))
  const [postgres, cognito] = await Promise.all([
    startPostgres({ port: 0, durable: false }),
    startCognitoEndpoint({ port: 0, stateFile: join(folder, 'cognito.json'), onCode: () => {} }),
  ])
  const close = async () => {
    await cognito.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await migrate(postgres.url)
    const places = await layData(postgres.url, cognito)
    const neon = await startNeon(postgres.port)
    return {
      url: postgres.url,
      settings: {
        DATABASE_URL: postgres.url,
        NEON_ENDPOINT: neon.url,
        COGNITO_REGION: cognito.region,
        COGNITO_USER_POOL_ID: cognito.userPoolId,
        COGNITO_CLIENT_ID: cognito.clientId,
        COGNITO_ENDPOINT: cognito.endpoint,
        COGNITO_ISSUER: cognito.issuer,
        COGNITO_JWKS_URL: cognito.jwksUrl,
      },
      places,
      trips: neon.trips,
      async close() {
        await neon.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
