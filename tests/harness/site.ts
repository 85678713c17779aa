import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { type CognitoEndpoint, type CognitoOptions, startCognitoEndpoint } from '../../local/cognito/endpoint.ts'
import { generateVapidKeys } from '../../local/vapid-keys.ts'
import { isLoopback } from '../../worker/env.ts'
import { Actors, type Mailbox } from '../support/actors/actors.ts'
import { type FaultProxy, openFaultProxy } from '../support/faults/fault-proxy.ts'
import { makeFaultyBucketWorker } from '../support/faults/faulty-bucket.ts'
import { makeFaultySocketsWorker } from '../support/faults/faulty-sockets.ts'
import { CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from './bindings.ts'
import { type Database, makeDatabase } from './database.ts'
import './provided.ts'
import { startWorkerd, type Workerd } from './workerd.ts'

/** Name of the Worker in its workerd. */
export const WORKER = 'cruddur'

/** The built Worker with a database and a Cognito pool of its own. */
export type Site = {
  /** http://127.0.0.1:<port> */
  origin: string
  actors: Actors
  db: Database
  /** The proxy before Postgres: counts the Worker's round trips and injects faults. */
  database: FaultProxy
  /** The proxy before Cognito and its JWKS. */
  identity: FaultProxy
  cognito: CognitoEndpoint
  /** Offset of the pool's clock in ms: -3_600_000 issues tokens of an hour ago. */
  poolClock: { skew: number }
  workerd: Workerd
  /** The Worker's log lines so far. */
  log: readonly string[]
}

export type SiteOptions = {
  /** Options of the Cognito pool. */
  pool?: Pick<CognitoOptions, 'overrides' | 'clientSecret'>
  /** Settings of the Worker, over the defaults below. */
  settings?: Record<string, string>
  /** Also logs the spans of each request (span-tail.ts). */
  traced?: boolean
  /** Lets a request make the bucket fail by a header (faulty-bucket.ts). */
  faultyBucket?: boolean
  /** Lets a request make the Durable Objects fail by a header (faulty-sockets.ts). */
  faultySockets?: boolean
  /** Sets rate limits too high to be reached, for a test in which one user does the work of many. */
  liftLimits?: boolean
}

/** Starts a site, and stops it after the last test of the file. */
export async function openSite({
  pool = {},
  settings = {},
  traced = false,
  faultyBucket = false,
  faultySockets = false,
  liftLimits = false,
}: SiteOptions = {}): Promise<Site> {
  const mailbox: Mailbox = new Map()
  const poolClock = { skew: 0 }
  const db = await makeDatabase()
  // Two days ago, so that no test meets the lower limits of new accounts by the way.
  await db.sql("alter table users alter column created_at set default now() - interval '2 days'")
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
    workerDir: await wrapped(workerDir, { faultyBucket, faultySockets }),
    settings: {
      DATABASE_URL: db.workerUrl,
      NEON_ENDPOINT: database.url,
      COGNITO_REGION: cognito.region,
      COGNITO_USER_POOL_ID: cognito.userPoolId,
      COGNITO_CLIENT_ID: cognito.clientId,
      COGNITO_ENDPOINT: identity.url,
      // An issuer of AWS itself follows from region and pool.
      ...(isLoopback(cognito.issuer) ? { COGNITO_ISSUER: cognito.issuer } : {}),
      COGNITO_JWKS_URL: cognito.jwksUrl.replace(cognito.endpoint, identity.url),
      SECRET_KEY,
      EVIDENCE_KEY,
      CONTACT_EMAIL,
      ...generateVapidKeys(),
      // Off, since tests change expiries by SQL, which purges no cache entry.
      EDGE_CACHE_SECONDS: '0',
      ...(pool.clientSecret ? { COGNITO_CLIENT_SECRET: pool.clientSecret } : {}),
      ...settings,
    },
  }
  const workerd = await startWorkerd([worker], {
    assets: true,
    liftLimits,
    traced,
    onLog: ({ message }) => log.push(message),
  })
  const { origin } = workerd.site
  afterAll(async () => {
    await workerd.close()
    await Promise.all([database.close(), identity.close(), cognito.stop()])
    await rm(folder, { recursive: true, force: true })
  })
  const actors = new Actors(origin, mailbox)
  return { origin, actors, db, database, identity, cognito, poolClock, workerd, log }
}

async function wrapped(workerDir: string, { faultyBucket, faultySockets }: SiteOptions): Promise<string> {
  if (faultyBucket) return makeFaultyBucketWorker(workerDir)
  return faultySockets ? makeFaultySocketsWorker(workerDir) : workerDir
}
