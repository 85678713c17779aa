import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'
import { type JsonApi, jsonApi } from './json-api.ts'

const ROOT = join(import.meta.dirname, '..')
/** The script of the project's wrangler. */
export const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const API = 'https://api.cloudflare.com/client/v4'

/** Percentage of the requests by version; the sum is 100. */
export type Traffic = Record<string, number>

/** A deployment, and when it was created. */
export type Deployment = { createdAt: Date; traffic: Traffic }

/** Tag and trigger of a version. `trigger` is `secret` if it was created by changing a secret: same code, no tag. */
export type Origin = { tag: string | undefined; trigger: string | undefined }

/** Number of requests, and how many had a status of 500 or more. */
export type RequestCounts = { requests: number; failed: number }

/** The operations of Cloudflare that a release needs, for one environment of wrangler.toml. */
export type Cloudflare = {
  /** The Worker's name in this environment. */
  name: string
  /** Returns the last deployments, newest first. */
  deployments(): Promise<Deployment[]>
  /** Returns the tag of a version, which is its commit, and what created it. */
  originOf(version: string): Promise<Origin>
  /** Builds the site and uploads it as a version without traffic. `url`: the version's own URL. */
  upload(upload: { tag: string; message: string }): Promise<{ version: string; url: string | undefined }>
  deploy(traffic: Traffic, message: string): Promise<void>
  /** Sets routes and cron, which are independent of versions. */
  applyTriggers(): Promise<void>
  /** Counts the requests of a version and its failures, by its lines in Workers Logs. */
  countRequests(version: string, since: Date): Promise<RequestCounts>
  /** Builds the site as a preview. Returns its URL. */
  preview(name: string, secretsFile: string): Promise<string>
  deletePreview(name: string): Promise<void>
}

/** Options: the Worker's config and environment, and the variables with Cloudflare's credentials, which wrangler reads too. */
export type Access = { config?: string; environment?: string; env?: NodeJS.ProcessEnv }

/** An error of Cloudflare or wrangler, without the data that was sent. */
export class CloudflareError extends Error {
  override name = 'CloudflareError'
}

export function openCloudflare({
  config = join(ROOT, 'wrangler.toml'),
  environment,
  env = process.env,
}: Access = {}): Cloudflare {
  const { name } = readConfig({ config, env: environment }, { hideWarnings: true })
  if (!name) throw new CloudflareError('wrangler.toml names no Worker')
  const target = ['--config', config, ...(environment ? ['--env', environment] : [])]
  const wrangler = (...args: string[]) => run([...args, ...target], env)
  const api = apiOf(env)
  const script = `/workers/scripts/${name}`

  return {
    name,
    async deployments() {
      const { deployments } = await api<{ deployments: ListedDeployment[] }>('GET', `${script}/deployments`)
      return deployments.map(toDeployment).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    },
    async originOf(version) {
      const found = await api<{ annotations?: Record<string, string> }>('GET', `${script}/versions/${version}`)
      const { 'workers/tag': tag, 'workers/triggered_by': trigger } = found.annotations ?? {}
      return { tag, trigger }
    },
    async upload({ tag, message }) {
      const output = await wrangler('versions', 'upload', '--tag', tag, '--message', message)
      const uploaded = output.find((line) => line.type === 'version-upload')
      if (!uploaded) throw new CloudflareError('wrangler reported no version')
      return { version: String(uploaded.version_id), url: uploaded.preview_url as string | undefined }
    },
    async deploy(traffic, message) {
      const shares = Object.entries(traffic).map(([version, percent]) => `${version}@${percent}%`)
      await wrangler('versions', 'deploy', ...shares, '--message', message, '--yes')
    },
    async applyTriggers() {
      await wrangler('triggers', 'deploy')
    },
    countRequests: (version, since) => countLoggedRequests(api, name, version, since),
    async preview(preview, secretsFile) {
      const output = await wrangler('preview', '--name', preview, '--secrets-file', secretsFile, '--json')
      const created = output.find((line) => line.type === 'preview')
      const [url] = (created?.preview_urls ?? []) as string[]
      if (!url) throw new CloudflareError('the preview has no URL: is preview_urls on?')
      return url
    },
    async deletePreview(preview) {
      await wrangler('preview', 'delete', '--name', preview, '--skip-confirmation')
    },
  }
}

type ListedDeployment = { created_on: string; versions: { version_id: string; percentage: number }[] }

const toDeployment = ({ created_on, versions }: ListedDeployment): Deployment => ({
  createdAt: new Date(created_on),
  traffic: Object.fromEntries(versions.map(({ version_id, percentage }) => [version_id, percentage])),
})

/** A line of wrangler's machine-readable output. */
type OutputLine = { type: string } & Record<string, unknown>

/** Runs wrangler. Returns its machine-readable output. Throws with its normal output if it fails. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<OutputLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-wrangler-'))
  const file = join(folder, 'output.ndjson')
  const settings = { WRANGLER_OUTPUT_FILE_PATH: file, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  try {
    await promisify(execFile)(process.execPath, [WRANGLER, ...args], {
      cwd: ROOT,
      env: { ...env, ...settings },
      maxBuffer: 1 << 26,
    })
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as OutputLine)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new CloudflareError(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Returns a client of Cloudflare's API below the account, which returns `result` without the envelope. */
function apiOf({
  CLOUDFLARE_API_BASE_URL: base = API,
  CLOUDFLARE_ACCOUNT_ID: account,
  CLOUDFLARE_API_TOKEN: token,
}: NodeJS.ProcessEnv) {
  if (!account) throw new CloudflareError('CLOUDFLARE_ACCOUNT_ID is not set.')
  if (!token) throw new CloudflareError('CLOUDFLARE_API_TOKEN is not set; a sign-in of wrangler is not enough.')
  const api = jsonApi('Cloudflare', `${base}/accounts/${account}`, token)
  const unwrapped: JsonApi = async (...args) => (await api<{ result: never }>(...args)).result
  return unwrapped
}

type Aggregate = { count: number; groups?: { key: string; value: string | number | boolean }[] }
type Telemetry = { calculations?: { aggregates: Aggregate[] }[] }

/**
 * Counts the `request` lines that a version has logged, by status. Not by Cloudflare's metrics, which count only uncaught
 * exceptions, and not per version.
 * https://developers.cloudflare.com/api/resources/workers/subresources/observability/subresources/telemetry/methods/query/
 */
async function countLoggedRequests(api: JsonApi, name: string, version: string, since: Date): Promise<RequestCounts> {
  const filter = (key: string, value: string) => ({ key, operation: 'eq', type: 'string', value })
  const { calculations } = await api<Telemetry>('POST', '/workers/observability/telemetry/query', {
    queryId: 'release',
    timeframe: { from: since.getTime(), to: Date.now() },
    view: 'calculations',
    ignoreSeries: true,
    dry: true,
    parameters: {
      filters: [
        filter('$metadata.service', name),
        filter('$workers.scriptVersion.id', version),
        filter('event', 'request'),
      ],
      calculations: [{ operator: 'count' }],
      groupBys: [{ type: 'number', value: 'status' }],
      limit: 100,
    },
  })
  const aggregates = calculations?.[0]?.aggregates ?? []
  const sum = (counted: Aggregate[]) => counted.reduce((total, { count }) => total + count, 0)
  const isFailure = ({ groups = [] }: Aggregate) => groups.some(({ value }) => Number(value) >= 500)
  return { requests: sum(aggregates), failed: sum(aggregates.filter(isFailure)) }
}
