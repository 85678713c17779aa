import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'
import { SPAN_TAIL, spanTail } from './span-tail.ts'

/** A Worker as bundled by `wrangler deploy --dry-run`, and its settings. */
export type WorkerBundle = {
  name: string
  configPath: string
  workerDir: string
  settings?: Record<string, string>
}

/** A running workerd with one Worker or more. */
export type Workerd = {
  /** URL of the first Worker as a browser sees it: with assets, compressed. */
  site: URL
  /** URL of the socket of a Worker itself, without the development proxy, asset router and compression. */
  urlOf(name: string): Promise<URL>
  /** Runs a Worker's cron once, and resolves when it is done. */
  runCron(name: string): Promise<void>
  /** The keys of all objects in a bucket. */
  listKeys(bucket: string): Promise<string[]>
  /** The bytes of an object; empty if there is none. */
  readObject(bucket: string, key: string): Promise<Buffer>
  writeObject(bucket: string, key: string, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

export type WorkerdOptions = {
  /** Serves the assets of the first Worker, which then has no `urlOf`. */
  assets?: boolean
  /** Sets rate limits too high to be reached, for one client that sends as much as thousands. */
  liftLimits?: boolean
  /** Logs the spans of each request to the first Worker, as a `RecordedTrace`. */
  traced?: boolean
  /** Receives each log line. Default: prints errors. */
  onLog?: (line: { level: string; message: string }) => void
}

/** Starts Workers in one workerd. */
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
    async readObject(bucket, key) {
      const object = await (await miniflare.getR2Bucket(bucket)).get(key)
      return object ? Buffer.from(new Uint8Array(await object.arrayBuffer())) : Buffer.alloc(0)
    },
    async writeObject(bucket, key, bytes) {
      await (await miniflare.getR2Bucket(bucket)).put(key, bytes)
    },
    close: () => miniflare.dispose(),
  }
}

/** Prints errors only: access log lines would drown the test output. */
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
    ratelimits: liftLimits ? raiseLimits(workerOptions.ratelimits as RateLimits) : workerOptions.ratelimits,
    unsafeDirectSockets: assets ? [] : [{ host: '127.0.0.1', port: 0 }],
  } as V4WorkerOptions
}

type RateLimits = Record<string, { simple: { limit: number; period: 10 | 60 } }> | undefined

const raiseLimits = (limits: RateLimits = {}): RateLimits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, { simple, ...rest }]) => [name, { ...rest, simple: { ...simple, limit: 1e9 } }]),
  )

/** The modules that wrangler wrote: a script and, for commits before database functions, SQL files imported as text. */
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
