import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'
import { SPAN_TAIL, spanTail } from './span-tail.ts'

/** A Worker as `wrangler deploy --dry-run` has bundled it, and what it is to run with. */
export type WorkerBundle = {
  name: string
  configPath: string
  workerDir: string
  settings?: Record<string, string>
}

/** A workerd with some Workers in it. */
export type Workerd = {
  /** The first Worker as a browser would meet it: with its assets, compressed. */
  site: URL
  /**
   * Where a Worker itself listens. No proxy of the development server is in between, no router for assets and nothing
   * that compresses: an HTTP request goes from the socket into the Worker.
   */
  urlOf(name: string): Promise<URL>
  /** Runs a Worker's cron once, to its end. */
  runCron(name: string): Promise<void>
  /** The keys of all that lies in a bucket. */
  listKeys(bucket: string): Promise<string[]>
  close(): Promise<void>
}

export type WorkerdOptions = {
  /** The first Worker has its assets with it, and no `urlOf` then. */
  assets?: boolean
  /** Rate limits count as ever and are too high to be reached: one person does what thousands do. */
  liftLimits?: boolean
  /** Logs the spans of each request to the first Worker, as a line `RecordedTrace`. */
  traced?: boolean
  /** Hears each line of the log; left out, what tells of an error is shown. */
  onLog?: (line: { level: string; message: string }) => void
}

/** Starts Workers side by side in one workerd. */
export async function startWorkerd(
  deployed: WorkerBundle[],
  { assets = false, liftLimits = false, traced = false, onLog = showErrors }: WorkerdOptions = {},
): Promise<Workerd> {
  const workers = await Promise.all(
    deployed.map((worker, at) => workerOptionsFor(worker, assets && at === 0, liftLimits)),
  )
  const [first] = workers
  if (traced && first) {
    first.streamingTails = [SPAN_TAIL]
    workers.push(spanTail())
  }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: onLog,
      workers,
    }),
  )
  const site = await miniflare.ready
  return {
    site,
    urlOf: (name) => miniflare.unsafeGetDirectURL(name),
    async runCron(name) {
      const { outcome } = await (await miniflare.getWorker(name)).scheduled({ cron: '* * * * *' })
      if (outcome !== 'ok') throw new Error(`The cron of ${name} ended with ${outcome}.`)
    },
    async listKeys(bucket) {
      const { objects } = await (await miniflare.getR2Bucket(bucket)).list()
      return objects.map(({ key }) => key)
    },
    close: () => miniflare.dispose(),
  }
}

/** A line a request is of no use here; what went wrong is. */
function showErrors({ level, message }: { level: string; message: string }): void {
  if (level === 'error') console.error(message)
}

async function workerOptionsFor(
  { name, configPath, workerDir, settings }: WorkerBundle,
  assets: boolean,
  liftLimits: boolean,
): Promise<V4WorkerOptions> {
  const { workerOptions } = readWorkerOptions(configPath)
  return {
    ...workerOptions,
    assets: assets ? workerOptions.assets : undefined,
    name,
    modules: await modulesIn(workerDir),
    modulesRoot: workerDir,
    bindings: { ...(workerOptions.bindings as object), ...settings },
    ratelimits: liftLimits ? lift(workerOptions.ratelimits as RateLimits) : workerOptions.ratelimits,
    unsafeDirectSockets: assets ? [] : [{ host: '127.0.0.1', port: 0 }],
  } as V4WorkerOptions
}

type RateLimits = Record<string, { simple: { limit: number; period: 10 | 60 } }> | undefined

const lift = (limits: RateLimits = {}): RateLimits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, { simple, ...rest }]) => [name, { ...rest, simple: { ...simple, limit: 1e9 } }]),
  )

/** What wrangler has written: one script and, of commits before functions, the SQL files that it imports as text. */
async function modulesIn(folder: string) {
  const files = (await readdir(folder)).filter((file) => /\.(js|sql)$/.test(file))
  return Promise.all(
    files
      .toSorted((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
      .map(async (file) => ({
        type: file.endsWith('.js') ? ('ESModule' as const) : ('Text' as const),
        path: join(folder, file),
        contents: await readFile(join(folder, file), 'utf8'),
      })),
  )
}
