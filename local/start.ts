import './check-node.mjs'
import { join } from 'node:path'
import { readMark } from '../sql/environment.ts'
import { migrate } from '../sql/migrate.ts'
import { HistoryError } from '../sql/migrations.ts'
import { seed } from '../sql/seed/seed.ts'
import { ensureWorkerLogin, newWorkerLogin, urlWithLogin, type WorkerLogin } from '../sql/worker-login.ts'
import type { CognitoEndpoint } from './cognito/endpoint.ts'
import { startCognitoEndpoint } from './cognito/endpoint.ts'
import { writeDevVars } from './dev-vars.ts'
import { startNeonEndpoint } from './neon.ts'
import { renameOldDatabase } from './old-data.ts'
import { assertPortFree } from './ports.ts'
import type { Postgres } from './postgres.ts'
import { startPostgres } from './postgres.ts'
import { readOrCreateKey, readOrCreateVapidKeys } from './secret-key.ts'
import type { Settings } from './settings.ts'
import { ROOT, readSettings } from './settings.ts'
import { acquireInstanceLock } from './single-instance.ts'
import { recordChildren, stopStaleProcesses } from './stale-processes.ts'
import { showCode, showFailure, showLine, showReady, showStarted } from './terminal-output.ts'
import { watchFunctions } from './watch-functions.ts'
import { startCron, startWorker } from './worker.ts'

/** Functions to call at the end, in reverse order. */
const stopFunctions: (() => unknown)[] = []
const failure = Promise.withResolvers<never>()
const startedAt = performance.now()

process.chdir(ROOT)
const signalled = new Promise<void>((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve())
  // npm forwards a SIGTERM to its shell only, which ends without signalling this process.
  const parent = process.ppid
  const isUnderNpm = process.env.npm_lifecycle_event !== undefined
  if (isUnderNpm) setInterval(() => process.ppid !== parent && resolve(), 500).unref()
})

try {
  await Promise.race([start(), failure.promise, signalled])
  await Promise.race([failure.promise, signalled])
} catch (error) {
  showFailure(error)
  process.exitCode = 1
} finally {
  for (const stop of stopFunctions.reverse()) await stop()
  process.exit()
}

async function start(): Promise<void> {
  const settings = readSettings(process.env)
  const lock = await acquireInstanceLock(settings.stateDir)
  stopFunctions.push(lock.release)
  if (lock.isAfterCrash) await stopStaleProcesses(settings.stateDir)
  recordChildren(settings.stateDir)
  await assertPortsFree(settings, lock.isAfterCrash ? 6_000 : 0)

  const [database, cognito] = await Promise.all([startDatabase(settings), startCognito(settings)])
  const { ALLOWED_ORIGINS, PUSH_ENDPOINT } = process.env
  const evidenceKey = process.env.EVIDENCE_KEY || readOrCreateKey(settings.stateDir, 'evidence-key')
  writeDevVars(settings.devVarsFile, {
    ...database.variables,
    ...cognito.variables,
    SECRET_KEY: process.env.SECRET_KEY || readOrCreateKey(settings.stateDir, 'secret-key'),
    EVIDENCE_KEY: evidenceKey,
    CONTACT_EMAIL: process.env.CONTACT_EMAIL || 'hello@example.com',
    ...readOrCreateVapidKeys(settings.stateDir),
    ...(PUSH_ENDPOINT && { PUSH_ENDPOINT }),
    ...(ALLOWED_ORIGINS && { ALLOWED_ORIGINS }),
  })
  const [isSeeded] = await Promise.all([prepareData(database, cognito.local, evidenceKey), startSite(settings)])

  const seconds = (performance.now() - startedAt) / 1000
  showReady({ port: settings.ports.site, seconds, isSeeded })
}

interface Database {
  url: string
  /** Login of the Worker; null for a remote database, which is neither migrated nor seeded. */
  login: WorkerLogin | null
  /** Whether the database may be renamed if it has other migrations than this checkout. */
  isDisposable: boolean
  variables: Record<string, string>
}

async function startDatabase({ database, ports, stateDir }: Settings): Promise<Database> {
  switch (database.kind) {
    case 'neon': {
      showStarted('Neon', 'from DATABASE_URL')
      return { url: database.url, login: null, isDisposable: false, variables: { DATABASE_URL: database.url } }
    }
    case 'postgres': {
      // A remote database has a loopback address too, through a tunnel; but it has a mark.
      const isOurs = database.isLoopback && (await readMark(database.url)) === null
      const login = isOurs ? newWorkerLogin(database.url) : null
      const variables = await startNeonInFrontOf(database.url, login, ports.neon)
      return { url: database.url, login, isDisposable: false, variables }
    }
    case 'local': {
      const { url } = await startLocalPostgres(ports.postgres, stateDir)
      const login = newWorkerLogin(url)
      const variables = await startNeonInFrontOf(url, login, ports.neon)
      return { url, login, isDisposable: true, variables }
    }
  }
}

