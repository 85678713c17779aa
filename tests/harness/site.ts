import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { type CognitoEndpoint, type CognitoOptions, startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { isLoopback } from '../../worker/env.ts'
import { Actors, type Mailbox } from '../support/actors/actors.ts'
import { type FaultProxy, openFaultProxy } from '../support/faults/fault-proxy.ts'
import { makeFaultyBucketWorker } from '../support/faults/faulty-bucket.ts'
import { SECRET_KEY } from './bindings.ts'
import { type Database, makeDatabase } from './database.ts'
import './provided.ts'
import { startWorkerd, type Workerd } from './workerd.ts'

/** The name by which the Worker is known to its workerd. */
export const WORKER = 'cruddur'

/** The built Worker with a database and a Cognito pool of its own. */
export type Site = {
  /** http://127.0.0.1:<port> */
  origin: string
  actors: Actors
  db: Database
  /** In front of Postgres: counts the Worker's trips, and can be shut. */
  database: FaultProxy
  /** In front of Cognito and its keys: the same. */
  identity: FaultProxy
  cognito: CognitoEndpoint
  /** Milliseconds by which the pool's clock is off: -3_600_000 signs in as of an hour ago. */
  poolClock: { skew: number }
  workerd: Workerd
  /** What the Worker has logged so far, a line each. */
  log: readonly string[]
}

export type SiteOptions = {
  /** Changes to the pool. */
  pool?: Pick<CognitoOptions, 'overrides' | 'clientSecret'>
  /** Further settings of the Worker. */
  settings?: Record<string, string>
  /** Its log has the spans of each request too, see span-tail.ts. */
  traced?: boolean
  /** Its bucket fails when a request says so (frail-worker.ts). */
  faultyBucket?: boolean
}

/** Starts a site for the test file that asks for it, and stops it after the file's last test. */
export async function openSite({
  pool = {},
  settings = {},
  traced = false,
  faultyBucket: frail = false,
}: SiteOptions = {}): Promise<Site> {
  const mailbox: Mailbox = new Map()
  const poolClock = { skew: 0 }
  const db = await makeDatabase()
  const database = await openFaultProxy(inject('postgres').neonEndpoint)
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-pool-'))
  const stateFile = join(folder, 'cognito.json')
  await writeFile(stateFile, JSON.stringify({ keys: inject('pool').keys, users: [], grants: [] }))
  const cognito = await startCognitoEndpoint({
    port: 0,
    stateFile,
    ...pool,
    overrides: { now: () => Date.now() + poolClock.skew, ...pool.overrides },
    onCode: (email, code) => mailbox.set(email, [...(mailbox.get(email) ?? []), code]),
  })
  const identity = await openFaultProxy(cognito.endpoint)
  const { configPath, workerDir } = inject('site')
  const log: string[] = []
  const worker = {
    name: WORKER,
    configPath,
    workerDir: frail ? await makeFaultyBucketWorker(workerDir) : workerDir,
    settings: {
      DATABASE_URL: db.workerUrl,
      NEON_ENDPOINT: database.url,
      COGNITO_REGION: cognito.region,
      COGNITO_USER_POOL_ID: cognito.userPoolId,
      COGNITO_CLIENT_ID: cognito.clientId,
      COGNITO_ENDPOINT: identity.url,
      // One of AWS's own follows from region and pool.
      ...(isLoopback(cognito.issuer) ? { COGNITO_ISSUER: cognito.issuer } : {}),
      COGNITO_JWKS_URL: cognito.jwksUrl.replace(cognito.endpoint, identity.url),
      SECRET_KEY,
      // Tests move ends by SQL, which no copy can know of.
      EDGE_CACHE_SECONDS: '0',
      ...(pool.clientSecret ? { COGNITO_CLIENT_SECRET: pool.clientSecret } : {}),
      ...settings,
    },
  }
  const workerd = await startWorkerd([worker], { assets: true, traced, onLog: ({ message }) => log.push(message) })
  const { origin } = workerd.site
  afterAll(async () => {
    await workerd.close()
    await Promise.all([database.close(), identity.close(), cognito.stop()])
    await rm(folder, { recursive: true, force: true })
  })
  const actors = new Actors(origin, mailbox)
  return { origin, actors, db, database, identity, cognito, poolClock, workerd, log }
}