async function startNeonInFrontOf(
  url: string,
  login: WorkerLogin | null,
  port: number,
): Promise<Record<string, string>> {
  const { hostname, port: postgresPort, searchParams } = new URL(url)
  const neon = await startNeonEndpoint({
    port,
    postgres: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(postgresPort || 5432),
      ssl: ['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? ''),
    },
  })
  stopFunctions.push(neon.stop)
  showStarted('Neon endpoint', neon.url)
  return { DATABASE_URL: login ? urlWithLogin(url, login) : url, NEON_ENDPOINT: neon.url }
}

async function startLocalPostgres(port: number, stateDir: string): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir: join(stateDir, 'postgres'), port, durable: true })
  let isStopping = false
  stopFunctions.push(() => {
    isStopping = true
    return postgres.stop()
  })
  void postgres.ended.then(() => isStopping || failure.reject(new Error('Postgres exited unexpectedly.')))
  showStarted('Postgres 18', `127.0.0.1:${port}, data in ${postgres.dataDir}`)
  return postgres
}

async function startCognito({ cognito, ports, stateDir }: Settings) {
  if (cognito) {
    showStarted('Cognito', `pool ${cognito.COGNITO_USER_POOL_ID}`)
    return { local: null, variables: cognito }
  }
  const local = await startCognitoEndpoint({
    port: ports.cognito,
    stateFile: join(stateDir, 'cognito.json'),
    onCode: showCode,
  })
  stopFunctions.push(local.stop)
  showStarted('Cognito endpoint', local.endpoint)
  return {
    local,
    variables: {
      COGNITO_REGION: local.region,
      COGNITO_USER_POOL_ID: local.userPoolId,
      COGNITO_CLIENT_ID: local.clientId,
      COGNITO_ENDPOINT: local.endpoint,
      COGNITO_ISSUER: local.issuer,
      COGNITO_JWKS_URL: local.jwksUrl,
    },
  }
}

/** Migrates, creates the Worker's login, and seeds. Returns whether the seeded users can sign in. */
async function prepareData(database: Database, cognito: CognitoEndpoint | null, evidenceKey: string): Promise<boolean> {
  if (!database.login) {
    showStarted('Migrations', 'skipped: run `npm run db:migrate` for a remote database')
    return false
  }
  const applied = await migrate(database.url).catch(async (error) => {
    if (!database.isDisposable || !(error instanceof HistoryError)) throw error
    const oldName = await renameOldDatabase(database.url)
    showStarted('Old data', `has other migrations than this checkout: renamed to the database ${oldName}`)
    return migrate(database.url)
  })
  await ensureWorkerLogin(database.url, database.login)
  const watching = watchFunctions(
    database.url,
    (line) => showLine('functions', line),
    (error) => showLine('functions', error instanceof Error ? error.message : String(error)),
  )
  stopFunctions.push(watching.stop)
  showStarted('Migrations', applied.length > 0 ? `${applied.length} applied` : 'up to date')
  if (!cognito) return false
  const { people, inserted } = await seed(database.url, cognito, evidenceKey)
  showStarted(
    'Seed',
    inserted > 0 ? `${people} users, ${inserted} new activities` : `${people} users, no new activities`,
  )
  return true
}

async function startSite(settings: Settings): Promise<void> {
  const worker = startWorker(settings, (line) => showLine('worker', line))
  stopFunctions.push(worker.stop)
  await worker.ready
  worker.failed.catch(failure.reject)
  const cron = startCron(settings.ports.site)
  stopFunctions.push(cron.stop)
  showStarted('Worker and client', 'built, rebuilt after changes; the cron runs each minute')
}

// After a crash the children of that run may need a moment to end. `startPostgres` checks its own port.
async function assertPortsFree({ ports, database, cognito }: Settings, patienceMs: number): Promise<void> {
  const needed: [number, string][] = [
    [ports.site, 'the site; PORT changes it and the four after it'],
    ...(database.kind === 'neon' ? [] : [[ports.neon, 'the Neon endpoint'] as [number, string]]),
    ...(cognito ? [] : [[ports.cognito, 'the Cognito endpoint'] as [number, string]]),
    [ports.inspector, "wrangler's inspector"],
  ]
  const deadline = Date.now() + patienceMs
  for (const [port, purpose] of needed) {
    for (;;) {
      try {
        await assertPortFree(port, purpose)
        break
      } catch (error) {
        if (Date.now() > deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
}
